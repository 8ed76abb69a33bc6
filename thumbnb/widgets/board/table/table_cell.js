// One cell of the table: its image, what is chosen of it, or why there is none.

import { h } from "../../core/browser/dom.js";
import { copyImage } from "../../grid/image_copies.js";
import { choicesOf, STARS } from "../cell_choices.js";

/** @import { RequestCopy } from "../../grid/image_copies.js" */
/** @import { BoardCell, BoardModel } from "../types.js" */
/** @typedef {ReturnType<typeof tableCell>} TableCell */

const WORDS = { waiting: "waits", running: "is being made", stopped: "was not sent", failed: "" };

/**
 * What a cell is called, for those who don't see it.
 * @param {BoardCell} cell
 * @param {number} index
 * @param {BoardModel} model
 */
export function cellLabel(cell, index, model) {
  const { isStarred, isRejected, rating, note } = choicesOf(model, index);
  const parts = [
    cell.caption || `Image ${index + 1}`,
    cell.state === "failed" && cell.progress === "failed" && `failed: ${cell.error}`,
    cell.progress && WORDS[cell.progress],
    cell.score !== undefined && `score ${cell.score}`,
    rating && `rated ${rating} of 5`,
    isStarred && "starred",
    isRejected && "rejected",
    note && "has a note",
  ];
  return parts.filter(Boolean).join(", ");
}

/**
 * A mark for the pointer; the keyboard has a key for each, and the brief beside has buttons.
 * @param {string} name
 * @param {string} title
 * @param {string} sign
 */
const pointerMark = (name, title, sign) =>
  h(
    "span",
    { class: `thumbnb-table-${name}`, "data-mark": name, "aria-hidden": "true", title },
    sign,
  );

/**
 * @param {RequestCopy} copies
 * @param {AbortSignal} signal
 */
export function tableCell(copies, signal) {
  const image = copyImage(copies, signal);
  const why = h("span", { class: "thumbnb-table-why" });
  const retry = h(
    "button",
    { class: "thumbnb-button", tabindex: "-1", "data-act": "retry", title: "Retry (r)" },
    "Retry",
  );
  const problem = h("div", { class: "thumbnb-table-problem" }, why, retry);
  const imageBox = h(
    "div",
    { class: "thumbnb-table-image" },
    image.el,
    problem,
    pointerMark("selected", "Select (space)", "\u2713"),
    pointerMark("rejected", "Reject (x)", "\u2715"),
    pointerMark("starred", "Star (s)", "\u2605"),
  );
  const stars = STARS.map((rating) =>
    h("span", { "data-rate": rating, title: `Rate ${rating} (${rating})` }, "\u2605"),
  );
  const score = h("span", { class: "thumbnb-table-score", title: "Score: total" });
  const note = h("span", { class: "thumbnb-table-note" }, "\u270e");
  const under = h(
    "div",
    { class: "thumbnb-table-under", "aria-hidden": "true" },
    h("span", { class: "thumbnb-table-stars" }, ...stars),
    note,
    score,
  );
  const el = h(
    "div",
    { class: "thumbnb-table-cell", role: "gridcell", "data-lm-suppress-shortcuts": "true" },
    imageBox,
    under,
  );
  el.tabIndex = -1; // set here, because the table takes its keys
  let known = "";
  const self = {
    el,
    index: -1,
    seenAt: -Infinity,
    /** @type {BoardCell | null} */
    cell: null,
    /**
     * @param {BoardCell} cell
     * @param {number} index
     * @param {BoardModel} model
     */
    update(cell, index, model) {
      self.cell = cell;
      self.index = index;
      const choices = choicesOf(model, index);
      const now = JSON.stringify([cell, index, choices]);
      if (now === known) return; // most are as they were
      known = now;
      el.dataset.index = String(index);
      el.dataset.state = cell.progress ?? cell.state ?? "there";
      el.setAttribute("aria-label", cellLabel(cell, index, model));
      el.setAttribute("aria-selected", String(choices.isSelected));
      el.toggleAttribute("data-starred", choices.isStarred);
      el.toggleAttribute("data-rejected", choices.isRejected);
      el.toggleAttribute("data-rated", choices.rating > 0);
      stars.forEach((star, at) => {
        star.toggleAttribute("data-on", at < choices.rating);
      });
      note.hidden = !choices.note;
      note.title = choices.note;
      score.textContent = cell.score === undefined ? "" : cell.score.toFixed(2);
      why.textContent = cell.error ?? "";
      retry.hidden = cell.progress !== "failed";
      retry.setAttribute("aria-label", `Retry ${cell.caption}`);
      if (cell.state) image.release();
    },
    /** @param {number} width pixels of the copy to show */
    showCopy(width) {
      const { cell } = self;
      if (!cell || cell.state) return;
      image.show(cell.id, width, (error) => {
        el.dataset.state = error ? "unseen" : "there";
        why.textContent = error;
      });
    },
    release() {
      image.release();
      el.replaceChildren();
    },
  };
  return self;
}
