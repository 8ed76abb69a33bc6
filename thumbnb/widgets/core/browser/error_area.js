import { h } from "./dom.js";
import { setTraits } from "./message_order.js";
import { observe } from "./model.js";

/** @import { Model } from "./types.js" */

/**
 * The error area: shows the trait "error", announced at once, and can be dismissed.
 * @param {Model} model
 * @param {AbortSignal} signal
 */
export function errorArea(model, signal) {
  const text = h("span", {});
  const close = h("button", { class: "thumbnb-icon", "aria-label": "Dismiss" }, "\u00d7");
  close.addEventListener("click", () => setTraits(model, { error: "" }));
  const area = h("div", { class: "thumbnb-error", role: "alert", hidden: true }, text, close);
  observe(
    model,
    ["error"],
    () => {
      text.textContent = model.get("error");
      area.hidden = !model.get("error");
    },
    signal,
  );
  return area;
}
