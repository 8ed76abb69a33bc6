// What several views of the grid need to know of a cell.

import { setTraits } from "../core/browser/message_order.js";

/** @import { Cell, CellsModel } from "./types.js" */

/**
 * Width over height; where nobody knows it yet, that of a video.
 * @param {Pick<Cell, "size">} cell
 */
export function aspectOf({ size }) {
  return size ? size[0] / size[1] : 16 / 9;
}

/**
 * Select or star a cell, or no longer.
 * @param {CellsModel} model
 * @param {"selected" | "starred"} trait
 * @param {number} index
 */
export function toggle(model, trait, index) {
  const before = model.get(trait);
  const without = before.filter((each) => each !== index);
  setTraits(model, { [trait]: without.length < before.length ? without : [...before, index] });
}

/**
 * What a cell is called, for those who don't see it.
 * @param {Cell} cell
 * @param {number} index
 * @param {CellsModel} model
 */
export function cellName(cell, index, model) {
  return [
    `Image ${cell.number ?? index + 1}`,
    cell.caption,
    cell.state === "waiting" && "is being made",
    cell.state === "failed" && `failed: ${cell.error}`,
    model.get("starred").includes(index) && "starred",
  ]
    .filter(Boolean)
    .join(", ");
}
