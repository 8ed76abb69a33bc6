import { h } from "../core/browser/dom.js";
import { setTraits } from "../core/browser/message_order.js";
import { observe } from "../core/browser/model.js";
import { childViews } from "./child_views.js";

/** @import { View } from "../core/browser/types.js" */
/** @import { ContainerTraits } from "./child_views.js" */
/** @typedef {ContainerTraits & { label: string, summary: string, expanded: boolean }} Traits */

export default {
  /** @param {View<Traits>} view */
  render(view) {
    const { model, el, signal } = view;
    el.classList.add("thumbnb", "thumbnb-collapsible");
    const label = h("span", { class: "thumbnb-form-label" });
    const summary = h("span", { class: "thumbnb-collapsible-summary thumbnb-quiet" });
    const sign = h("span", { class: "thumbnb-collapsible-sign", "aria-hidden": "true" }, "▸");
    const flip = () => setTraits(model, { expanded: !model.get("expanded") });
    const props = { class: "thumbnb-collapsible-head", onclick: flip };
    const head = h("button", props, sign, label, summary);
    const body = h("div", { class: "thumbnb-column thumbnb-collapsible-body" });
    el.append(head, body);
    const show = () => {
      label.textContent = model.get("label");
      summary.textContent = model.get("summary");
      head.setAttribute("aria-expanded", String(model.get("expanded")));
      body.hidden = !model.get("expanded");
    };
    observe(model, ["label", "summary", "expanded"], show, signal);
    childViews(view, body);
  },
};
