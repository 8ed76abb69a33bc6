import { h } from "../core/browser/dom.js";
import { setTraits } from "../core/browser/message_order.js";
import { observe } from "../core/browser/model.js";

/** @import { View, WidgetTraits } from "../core/browser/types.js" */
/** @typedef {WidgetTraits & { label: string, summary: string, expanded: boolean }} Traits */

export default {
  /** @param {View<Traits>} view */
  render({ model, el, signal }) {
    el.classList.add("thumbnb");
    const label = h("span", { class: "thumbnb-form-label" });
    const summary = h("span", { class: "thumbnb-collapsible-summary thumbnb-quiet" });
    const sign = h("span", { class: "thumbnb-collapsible-sign", "aria-hidden": "true" }, "▸");
    const flip = () => setTraits(model, { expanded: !model.get("expanded") });
    const props = { class: "thumbnb-collapsible-head", onclick: flip };
    const head = h("button", props, sign, label, summary);
    el.append(head);
    const show = () => {
      label.textContent = model.get("label");
      summary.textContent = model.get("summary");
      head.setAttribute("aria-expanded", String(model.get("expanded")));
    };
    observe(model, ["label", "summary", "expanded"], show, signal);
  },
};
