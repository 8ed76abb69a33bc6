// The board's model as the views of the grid know one.

import { orderedModel } from "../grid/ordered_model.js";
import { ratingText } from "./cell_choices.js";

/** @import { GridModel } from "../grid/types.js" */
/** @import { BoardModel } from "./types.js" */

/**
 * The cells in their order, each with its rating and its score before its caption.
 * @param {BoardModel} model
 * @returns {GridModel}
 */
export function listModel(model) {
  /** @param {number} index */
  const cellAt = (index) => {
    const cell = model.get("cells")[index];
    const rating = model.get("ratings")[index];
    const score = cell.score === undefined ? "" : cell.score.toFixed(2);
    const rejected = model.get("rejected").includes(index) && "rejected";
    const parts = [rejected, rating && ratingText(rating), score, cell.caption];
    return { ...cell, caption: parts.filter(Boolean).join(" \u00b7 ") };
  };
  // The board's columns are an axis, the list's as many as fit.
  const others = { columns: () => null };
  return orderedModel(/** @type {any} */ (model), cellAt, {
    cellTraits: ["ratings", "rejected"],
    others,
  });
}
