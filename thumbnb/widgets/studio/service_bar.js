import { h } from "../core/browser/dom.js";
import { errorArea } from "../core/browser/error_area.js";
import { observe } from "../core/browser/model.js";

/** @import { View, WidgetTraits } from "../core/browser/types.js" */
/**
 * @typedef {WidgetTraits & {
 *   services: { name: string, where: string, hosted: boolean }[],
 *   credits: number | null, budget_left: number | null,
 * }} Traits
 */

/** @param {number} credits */
function creditText(credits) {
  return `${Number(credits.toFixed(2))} credit${credits === 1 ? "" : "s"}`;
}

export default {
  /** @param {View<Traits>} view */
  render({ model, el, signal }) {
    const bar = h("div", { class: "thumbnb-services" });
    const left = h("span", { class: "thumbnb-services-credits", role: "status" });
    el.classList.add("thumbnb");
    el.append(bar, errorArea(model, signal));

    observe(
      model,
      ["services"],
      () => {
        const pills = model.get("services").map(({ name, where, hosted }) => {
          const props = { class: "thumbnb-services-pill", "data-hosted": String(hosted) };
          return h("span", props, h("strong", {}, name), ` ${where}`);
        });
        bar.replaceChildren(...pills, left);
      },
      signal,
    );
    observe(
      model,
      ["credits", "budget_left"],
      () => {
        const credits = model.get("credits");
        const budget = model.get("budget_left");
        const parts = [];
        if (credits !== null) parts.push(`${creditText(credits)} left`);
        if (budget !== null) parts.push(`${creditText(budget)} of the budget`);
        left.textContent = parts.join(", ");
      },
      signal,
    );
  },
};
