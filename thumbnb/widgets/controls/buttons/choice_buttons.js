import { h } from "../../core/browser/dom.js";
import { setTraits } from "../../core/browser/message_order.js";
import { observe } from "../../core/browser/model.js";
import { segmentedButtons } from "./segmented_buttons.js";

/** @import { View, WidgetTraits } from "../../core/browser/types.js" */
/** @typedef {WidgetTraits & { choices: string[], value: string, label: string }} Traits */

export default {
  /** @param {View<Traits>} view */
  render({ model, el, signal }) {
    el.classList.add("thumbnb");
    const label = h("span", { class: "thumbnb-form-label", "aria-hidden": "true" });
    const choose = (/** @type {string} */ value) => setTraits(model, { value });
    const choices = model.get("choices");
    const buttons = segmentedButtons(model.get("label"), choices, choose, signal);
    el.append(h("div", { class: "thumbnb-choice" }, label, buttons.el));
    observe(
      model,
      ["value", "label"],
      () => {
        label.textContent = model.get("label");
        buttons.press(model.get("value"));
      },
      signal,
    );
  },
};
