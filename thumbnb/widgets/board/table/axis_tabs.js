// The axes that are neither rows nor columns: a line of tabs each.

import { h, targetOf } from "../../core/browser/dom.js";
import { setTraits } from "../../core/browser/message_order.js";
import { observe } from "../../core/browser/model.js";
import { otherAxes } from "./table_layout.js";

/** @import { BoardModel } from "../types.js" */

/**
 * Show another place of an axis.
 * @param {BoardModel} model
 * @param {string} name
 * @param {number} place
 */
export function showTab(model, name, place) {
  setTraits(model, { tabs: { ...model.get("tabs"), [name]: place } });
}

/**
 * Show the next place of the first further axis, or the one before.
 * @param {BoardModel} model
 * @param {number} by
 */
export function stepTab(model, by) {
  const [axis] = otherAxes(model);
  if (!axis) return;
  const count = axis.labels.length;
  showTab(model, axis.name, ((model.get("tabs")[axis.name] ?? 0) + by + count) % count);
}

/**
 * @param {BoardModel} model
 * @param {AbortSignal} signal
 * @param {string} panelId the id of what the tabs show
 */
export function axisTabs(model, signal, panelId) {
  const el = h("div", { class: "thumbnb-tabs" });
  let built = "";
  const counts = () => {
    const cells = model.get("cells");
    for (const tab of el.querySelectorAll("[role=tab]")) {
      const { axis, place } = /** @type {HTMLElement} */ (tab).dataset;
      const here = cells.filter((cell) => cell.at[Number(axis)] === Number(place));
      const made = here.filter((cell) => !cell.state).length;
      const [count] = tab.getElementsByClassName("thumbnb-tabs-count");
      count.textContent = made < here.length ? ` ${made}/${here.length}` : "";
    }
  };
  const build = () => {
    const axes = otherAxes(model);
    const now = JSON.stringify(axes);
    if (now !== built) {
      built = now;
      const lines = axes.map(({ name, labels, number }) => {
        const tabs = labels.map((label, place) =>
          h(
            "button",
            {
              class: "thumbnb-tab",
              role: "tab",
              "aria-controls": panelId,
              "data-axis": number,
              "data-place": place,
              "data-name": name,
            },
            label,
            h("span", { class: "thumbnb-tabs-count thumbnb-quiet" }),
          ),
        );
        const title = h("span", { class: "thumbnb-tabs-name thumbnb-quiet" }, name);
        const list = h("div", { role: "tablist", "aria-label": name }, ...tabs);
        return h("div", { class: "thumbnb-tabs-line" }, title, list);
      });
      el.replaceChildren(...lines);
    }
    const tabs = model.get("tabs");
    for (const tab of /** @type {NodeListOf<HTMLElement>} */ (el.querySelectorAll("[role=tab]"))) {
      const isOn = (tabs[tab.dataset.name ?? ""] ?? 0) === Number(tab.dataset.place);
      tab.setAttribute("aria-selected", String(isOn));
      tab.tabIndex = isOn ? 0 : -1;
    }
    counts();
  };
  observe(model, ["axes", "rows", "columns", "tabs", "cells"], build, signal);
  el.addEventListener(
    "click",
    (event) => {
      const tab = /** @type {HTMLElement | null} */ (targetOf(event).closest("[role=tab]"));
      if (tab) showTab(model, tab.dataset.name ?? "", Number(tab.dataset.place));
    },
    { signal },
  );
  el.addEventListener(
    "keydown",
    (event) => {
      const tab = targetOf(event).closest("[role=tab]");
      const tabs = [...(tab?.parentElement?.children ?? [])];
      const at = tab ? tabs.indexOf(tab) : -1;
      const last = tabs.length - 1;
      const to = new Map([
        ["ArrowLeft", at ? at - 1 : last],
        ["ArrowRight", at < last ? at + 1 : 0],
        ["Home", 0],
        ["End", last],
      ]).get(event.key);
      if (at < 0 || to === undefined) return;
      event.preventDefault();
      const next = /** @type {HTMLElement} */ (tabs[to]);
      showTab(model, next.dataset.name ?? "", Number(next.dataset.place));
      next.focus();
    },
    { signal, capture: true },
  );
  return el;
}
