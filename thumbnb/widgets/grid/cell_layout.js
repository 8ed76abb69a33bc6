import { aspectOf } from "./cells.js";

/** @import { Cell } from "./types.js" */

export const GAP = 8;

/**
 * The aspect most of the images have; what is shown of the others keeps its own.
 * @param {Cell[]} cells
 */
export function commonAspect(cells) {
  /** @type {Map<string, number>} */
  const counts = new Map();
  for (const cell of cells) {
    const aspect = aspectOf(cell).toFixed(2);
    if (cell.size) counts.set(aspect, (counts.get(aspect) ?? 0) + 1);
  }
  const [most] = [...counts].sort((a, b) => b[1] - a[1])[0] ?? [16 / 9];
  return Math.min(2.4, Math.max(0.5, Number(most)));
}

/**
 * How many columns fit: a few images are shown larger than many, and leave no gap.
 * @param {number} width
 * @param {number} count
 */
export function fittingColumns(width, count) {
  const least = count <= 4 ? 260 : count <= 12 ? 220 : 180;
  const room = Math.floor((width + GAP) / (least + GAP));
  const fit = Math.max(1, Math.min(room, Math.max(2, count), 10));
  /** @param {number} columns */
  const empty = (columns) => (columns - (count % columns)) % columns;
  return count <= 12 && fit > 2 && empty(fit - 1) < empty(fit) ? fit - 1 : fit;
}
