import { h } from "../core/browser/dom.js";
import { errorArea } from "../core/browser/error_area.js";
import { observe } from "../core/browser/model.js";
import { bindText, fieldFrame, showCount } from "./field_frame.js";

/** @import { View } from "../core/browser/types.js" */
/** @import { FieldTraits } from "./field_frame.js" */
/**
 * @typedef {FieldTraits & {
 *   value: string, placeholder: string, max_length: number, spellcheck: boolean,
 * }} Traits
 */

export default {
  /** @param {View<Traits>} view */
  render({ model, el, signal }) {
    el.classList.add("thumbnb");
    // A text area, because an input would drop the newline of a text that has one.
    const input = h("textarea", {
      class: "thumbnb-field thumbnb-form-text thumbnb-text-line",
      rows: 1,
      wrap: "off",
      autocomplete: "off",
      spellcheck: String(model.get("spellcheck")),
    });
    const { frame, count } = fieldFrame(model, input, signal);
    const showLength = () => showCount(count, model.get("value"), model.get("max_length"));
    const showText = () => {
      input.rows = input.value.split("\n").length;
      showLength();
    };
    bindText(model, input, signal, { onChange: showText });
    input.addEventListener(
      "keydown",
      (event) => {
        if (event.key === "Enter") event.preventDefault();
      },
      { signal },
    );
    observe(
      model,
      ["placeholder", "max_length"],
      () => {
        input.placeholder = model.get("placeholder");
        showLength();
      },
      signal,
    );
    el.append(frame, errorArea(model, signal));
  },
};
