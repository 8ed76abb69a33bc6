import { h, targetOf } from "../../core/browser/dom.js";
import { errorArea } from "../../core/browser/error_area.js";
import { isKnown } from "../../core/browser/kernel_state.js";
import { requestInOrder } from "../../core/browser/message_order.js";
import { errorText, KernelLost, observe } from "../../core/browser/model.js";

/** @import { View, WidgetTraits } from "../../core/browser/types.js" */
/**
 * @typedef {WidgetTraits & {
 *   description: string, tooltip: string, disabled: boolean, primary: boolean, submits: string,
 * }} Traits
 */

export default {
  /** @param {View<Traits>} view */
  render({ model, el, signal }) {
    el.classList.add("thumbnb", "thumbnb-press");
    const press = async () => {
      if (button.hasAttribute("data-busy")) return;
      if (model.get("disabled")) {
        // What would enable it may have gone to a kernel that is not there any more.
        if ((await isKnown(model)) === false) model.set("error", errorText(new KernelLost()));
        return;
      }
      button.setAttribute("data-busy", "");
      try {
        // What was done before it must be known before it.
        await requestInOrder(model, "press", { signal });
      } catch (error) {
        model.set("error", errorText(error));
      }
      button.removeAttribute("data-busy");
    };
    const button = h("button", { class: "thumbnb-button", onclick: press });
    const show = () => {
      button.textContent = model.get("description");
      button.title = model.get("tooltip");
      // A button that is disabled while it has the focus would lose it.
      button.setAttribute("aria-disabled", String(model.get("disabled")));
      button.classList.toggle("thumbnb-primary", model.get("primary"));
    };
    observe(model, ["description", "tooltip", "disabled", "primary"], show, signal);
    el.append(button, errorArea(model, signal));
    /** @param {KeyboardEvent} event */
    const submit = (event) => {
      if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
      if (!targetOf(event).closest(model.get("submits"))) return;
      event.preventDefault();
      event.stopPropagation();
      press();
    };
    // A view is put into its place after it is rendered.
    requestAnimationFrame(() => {
      if (!model.get("submits") || signal.aborted) return;
      const panel = el.closest(".thumbnb-studio") ?? el.closest(".thumbnb-panel");
      panel?.addEventListener("keydown", /** @type {any} */ (submit), { signal, capture: true });
    });
  },
};
