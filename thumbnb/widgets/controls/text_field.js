import { h } from "../core/browser/dom.js";
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
    const input = h("input", {
      class: "thumbnb-field thumbnb-form-text",
      type: "text",
      autocomplete: "off",
      spellcheck: String(model.get("spellcheck")),
    });
    const { frame, count } = fieldFrame(model, input, signal);
    const showLength = () => showCount(count, model.get("value"), model.get("max_length"));
    bindText(model, input, signal, { onChange: showLength });
    observe(
      model,
      ["placeholder", "max_length"],
      () => {
        input.placeholder = model.get("placeholder");
        showLength();
      },
      signal,
    );
    el.append(frame);
  },
};
