import { activeElement, h } from "../../core/browser/dom.js";
import { errorArea } from "../../core/browser/error_area.js";
import { requestInOrder } from "../../core/browser/message_order.js";
import { errorText, observe } from "../../core/browser/model.js";

/** @import { View, WidgetTraits } from "../../core/browser/types.js" */
/**
 * @typedef {WidgetTraits & {
 *   description: string, tooltip: string, disabled: boolean, question: string, confirm: string,
 * }} Traits
 */

export default {
  /** @param {View<Traits>} view */
  render({ model, el, signal }) {
    el.classList.add("thumbnb", "thumbnb-press", "thumbnb-confirmed");
    /** @param {boolean} on */
    const ask = (on) => {
      if (on && model.get("disabled")) return;
      const hadFocus = el.contains(activeElement(el));
      question.hidden = !on;
      button.hidden = on;
      if (hadFocus) (on ? keep : button).focus();
    };
    const act = async () => {
      ask(false);
      try {
        await requestInOrder(model, "press", { signal });
      } catch (error) {
        model.set("error", errorText(error));
      }
    };
    const button = h("button", { class: "thumbnb-button", onclick: () => ask(true) });
    const words = h("span", {});
    const keep = h("button", { class: "thumbnb-button", onclick: () => ask(false) }, "Keep");
    const confirm = h("button", { class: "thumbnb-button thumbnb-danger", onclick: act });
    const props = { class: "thumbnb-question", role: "group", hidden: true };
    const question = h("div", props, words, keep, confirm);
    question.addEventListener(
      "keydown",
      (event) => {
        if (event.key === "Escape") ask(false);
      },
      { signal, capture: true },
    );
    observe(
      model,
      ["description", "tooltip", "disabled", "question", "confirm"],
      () => {
        button.textContent = model.get("description");
        button.title = model.get("tooltip");
        button.setAttribute("aria-disabled", String(model.get("disabled")));
        if (words.textContent !== model.get("question")) ask(false); // it is about another
        words.textContent = model.get("question");
        question.setAttribute("aria-label", model.get("question"));
        confirm.textContent = model.get("confirm");
      },
      signal,
    );
    el.append(button, question, errorArea(model, signal));
  },
};
