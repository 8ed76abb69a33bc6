import { request } from "../core/browser/model.js";

/** @import { Model } from "../core/browser/types.js" */
/**
 * @typedef {{
 *   bitmap: ImageBitmap, width: number, height: number, columns: number, count: number,
 *   interval: number, at: (time: number) => number,
 * }} Storyboard the tiles of a video in one image; at(time) is the number of a tile
 */

/**
 * Ask Python for the storyboard; the caller closes its bitmap.
 * @param {Model} model
 * @param {AbortSignal} signal
 * @returns {Promise<Storyboard>}
 */
export async function fetchStoryboard(model, signal) {
  const { answer, buffers } = await request(model, "storyboard", {}, { signal });
  const bitmap = await createImageBitmap(new Blob([buffers[0]], { type: "image/jpeg" }));
  /** @param {number} time */
  const at = (time) => Math.min(answer.count - 1, Math.max(0, Math.floor(time / answer.interval)));
  return { ...answer, bitmap, at };
}

/**
 * Draw one tile of a storyboard into a box.
 * @param {CanvasRenderingContext2D} context
 * @param {Storyboard} storyboard
 * @param {number} index
 * @param {{ x?: number, y?: number, width: number, height: number }} box
 */
export function drawTile(context, storyboard, index, { x = 0, y = 0, width, height }) {
  const { bitmap, width: tileWidth, height: tileHeight, columns } = storyboard;
  const left = (index % columns) * tileWidth;
  const top = Math.floor(index / columns) * tileHeight;
  context.drawImage(bitmap, left, top, tileWidth, tileHeight, x, y, width, height);
}
