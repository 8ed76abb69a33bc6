import { fieldFrame } from "../controls/field_frame.js";
import { imageFiles, sendFile } from "../core/browser/chunked_upload.js";
import { blobUrl, h, placeOf, targetOf } from "../core/browser/dom.js";
import { errorArea } from "../core/browser/error_area.js";
import { setTraits } from "../core/browser/message_order.js";
import { errorText, observe, request } from "../core/browser/model.js";
import { stripCell } from "./strip_cell.js";

/** @import { View } from "../core/browser/types.js" */
/** @import { FieldTraits } from "../controls/field_frame.js" */
/**
 * @typedef {FieldTraits & {
 *   value: string[], names: string[], max_images: number, max_bytes: number, in_prompt: boolean,
 * }} Traits
 */

// What a drag of one of the images carries: its key.
const DRAG_TYPE = "text/x-thumbnb";

export default {
  /** @param {View<Traits>} view */
  render({ model, el, signal }) {
    el.classList.add("thumbnb");
    const list = h("ul", { class: "thumbnb-strip-list", role: "list" });
    const input = h("input", {
      type: "file",
      accept: "image/*",
      multiple: true,
      hidden: true,
      tabindex: -1,
      "aria-hidden": "true",
    });
    const choose = h("button", { class: "thumbnb-strip-add", onclick: () => input.click() });
    const status = h("div", { class: "thumbnb-strip-status thumbnb-quiet", role: "status" });
    const box = h("div", { class: "thumbnb-strip", role: "group" }, list, choose, input);
    const { frame, count } = fieldFrame(model, box, signal, { grouped: true });
    frame.append(status);
    el.append(frame, errorArea(model, signal));

    /** @type {Map<string, ReturnType<typeof stripCell>>} */
    const cells = new Map();
    /** @type {Map<string, string>} */
    const urls = new Map();
    /** @type {string | null} */
    let current = null;

    const keys = () => model.get("value");
    /** @param {string} key */
    const focus = (key) => cells.get(key)?.main.focus();

    /**
     * @param {string} key
     * @param {number} to
     */
    const moveTo = (key, to) => {
      const rest = keys().filter((each) => each !== key);
      if (to < 0 || to > rest.length) return;
      rest.splice(to, 0, key);
      setTraits(model, { value: rest });
      status.textContent = `Moved to place ${to + 1}.`;
    };
    const actions = {
      /** @param {string} key */
      async pick(key) {
        const detail = `@image${keys().indexOf(key) + 1}`;
        const event = new CustomEvent("thumbnb-name", { bubbles: true, cancelable: true, detail });
        // The prompt of the same form knows best where its cursor is; any other hears of Python.
        const named = model.get("in_prompt") && !el.dispatchEvent(event);
        if (!named) await request(model, "pick", { key }, { signal }).catch(() => {});
        if (model.get("in_prompt")) status.textContent = `${detail} is named in the prompt.`;
      },
      /** @param {string} key */
      focused(key) {
        current = key;
        updateTabStop();
      },
      /**
       * @param {string} key
       * @param {number} step
       */
      focusNext(key, step) {
        focus(keys()[keys().indexOf(key) + step]);
      },
      /**
       * @param {string} key
       * @param {number} step
       */
      move(key, step) {
        moveTo(key, keys().indexOf(key) + step);
        focus(key);
      },
      /** @param {string} key */
      remove(key) {
        const at = keys().indexOf(key);
        const rest = keys().filter((each) => each !== key);
        setTraits(model, { value: rest });
        status.textContent = "Removed.";
        if (rest.length) focus(rest[Math.min(at, rest.length - 1)]);
        else choose.focus();
      },
    };

    const updateTabStop = () => {
      if (!current || !cells.has(current)) current = keys()[0] ?? null;
      for (const [key, { cell }] of cells) {
        for (const button of cell.querySelectorAll("button")) {
          button.tabIndex = key === current ? 0 : -1;
        }
      }
    };

    /** @param {string} key */
    const forget = (key) => {
      cells.get(key)?.cell.remove();
      cells.delete(key);
      URL.revokeObjectURL(urls.get(key) ?? "");
      urls.delete(key);
    };

    /** @param {string} key */
    const newCell = (key) => {
      const made = stripCell(key, DRAG_TYPE, actions);
      cells.set(key, made);
      load(key);
      return made;
    };

    const paint = () => {
      const shown = keys();
      for (const key of [...cells.keys()]) if (!shown.includes(key)) forget(key);
      shown.forEach((key, index) => {
        const { cell, show } = cells.get(key) ?? newCell(key);
        if (list.children[index] !== cell) list.insertBefore(cell, list.children[index] ?? null);
        const name = model.get("names")[index] ?? "image";
        show({ number: index + 1, of: shown.length, name, inPrompt: model.get("in_prompt") });
      });
      const most = model.get("max_images");
      const several = most > 1 ? "images" : "an image";
      count.textContent = most > 1 ? `${shown.length} / ${most}` : "";
      choose.hidden = shown.length >= most;
      choose.textContent = shown.length ? "+ Add" : `Drop, paste or choose ${several}`;
      choose.setAttribute("aria-label", `Choose ${several}`);
      list.hidden = !shown.length;
      input.multiple = most > 1;
      updateTabStop();
    };

    /** @param {string} key */
    const load = async (key) => {
      try {
        const { buffers } = await request(model, "preview", { key }, { signal });
        const cell = cells.get(key);
        if (!buffers.length || !cell || signal.aborted) return;
        const url = blobUrl(buffers[0]);
        urls.set(key, url);
        cell.image.src = url;
      } catch (error) {
        cells.get(key)?.cell.setAttribute("data-unseen", "");
        status.textContent = errorText(error);
      }
    };

    /** @param {File[]} files */
    const add = async (files) => {
      const room = model.get("max_images") - keys().length;
      if (files.length > room) setTraits(model, { error: `There is room for ${room} more.` });
      for (const file of files.slice(0, room)) {
        /** @param {number} share */
        const onProgress = (share) => {
          status.textContent = share < 1 ? `${file.name}: ${Math.round(100 * share)} %` : "";
        };
        try {
          const maxBytes = model.get("max_bytes");
          await sendFile(model, "add", file, { maxBytes, onProgress, signal });
        } catch (error) {
          status.textContent = "";
          setTraits(model, { error: errorText(error) });
        }
      }
    };

    input.addEventListener(
      "change",
      () => {
        add([...(input.files ?? [])]);
        input.value = "";
      },
      { signal },
    );
    box.addEventListener(
      "dragover",
      (event) => {
        event.preventDefault();
        box.setAttribute("data-over", "");
      },
      { signal },
    );
    box.addEventListener("dragleave", () => box.removeAttribute("data-over"), { signal });
    box.addEventListener(
      "drop",
      (event) => {
        event.preventDefault();
        event.stopPropagation();
        box.removeAttribute("data-over");
        const key = event.dataTransfer?.getData(DRAG_TYPE);
        if (!key) return add(imageFiles(event.dataTransfer));
        if (!cells.has(key)) return;
        const over = targetOf(event).closest(".thumbnb-strip-cell");
        const to = placeOf([...list.children], over);
        moveTo(key, to < 0 ? keys().length - 1 : to);
      },
      { signal },
    );

    /** @param {Event} event */
    const paste = (event) => {
      const { clipboardData } = /** @type {ClipboardEvent} */ (event);
      const files = imageFiles(clipboardData);
      // A table that is copied is a text and an image of it: a text field wants the text.
      const isText = clipboardData?.types.includes("text/plain");
      if (!files.length || (isText && targetOf(event).matches("input, textarea"))) return;
      event.preventDefault();
      event.stopPropagation();
      add(files);
    };
    el.addEventListener("paste", paste, { signal });
    // What is pasted elsewhere in the form belongs to the images of its prompt.
    requestAnimationFrame(() => {
      if (!model.get("in_prompt") || signal.aborted) return;
      el.closest(".thumbnb-panel")?.addEventListener("paste", paste, { signal });
    });
    signal.addEventListener("abort", () => {
      for (const url of urls.values()) URL.revokeObjectURL(url);
    });
    observe(model, ["value", "names", "max_images", "in_prompt"], paint, signal);
  },
};
