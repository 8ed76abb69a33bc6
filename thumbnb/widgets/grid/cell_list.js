// The cells: a listbox in two dimensions.

import { activeElement, h, targetOf } from "../core/browser/dom.js";
import { setTraits } from "../core/browser/message_order.js";
import { observe } from "../core/browser/model.js";
import { cellElement } from "./cell_element.js";
import { commonAspect, fittingColumns, GAP } from "./cell_layout.js";
import { toggle } from "./cells.js";
import { pixels } from "./image_copies.js";
import { nearCells } from "./near_cells.js";

/** @import { CellElement } from "./cell_element.js" */
/** @import { RequestCopy } from "./image_copies.js" */
/** @import { GridModel } from "./types.js" */

/**
 * The listbox. Images are asked for when their cells come near what is seen; `open` is
 * called with the index of one to be looked at. `act` is called with a key that the list itself has
 * no use for and the index it is pressed at, and says whether it had a use for it.
 * @param {{
 *   model: GridModel, signal: AbortSignal, copies: RequestCopy, open: (index: number) => void,
 *   act?: (event: KeyboardEvent, index: number) => boolean,
 * }} context
 */
export function cellList({ model, signal, copies, open, act }) {
  const el = h("div", {
    class: "thumbnb-grid-cells",
    role: "listbox",
    "aria-multiselectable": "true",
  });
  /** @type {Map<number, CellElement>} */
  const byId = new Map();
  /** @type {WeakMap<Element, CellElement>} */
  const byElement = new WeakMap();
  let columns = 1;
  let width = 0;
  let anchor = 0; // from where shift and a click select

  /** @param {CellElement} cell */
  const showCopy = (cell) => {
    if (width) cell.showCopy(pixels(Math.max(1, width)));
  };
  const near = nearCells(el, showCopy, signal);

  const layOut = () => {
    const room = el.clientWidth - GAP;
    const cells = model.get("cells");
    if (room <= 0) return;
    columns = model.get("columns") ?? fittingColumns(room, cells.length);
    width = (room - GAP * (columns - 1)) / columns;
    el.style.setProperty("--columns", String(columns));
    el.toggleAttribute(
      "data-two-lines",
      cells.some((cell) => cell.lines),
    );
    el.style.setProperty("--image-height", `${Math.round(width / commonAspect(cells))}px`);
    near.showSoon();
  };
  const resized = new ResizeObserver(layOut);
  resized.observe(el);
  signal.addEventListener(
    "abort",
    () => {
      resized.disconnect();
      // The notebook may hold on to what has ended: little is left to hold.
      for (const cell of byId.values()) cell.release();
      byId.clear();
      el.replaceChildren();
    },
    { once: true },
  );

  /** @param {number} index */
  const cellAt = (index) => {
    const child = el.children[index];
    return child && byElement.get(child);
  };
  const current = () => Math.min(Math.max(0, model.get("focused")), el.children.length - 1);
  /** @param {number} index */
  const focus = (index) => {
    const cell = cellAt(Math.max(0, Math.min(el.children.length - 1, index)));
    anchor = cell?.index ?? 0;
    cell?.el.focus({ preventScroll: true });
    cell?.el.scrollIntoView({ block: "nearest", inline: "nearest" });
  };

  /** @param {number} index */
  const selectTo = (index) => {
    const [from, to] = [anchor, index].sort((a, b) => a - b);
    const between = Array.from({ length: to - from + 1 }, (_, at) => from + at);
    setTraits(model, { selected: [...new Set([...model.get("selected"), ...between])] });
  };

  const dropAllBut = (/** @type {Set<number>} */ ids) => {
    for (const [id, cell] of byId) {
      if (ids.has(id)) continue;
      near.unobserve(cell);
      cell.release();
      cell.el.remove();
      byId.delete(id);
    }
  };
  observe(
    model,
    ["cells"],
    () => {
      const cells = model.get("cells");
      const hadFocus = el.contains(activeElement(el));
      dropAllBut(new Set(cells.map((cell) => cell.id)));
      cells.forEach((cell, index) => {
        let shown = byId.get(cell.id);
        if (!shown) {
          shown = cellElement(copies, signal);
          byId.set(cell.id, shown);
          byElement.set(shown.el, shown);
          near.observe(shown);
        }
        shown.update(cell, index, model);
        if (el.children[index] !== shown.el) el.insertBefore(shown.el, el.children[index] ?? null);
      });
      layOut();
      if (hadFocus && !el.contains(activeElement(el))) focus(current());
    },
    signal,
  );
  observe(model, ["columns"], layOut, signal);
  observe(
    model,
    ["selected", "starred"],
    () => {
      for (const shown of byId.values())
        if (shown.cell) shown.update(shown.cell, shown.index, model);
    },
    signal,
  );
  observe(
    model,
    ["focused", "cells"],
    () => {
      const stop = current();
      for (const shown of byId.values()) shown.el.tabIndex = shown.index === stop ? 0 : -1;
    },
    signal,
  );

  /** @param {Event} event */
  const cellOf = (event) => {
    const option = targetOf(event).closest("[role=option]");
    return option ? byElement.get(option) : undefined;
  };
  el.addEventListener(
    "focusin",
    (event) => {
      const cell = cellOf(event);
      if (cell && cell.index !== model.get("focused")) setTraits(model, { focused: cell.index });
    },
    { signal },
  );
  el.addEventListener(
    "click",
    (event) => {
      const cell = cellOf(event);
      if (!cell) return;
      const { mark } = targetOf(event).dataset;
      if (event.shiftKey && !mark) return selectTo(cell.index);
      anchor = cell.index;
      if (mark === "selected" || mark === "starred") toggle(model, mark, cell.index);
      else if (event.ctrlKey || event.metaKey) toggle(model, "selected", cell.index);
      else if (cell.el.dataset.state === "there") open(cell.index);
      cell.el.focus({ preventScroll: true });
    },
    { signal },
  );
  el.addEventListener(
    "keydown",
    (event) => {
      event.stopPropagation();
      if (event.altKey) return;
      const now = current();
      const last = el.children.length - 1;
      const rows = Math.max(1, Math.floor(el.clientHeight / (cellAt(now)?.el.offsetHeight || 1)));
      const isLastRow = Math.floor(now / columns) >= Math.floor(last / columns);
      const below = now + columns <= last ? now + columns : isLastRow ? now : last;
      const to = new Map([
        ["ArrowLeft", now - 1],
        ["ArrowRight", now + 1],
        ["Home", 0],
        ["End", last],
        ["ArrowUp", now >= columns ? now - columns : now],
        ["ArrowDown", below],
        ["PageUp", now - columns * rows],
        ["PageDown", now + columns * rows],
      ]).get(event.key);
      const withControl = event.ctrlKey || event.metaKey;
      if (withControl && event.key === "a") {
        setTraits(model, { selected: model.get("cells").map((_, index) => index) });
      } else if (to !== undefined) focus(to);
      else if (act?.(event, now)) event.preventDefault();
      else if (withControl) return;
      else if (event.key === "Enter") {
        if (cellAt(now)?.el.dataset.state === "there") open(now);
      } else if (event.key === " ") toggle(model, "selected", now);
      else if (event.key === "s") toggle(model, "starred", now);
      else if (event.key === "Escape") setTraits(model, { selected: [] });
      else return;
      event.preventDefault();
    },
    { signal },
  );
  return { el, focus };
}
