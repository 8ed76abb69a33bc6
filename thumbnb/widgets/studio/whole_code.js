import { copyText } from "../core/browser/clipboard.js";
import { h } from "../core/browser/dom.js";
import { errorArea } from "../core/browser/error_area.js";
import { errorText, observe, request } from "../core/browser/model.js";

/** @import { View, WidgetTraits } from "../core/browser/types.js" */

export default {
  /** @param {View<WidgetTraits>} view */
  render({ model, el, signal }) {
    el.classList.add("thumbnb");
    const text = h("code", {});
    const shown = h("pre", { tabindex: "0", "aria-label": "Code of all steps" }, text);
    const block = h("div", { class: "thumbnb-step-code", hidden: true }, shown);
    const status = h("span", { class: "thumbnb-quiet", role: "status" });
    const copy = async () => {
      model.set("error", "");
      try {
        const { answer } = await request(model, "code", {}, { signal });
        text.textContent = answer;
        block.hidden = false; // so that it can be selected
        const done = await copyText(answer, text);
        block.hidden = done;
        const lines = answer.trim().split("\n").length;
        status.textContent = done
          ? `${lines} lines are in the clipboard: paste them into a cell.`
          : "The code is selected: press Ctrl+C.";
      } catch (error) {
        model.set("error", errorText(error));
      }
    };
    const button = h("button", { class: "thumbnb-button", onclick: copy }, "Copy all code");
    el.append(h("div", { class: "thumbnb-whole-code" }, button, status), block);
    el.append(errorArea(model, signal));
    observe(model, ["error"], () => status.replaceChildren(), signal);
  },
};
