// Which axes are rows and columns, how large the images are; sorting and filtering.

import { h } from "../core/browser/dom.js";
import { setTraits } from "../core/browser/message_order.js";
import { observe } from "../core/browser/model.js";

/** @import { BoardModel } from "./types.js" */

const SIZES = [110, 150, 190, 240, 320, 420];
/** @type {[string, string][]} */
const FILTERS = [
  ["all", "All"],
  ["top", "The top 10"],
  ["starred", "Starred"],
  ["rated3", "Rated 3 and up"],
  ["rated4", "Rated 4 and up"],
  ["kept", "Not rejected"],
  ["rejected", "Rejected"],
  ["failed", "Failed"],
];

/** @param {BoardModel} model */
export function swapAxes(model) {
  const columns = model.get("columns");
  if (columns) setTraits(model, { rows: columns, columns: model.get("rows") });
}

/**
 * @param {BoardModel} model
 * @param {number} by
 */
export function changeSize(model, by) {
  const size = model.get("size");
  const larger = SIZES.find((each) => each > size) ?? size;
  const smaller = SIZES.findLast((each) => each < size) ?? size;
  setTraits(model, { size: by > 0 ? larger : smaller });
}

/**
 * A labelled choice of one trait.
 * @param {string} label
 * @param {AbortSignal} signal
 * @param {(value: string) => void} onChoose
 */
function picker(label, signal, onChoose) {
  const select = h("select", { class: "thumbnb-field" });
  select.addEventListener("change", () => onChoose(select.value), { signal });
  let known = "";
  return {
    el: h(
      "label",
      { class: "thumbnb-board-pick" },
      h("span", { class: "thumbnb-quiet" }, label),
      select,
    ),
    /**
     * @param {[string, string][]} options values and their labels
     * @param {string} value
     */
    show(options, value) {
      const now = JSON.stringify(options);
      if (now !== known) {
        known = now;
        select.replaceChildren(...options.map(([key, name]) => h("option", { value: key }, name)));
      }
      select.value = value;
    },
  };
}

/**
 * @param {BoardModel} model
 * @param {AbortSignal} signal
 */
export function arrangeBar(model, signal) {
  // An axis that is taken by the other is swapped with it.
  const rows = picker("Rows", signal, (name) => {
    if (name === model.get("columns")) swapAxes(model);
    else setTraits(model, { rows: name });
  });
  const columns = picker("Columns", signal, (name) => {
    if (name && name === model.get("rows")) swapAxes(model);
    else setTraits(model, { columns: name });
  });
  const swap = h(
    "button",
    {
      class: "thumbnb-icon",
      "aria-label": "Swap rows and columns",
      title: "Swap rows and columns (t)",
      onclick: () => swapAxes(model),
    },
    "\u21c4",
  );
  /**
   * @param {string} label
   * @param {string} sign
   * @param {number} by
   */
  const sizer = (label, sign, by) =>
    h(
      "button",
      {
        class: "thumbnb-icon",
        "aria-label": label,
        title: `${label} (${sign})`,
        onclick: () => changeSize(model, by),
      },
      sign,
    );
  const table = [
    rows.el,
    swap,
    columns.el,
    sizer("Smaller images", "\u2212", -1),
    sizer("Larger images", "+", 1),
  ];
  const sort = picker("Sort by", signal, (key) => setTraits(model, { sort: key }));
  const show = picker("Show", signal, (key) => setTraits(model, { show: key }));
  const list = [sort.el, show.el];
  observe(
    model,
    ["axes", "rows", "columns"],
    () => {
      const names = model
        .get("axes")
        .map(({ name }) => /** @type {[string, string]} */ ([name, name]));
      rows.show(names, model.get("rows"));
      columns.show([...names, ["", "none"]], model.get("columns"));
    },
    signal,
  );
  observe(
    model,
    ["sorts", "sort", "show"],
    () => {
      const keys = model.get("sorts");
      sort.show(
        keys.map(({ key, label }) => [key, label]),
        model.get("sort"),
      );
      show.show(FILTERS, model.get("show"));
    },
    signal,
  );
  observe(
    model,
    ["mode", "axes"],
    () => {
      const isTable = model.get("mode") === "table";
      const axes = model.get("axes").length;
      for (const el of table) el.hidden = !isTable;
      for (const el of table.slice(0, 3)) el.hidden ||= axes < 2;
      for (const el of list) el.hidden = isTable || model.get("mode") === "compare";
    },
    signal,
  );
  return h("div", { class: "thumbnb-board-arrange" }, ...table, ...list);
}
