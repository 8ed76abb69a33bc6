// Images saved as files, and copied.

import { copyPng } from "../core/browser/clipboard.js";
import { blobUrl, h } from "../core/browser/dom.js";
import { errorText, request } from "../core/browser/model.js";

/** @import { CellsModel, Download } from "./types.js" */

/**
 * Return what saves files: one as it was made, several in a zip.
 * @param {CellsModel} model
 * @param {AbortSignal} signal
 * @returns {Download}
 */
export function downloader(model, signal) {
  return async (ids, fail) => {
    try {
      const { answer, buffers } = await request(model, "download", { ids }, { signal });
      const link = h("a", { href: blobUrl(buffers[0], answer.type), download: answer.name });
      link.click();
      // The browser reads it after the click.
      setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
    } catch (error) {
      fail(errorText(error));
    }
  };
}

/**
 * Return what puts the image of a cell into the clipboard; it rejects with words.
 * @param {CellsModel} model
 * @param {AbortSignal} signal
 */
export function imageCopier(model, signal) {
  return (/** @type {number} */ id) =>
    copyPng(request(model, "png", { id }, { signal }).then(({ buffers }) => buffers[0]));
}
