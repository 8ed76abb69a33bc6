// What the user chooses of a cell, by its index: a star, a rating, a rejection, a note.

import { setTraits } from "../core/browser/message_order.js";
import { toggle } from "../grid/cells.js";

/** @import { BoardModel } from "./types.js" */

export const STARS = [1, 2, 3, 4, 5];

/** @param {number} rating */
export const ratingText = (rating) => "\u2605".repeat(rating) + "\u2606".repeat(5 - rating);

/**
 * Whether there is an image to choose.
 * @param {BoardModel} model
 * @param {number} index
 */
export function isChoosable(model, index) {
  const cell = model.get("cells")[index];
  return Boolean(cell) && !cell.state;
}

/**
 * @param {BoardModel} model
 * @param {number} index
 */
export function choicesOf(model, index) {
  return {
    isSelected: model.get("selected").includes(index),
    isStarred: model.get("starred").includes(index),
    isRejected: model.get("rejected").includes(index),
    rating: model.get("ratings")[index] ?? 0,
    note: model.get("notes")[index] ?? "",
  };
}

/**
 * Rate a cell; 0, or the rating that it has already, takes it away.
 * @param {BoardModel} model
 * @param {number} index
 * @param {number} rating
 */
export function rate(model, index, rating) {
  if (!isChoosable(model, index)) return;
  const { [index]: before, ...others } = model.get("ratings");
  const isNone = !rating || before === rating;
  setTraits(model, { ratings: isNone ? others : { ...others, [index]: rating } });
}

/**
 * @param {BoardModel} model
 * @param {number} index
 * @param {string} note
 */
export function writeNote(model, index, note) {
  const { [index]: before = "", ...others } = model.get("notes");
  if (before === note || !isChoosable(model, index)) return;
  setTraits(model, { notes: note ? { ...others, [index]: note } : others });
}

/**
 * Star, select or reject a cell, or no longer.
 * @param {BoardModel} model
 * @param {"selected" | "starred" | "rejected"} trait
 * @param {number} index
 */
export function mark(model, trait, index) {
  if (!isChoosable(model, index)) return;
  if (trait !== "rejected") return toggle(model, trait, index);
  const before = model.get("rejected");
  const without = before.filter((each) => each !== index);
  setTraits(model, {
    rejected: without.length < before.length ? without : [...before, index],
  });
}
