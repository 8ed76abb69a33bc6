import { h, newId } from "../core/browser/dom.js";
import { errorArea } from "../core/browser/error_area.js";
import { setTraits } from "../core/browser/message_order.js";
import { observe } from "../core/browser/model.js";

/** @import { View, WidgetTraits } from "../core/browser/types.js" */
/** @typedef {WidgetTraits & { options: [string, string][], value: string, label: string }} Traits */

export default {
  /** @param {View<Traits>} view */
  render({ model, el, signal }) {
    el.classList.add("thumbnb", "thumbnb-dropdown");
    const id = newId("dropdown");
    const label = h("label", { class: "thumbnb-form-label", for: id });
    const select = h("select", { class: "thumbnb-field", id });
    const choose = () => setTraits(model, { value: select.value });
    select.addEventListener("change", choose, { signal });
    el.append(
      h("div", { class: "thumbnb-dropdown-line" }, label, select),
      errorArea(model, signal),
    );
    const show = () => {
      label.textContent = model.get("label");
      const options = model.get("options");
      select.replaceChildren(...options.map(([words, value]) => h("option", { value }, words)));
      select.value = model.get("value");
    };
    observe(model, ["label", "options", "value"], show, signal);
  },
};
