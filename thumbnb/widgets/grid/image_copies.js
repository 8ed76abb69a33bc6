// Copies of images, made in Python no larger than they are shown.

import { blobUrl, h } from "../core/browser/dom.js";
import { errorText, onMessage, request } from "../core/browser/model.js";
import { throttle } from "../core/browser/throttle.js";

/** @import { CellsModel } from "./types.js" */
/**
 * @typedef {{ bytes: DataView<ArrayBuffer> } | { error: string }} Copy
 * @typedef {(id: number, width: number, take: (copy: Copy) => void) => void} RequestCopy
 * @typedef {ReturnType<typeof copyImage>} CopyImage
 */

export const WIDTHS = [120, 180, 240, 320, 400, 480, 640, 800, 960, 1280, 1600, 1920, 2560, 3840];
export const MAX_WIDTH = 3840;
// Copies asked for in one message.
const MAX_REQUESTED = 200;
// Copies that come within this time are shown at once: while the view scrolls, each time some
// are shown it is painted anew.
const TOGETHER_MS = 50;

/**
 * The pixels to ask for, of what is shown this many CSS pixels wide: one of a few widths.
 * @param {number} width
 */
export function pixels(width) {
  const wanted = width * Math.min(devicePixelRatio || 1, 3);
  return WIDTHS.find((each) => each >= wanted - 2) ?? MAX_WIDTH;
}

/**
 * The copies one view asks for. What is wanted in one turn is asked for in one message;
 * what was asked for and has not come is not asked for again.
 * @param {CellsModel} model
 * @param {AbortSignal} signal
 * @returns {RequestCopy}
 */
export function imageCopies(model, signal) {
  /** @type {Map<string, ((copy: Copy) => void)[]>} */
  const waiting = new Map(); // by "id/width", those who take the copy
  /** @type {[number, number][]} */
  let wanted = [];
  /**
   * @param {number} id
   * @param {number} width
   * @param {Copy} copy
   */
  const deliver = (id, width, copy) => {
    const takers = waiting.get(`${id}/${width}`) ?? [];
    waiting.delete(`${id}/${width}`);
    for (const take of takers) take(copy);
  };
  /** @param {[number, number][]} some */
  const send = async (some) => {
    try {
      await request(model, "copies", { wanted: some }, { signal });
    } catch (error) {
      for (const [id, width] of some) deliver(id, width, { error: errorText(error) });
    }
  };
  const sendAll = () => {
    for (let at = 0; at < wanted.length; at += MAX_REQUESTED) {
      send(wanted.slice(at, at + MAX_REQUESTED));
    }
    wanted = [];
  };
  /** @type {[number, number, Copy][]} */
  let came = [];
  const deliverAll = throttle(() => {
    const now = came;
    came = [];
    for (const each of now) deliver(...each);
  }, TOGETHER_MS);
  onMessage(
    model,
    "kind",
    "copy",
    ({ id, width, error }, [bytes]) => {
      came.push([id, width, error ? { error } : { bytes }]);
      deliverAll();
    },
    signal,
  );
  signal.addEventListener(
    "abort",
    () => {
      waiting.clear();
      came = [];
    },
    { once: true },
  );
  return (id, width, take) => {
    const key = `${id}/${width}`;
    const takers = waiting.get(key);
    if (takers) {
      takers.push(take);
      return;
    }
    waiting.set(key, [take]);
    if (wanted.push([id, width]) === 1) queueMicrotask(sendAll);
  };
}

/**
 * An <img> that shows copies of images. show(id, width, came) asks for one, unless it shows
 * as large a one; came("") says that it is there, came(error) that nothing is. The address of
 * each copy is given back when the next is there.
 * @param {RequestCopy} copies
 * @param {AbortSignal} signal
 * @param {Record<string, unknown>} [props]
 */
export function copyImage(copies, signal, props = {}) {
  const el = h("img", { alt: "", draggable: "false", decoding: "async", ...props });
  /** @type {number | null} */
  let shownId = null;
  let shownWidth = 0;
  let requestedWidth = 0;
  const release = () => {
    if (el.src) URL.revokeObjectURL(el.src);
    el.removeAttribute("src");
    shownId = null;
    shownWidth = 0;
    requestedWidth = 0;
  };
  signal.addEventListener("abort", release, { once: true });
  /**
   * @param {number} id
   * @param {number} width
   * @param {(error: string) => void} [came]
   */
  const show = (id, width, came) => {
    if (shownId === id && requestedWidth >= width) return;
    if (shownId !== id) release();
    shownId = id;
    requestedWidth = width;
    copies(id, width, (copy) => {
      if (signal.aborted || shownId !== id || width < shownWidth) return;
      if ("error" in copy) {
        if (!shownWidth) came?.(copy.error); // else what is shown stays
        return;
      }
      const before = el.src;
      el.src = blobUrl(copy.bytes);
      shownWidth = width;
      if (before) URL.revokeObjectURL(before);
      came?.("");
    });
  };
  return { el, show, release };
}
