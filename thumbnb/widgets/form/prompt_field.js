// A text area that knows how images are named: tokens are marked under the text, "@" offers
// them, and a token without an image is marked as wrong.

import { bindText, characterCount, fieldFrame, showCount } from "../controls/field_frame.js";
import { activeElement, h } from "../core/browser/dom.js";
import { errorArea } from "../core/browser/error_area.js";
import { setTraits } from "../core/browser/message_order.js";
import { observe } from "../core/browser/model.js";
import { completionList, promptPieces } from "./prompt_tokens.js";

/** @import { View } from "../core/browser/types.js" */
/** @import { FieldTraits } from "../controls/field_frame.js" */
/**
 * @typedef {FieldTraits & {
 *   value: string, placeholder: string, max_length: number, images: string[], cursor: number,
 *   numbering: number, token_pattern: string,
 * }} Traits
 */

export default {
  /** @param {View<Traits>} view */
  render({ model, el, signal }) {
    el.classList.add("thumbnb");
    const area = h("textarea", {
      class: "thumbnb-field thumbnb-form-text thumbnb-prompt-area",
      rows: 4,
    });
    const under = h("div", { class: "thumbnb-prompt-under", "aria-hidden": "true" });
    const { frame, head, count } = fieldFrame(model, area, signal);
    const box = h("div", { class: "thumbnb-prompt-box" }, under, area);
    head.after(box);

    const paint = () => {
      const pattern = new RegExp(model.get("token_pattern"), "g");
      const pieces = promptPieces(area.value, pattern, model.get("images").length);
      const painted = pieces.map(({ text, isToken, isKnown }) => {
        const props = { class: "thumbnb-token", "data-unknown": !isKnown };
        return isToken ? h("mark", props, text) : document.createTextNode(text);
      });
      under.replaceChildren(...painted, "\u200b"); // an empty last line has its height too
      showCount(count, model.get("value"), model.get("max_length"));
      under.scrollTop = area.scrollTop;
    };
    // A text means its images by the numbers they had when it was written.
    let strokes = 0;
    const alsoSend = () => {
      strokes += 1;
      return { written: [model.get("numbering"), strokes] };
    };
    bindText(model, area, signal, { onChange: paint, alsoSend });
    observe(
      model,
      ["images", "max_length", "placeholder"],
      () => {
        area.placeholder = model.get("placeholder");
        paint();
      },
      signal,
    );
    area.addEventListener(
      "scroll",
      () => {
        under.scrollTop = area.scrollTop;
      },
      { signal },
    );

    // Python must know where the cursor is: an image that is clicked is named there.
    const sendCursor = () => {
      const cursor = characterCount(area.value.slice(0, area.selectionEnd));
      if (cursor !== model.get("cursor")) setTraits(model, { cursor });
    };
    for (const event of ["keyup", "pointerup", "input", "select", "blur"]) {
      area.addEventListener(event, sendCursor, { signal });
    }
    observe(
      model,
      ["cursor"],
      () => {
        if (model.get("cursor") < 0) return;
        const cursor = [...area.value].slice(0, model.get("cursor")).join("").length;
        if (activeElement(area) === area && cursor !== area.selectionEnd) {
          area.setSelectionRange(cursor, cursor);
        }
      },
      signal,
    );

    const offers = () =>
      model.get("images").map((name, index) => ({ token: `@image${index + 1}`, name }));
    const list = completionList(
      area,
      offers,
      (token, typed) => {
        // As if it had been typed, so that it can be undone.
        const end = area.selectionEnd;
        area.setSelectionRange(end - typed.length, end);
        const words = token + (/^\s/.test(area.value.slice(end)) ? "" : " ");
        if (!document.execCommand("insertText", false, words)) area.setRangeText(words);
      },
      signal,
    );
    box.append(list);

    // An image of the same form was clicked: it is named here, where the cursor is now.
    /** @param {Event} event */
    const insertName = (event) => {
      const token = /** @type {CustomEvent<string>} */ (event).detail;
      const before = area.value.slice(0, area.selectionEnd);
      const after = area.value.slice(area.selectionEnd);
      const spaceBefore = /\S$/.test(before) ? " " : "";
      const spaceAfter = /^[^\s,.;:!?]/.test(after) ? " " : "";
      const words = `${spaceBefore}${token}${spaceAfter}`;
      area.setRangeText(words, before.length, before.length, "end");
      area.dispatchEvent(new Event("input"));
      event.preventDefault();
    };
    requestAnimationFrame(() => {
      if (signal.aborted) return;
      el.closest(".thumbnb-panel")?.addEventListener("thumbnb-name", insertName, { signal });
    });

    el.append(frame, errorArea(model, signal));
  },
};
