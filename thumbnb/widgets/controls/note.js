import { h } from "../core/browser/dom.js";
import { observe } from "../core/browser/model.js";

/** @import { View } from "../core/browser/types.js" */
/** @typedef {{ text: string, kind: "status" | "hint" | "error" }} Traits */

export default {
  /** @param {View<Traits>} view */
  render({ model, el, signal }) {
    const text = h("span", {});
    const line = h("div", { class: "thumbnb-note" }, text);
    el.classList.add("thumbnb");
    el.append(line);
    const show = () => {
      const kind = model.get("kind");
      line.dataset.kind = kind;
      // An empty area that fills is announced; one that appears filled is not.
      line.setAttribute("role", kind === "error" ? "alert" : "status");
      text.textContent = model.get("text");
      el.hidden = !model.get("text");
    };
    observe(model, ["text", "kind"], show, signal);
  },
};
