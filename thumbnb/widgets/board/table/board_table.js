// The table: rows and columns with labels that stay in sight, and a cell where both meet.

import { activeElement, h, targetOf } from "../../core/browser/dom.js";
import { setTraits } from "../../core/browser/message_order.js";
import { observe } from "../../core/browser/model.js";
import { pixels } from "../../grid/image_copies.js";
import { nearCells } from "../../grid/near_cells.js";
import { mark, rate } from "../cell_choices.js";
import { tableCell } from "./table_cell.js";
import { neighbour, placeOf, tableLayout } from "./table_layout.js";

/** @import { RequestCopy } from "../../grid/image_copies.js" */
/** @import { TableCell } from "./table_cell.js" */
/** @import { Actions, BoardModel } from "../types.js" */

// A longer label may scroll in its heading, which then can have the focus.
const LONG_LABEL = 90;

/**
 * The table. `pointAt` is called with the index of the cell under the pointer, or -1.
 * @param {{
 *   model: BoardModel, signal: AbortSignal, copies: RequestCopy, actions: Actions,
 *   pointAt: (index: number) => void,
 * }} context
 */
export function boardTable({ model, signal, copies, actions, pointAt }) {
  const grid = h("div", { class: "thumbnb-table-grid", role: "grid" });
  grid.setAttribute("aria-multiselectable", "true");
  const el = h("div", { class: "thumbnb-table" }, grid);
  /** @type {Map<number, TableCell>} */
  const byId = new Map();
  const near = nearCells(
    el,
    (/** @type {TableCell} */ cell) => cell.showCopy(pixels(width)),
    signal,
  );
  let layout = tableLayout(model);
  let built = "";
  let width = model.get("size");

  /**
   * @param {"row" | "column"} kind
   * @param {string} label
   */
  const heading = (kind, label) => {
    const long = label.length > LONG_LABEL;
    const props = long ? { tabindex: "0" } : {};
    const text = h("span", { class: "thumbnb-table-label", ...props }, label);
    return h("div", { class: `thumbnb-table-${kind}head`, role: `${kind}header` }, text);
  };
  const corner = () => {
    const [rows, columns] = [model.get("rows"), model.get("columns")];
    return h(
      "div",
      { class: "thumbnb-table-corner", role: "columnheader" },
      columns && h("span", {}, `${columns} \u2192`),
      rows && h("span", {}, `${rows} \u2193`),
    );
  };
  /** @param {number} index */
  const cellAt = (index) => {
    const { id } = model.get("cells")[index];
    let cell = byId.get(id);
    if (!cell) {
      cell = tableCell(copies, signal);
      byId.set(id, cell);
    }
    near.observe(cell);
    return cell;
  };
  const measure = () => {
    const head = /** @type {HTMLElement | null} */ (grid.querySelector(".thumbnb-table-headrow"));
    el.style.setProperty("--head-height", `${head?.offsetHeight ?? 0}px`);
    const imageBox = grid.querySelector(".thumbnb-table-image");
    width = imageBox?.clientWidth || model.get("size");
  };
  const build = () => {
    layout = tableLayout(model);
    const { rows, columns, places } = layout;
    const cells = model.get("cells");
    const keys = [...places].map(([at, index]) => [at, cells[index].id]);
    const now = JSON.stringify([model.get("rows"), model.get("columns"), rows, columns, keys]);
    if (now === built) return;
    built = now;
    for (const cell of byId.values()) near.unobserve(cell);
    const hasRows = Boolean(model.get("rows"));
    grid.style.setProperty("--columns", String(columns.length));
    grid.toggleAttribute("data-has-rows", hasRows);
    const names = [model.get("rows"), model.get("columns")].filter(Boolean);
    grid.setAttribute("aria-label", names.length ? `Cells by ${names.join(" and ")}` : "Cells");
    const heads = columns.map((label) => heading("column", label));
    const headRow = h(
      "div",
      { class: "thumbnb-table-row thumbnb-table-headrow", role: "row" },
      hasRows && corner(),
      ...heads,
    );
    const body = rows.map((label, row) => {
      const inRow = columns.map((_, column) => {
        const index = places.get(`${row},${column}`);
        if (index !== undefined) return cellAt(index).el;
        const props = { class: "thumbnb-table-gap", role: "gridcell" };
        return h("div", { ...props, "aria-label": "Not in the sweep" }, "\u2014");
      });
      const name = hasRows && heading("row", label);
      return h("div", { class: "thumbnb-table-row", role: "row" }, name, ...inRow);
    });
    grid.replaceChildren(...(model.get("columns") ? [headRow] : []), ...body);
    measure();
  };
  const current = () => {
    const focused = model.get("focused");
    if (placeOf(layout, focused)) return focused;
    return layout.places.values().next().value ?? -1;
  };
  const updateStops = () => {
    const stop = current();
    for (const cell of byId.values()) cell.el.tabIndex = cell.index === stop ? 0 : -1;
  };
  const update = () => {
    const hadFocus = grid.contains(activeElement(grid));
    const cells = model.get("cells");
    const ids = new Set(cells.map((cell) => cell.id));
    for (const [id, cell] of byId) {
      if (ids.has(id)) continue;
      near.unobserve(cell);
      cell.release();
      byId.delete(id);
    }
    build();
    cells.forEach((cell, index) => {
      byId.get(cell.id)?.update(cell, index, model);
    });
    updateStops();
    near.showSoon();
    if (hadFocus && !grid.contains(activeElement(grid))) focus(current());
  };
  /** @param {number | undefined} index */
  const focus = (index) => {
    const cell = index === undefined ? null : byId.get(model.get("cells")[index]?.id);
    cell?.el.focus({ preventScroll: true });
    cell?.el.scrollIntoView({ block: "nearest", inline: "nearest" });
  };
  observe(model, ["cells", "axes", "rows", "columns", "tabs"], update, signal);
  observe(model, ["selected", "starred", "rejected", "ratings", "notes"], update, signal);
  observe(model, ["focused"], updateStops, signal);
  observe(
    model,
    ["size"],
    () => {
      el.style.setProperty("--cell", `${model.get("size")}px`);
      measure();
      near.showSoon();
    },
    signal,
  );
  const resized = new ResizeObserver(() => {
    measure();
    near.showSoon();
  });
  resized.observe(el);
  signal.addEventListener(
    "abort",
    () => {
      resized.disconnect();
      // The notebook may hold on to what has ended: little is left to hold.
      for (const cell of byId.values()) cell.release();
      byId.clear();
      grid.replaceChildren();
    },
    { once: true },
  );

  /** @param {Event} event */
  const indexOf = (event) => {
    const cell = /** @type {HTMLElement | null} */ (targetOf(event).closest("[data-index]"));
    return cell ? Number(cell.dataset.index) : -1;
  };
  el.addEventListener(
    "focusin",
    (event) => {
      const index = indexOf(event);
      if (index >= 0 && index !== model.get("focused")) setTraits(model, { focused: index });
    },
    { signal },
  );
  el.addEventListener(
    "pointermove",
    (event) => {
      // A table that scrolls under a pointer at rest is not pointed at.
      if (event.movementX || event.movementY) pointAt(indexOf(event));
    },
    { signal },
  );
  el.addEventListener("pointerleave", () => pointAt(-1), { signal });
  el.addEventListener(
    "click",
    (event) => {
      const index = indexOf(event);
      if (index < 0) return;
      const { mark: name, rate: rating, act } = targetOf(event).dataset;
      if (act === "retry") actions.retry([index]);
      else if (rating) rate(model, index, Number(rating));
      else if (name) mark(model, /** @type {"selected"} */ (name), index);
      else if (event.ctrlKey || event.metaKey || event.shiftKey) mark(model, "selected", index);
      byId.get(model.get("cells")[index].id)?.el.focus({ preventScroll: true });
    },
    { signal },
  );
  el.addEventListener(
    "dblclick",
    (event) => {
      const { mark: name, rate: rating, act } = targetOf(event).dataset;
      if (indexOf(event) >= 0 && !name && !rating && !act) actions.open(indexOf(event));
    },
    { signal },
  );

  /** @type {Record<string, [number, number]>} */
  const steps = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };
  el.addEventListener(
    "keydown",
    (event) => {
      event.stopPropagation();
      const place = placeOf(layout, current());
      if (!place || event.altKey || !targetOf(event).closest("[data-index]")) return;
      const withControl = event.ctrlKey || event.metaKey;
      const [row, column] = place;
      const [last, lastColumn] = [layout.rows.length, layout.columns.length];
      let to;
      if (event.key in steps && !withControl) to = neighbour(layout, place, steps[event.key]);
      else if (event.key === "Home")
        to = neighbour(layout, [withControl ? 0 : row, -1], [0, 1]) ?? current();
      else if (event.key === "End")
        to = neighbour(layout, [withControl ? last - 1 : row, lastColumn], [0, -1]) ?? current();
      else if (event.key === "PageUp") to = neighbour(layout, [-1, column], [1, 0]);
      else if (event.key === "PageDown") to = neighbour(layout, [last, column], [-1, 0]);
      else if (withControl && event.key === "a")
        setTraits(model, { selected: [...layout.places.values()] });
      else return;
      event.preventDefault();
      focus(to);
    },
    { signal },
  );
  return { el, focus: () => focus(current()) };
}
