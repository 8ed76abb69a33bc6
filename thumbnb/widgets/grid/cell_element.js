import { h } from "../core/browser/dom.js";
import { cellName } from "./cells.js";
import { copyImage } from "./image_copies.js";

/** @import { RequestCopy } from "./image_copies.js" */
/** @import { Cell, CellsModel } from "./types.js" */
/** @typedef {ReturnType<typeof cellElement>} CellElement */

/**
 * A mark for the pointer; the keyboard has space and s.
 * @param {string} name
 * @param {"selected" | "starred"} trait
 * @param {string} title
 * @param {string} sign
 */
function markElement(name, trait, title, sign) {
  const props = { class: `thumbnb-grid-${name}`, "data-mark": trait, "aria-hidden": "true", title };
  return h("span", props, sign);
}

/**
 * One cell's element; what it shows follows from update().
 * @param {RequestCopy} copies
 * @param {AbortSignal} signal
 */
export function cellElement(copies, signal) {
  const image = copyImage(copies, signal);
  const why = h("span", { class: "thumbnb-grid-why" });
  const caption = h("span", { class: "thumbnb-grid-caption" });
  const number = h("span", { class: "thumbnb-grid-number" });
  const imageBox = h(
    "div",
    { class: "thumbnb-grid-image" },
    image.el,
    why,
    markElement("tick", "selected", "Select (space)", "\u2713"),
    markElement("star", "starred", "Star (s)", "\u2605"),
  );
  const figures = h("span", { class: "thumbnb-grid-caption thumbnb-quiet" });
  const words = h("div", { class: "thumbnb-grid-words" }, caption, figures);
  const under = h("div", { class: "thumbnb-grid-under" }, number, words);
  const props = {
    class: "thumbnb-grid-cell",
    role: "option",
    "data-lm-suppress-shortcuts": "true",
  };
  const el = h("div", props, imageBox, under);
  el.tabIndex = -1; // set here, because the list takes its keys
  let known = "";
  const self = {
    el,
    index: -1,
    seenAt: -Infinity, // when it came near what is seen
    /** @type {Cell | null} */
    cell: null,
    /**
     * @param {Cell} cell
     * @param {number} index
     * @param {CellsModel} model
     */
    update(cell, index, model) {
      self.cell = cell;
      self.index = index;
      const isSelected = model.get("selected").includes(index);
      const isStarred = model.get("starred").includes(index);
      const now = JSON.stringify([cell, index, isSelected, isStarred]);
      if (now === known) return; // most are as they were
      known = now;
      el.dataset.state = cell.state ?? "there";
      el.dataset.index = String(index);
      el.setAttribute("aria-label", cellName(cell, index, model));
      el.setAttribute("aria-selected", String(isSelected));
      el.toggleAttribute("data-starred", isStarred);
      number.textContent = String(cell.number ?? index + 1);
      [caption.textContent, figures.textContent] = cell.lines ?? [cell.caption, ""];
      words.title = cell.caption;
      why.textContent = cell.error ?? "";
    },
    /** @param {number} width pixels of the copy to show */
    showCopy(width) {
      const { cell } = self;
      if (!cell || cell.state === "failed") return;
      image.show(cell.id, width, (error) => {
        el.dataset.state = error ? "failed" : (self.cell?.state ?? "there");
        why.textContent = error;
      });
    },
    release() {
      image.release();
      image.el.remove();
      el.replaceChildren();
    },
  };
  return self;
}
