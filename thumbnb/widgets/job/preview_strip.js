import { blobUrl, childrenOf, h } from "../core/browser/dom.js";
import { onMessage, request } from "../core/browser/model.js";

/** @import { Model } from "../core/browser/types.js" */

/**
 * The images of a job, small, as they arrive.
 * @param {Model} model
 * @param {string} key of the job
 * @param {AbortSignal} signal
 */
export function previewStrip(model, key, signal) {
  const el = h("ul", { class: "thumbnb-previews", "aria-label": "Images so far", hidden: true });
  /** @type {Map<number, string>} */
  const urls = new Map();
  /**
   * @param {number} index
   * @param {DataView<ArrayBuffer>} bytes
   */
  const add = (index, bytes) => {
    if (urls.has(index)) return;
    const url = blobUrl(bytes);
    urls.set(index, url);
    const item = h("li", {}, h("img", { src: url, alt: `Image ${index + 1}` }));
    item.dataset.index = String(index);
    const after = childrenOf(el).find((other) => Number(other.dataset.index) > index);
    el.insertBefore(item, after ?? null);
    el.hidden = false;
  };
  // What is being painted, as it looks by now: behind the finished ones.
  const unfinished = h("ul", {
    class: "thumbnb-previews thumbnb-unfinished",
    "aria-label": "Being painted",
    hidden: true,
  });
  /** @type {Map<number, HTMLImageElement>} */
  const painting = new Map();
  /** @param {number} position */
  const drop = (position) => {
    const image = painting.get(position);
    if (!image) return;
    URL.revokeObjectURL(image.src);
    image.parentElement?.remove();
    painting.delete(position);
    unfinished.hidden = !painting.size;
  };
  /**
   * @param {number} position
   * @param {DataView<ArrayBuffer>} bytes
   */
  const paint = (position, bytes) => {
    let image = painting.get(position);
    if (image) URL.revokeObjectURL(image.src);
    else {
      image = h("img", { alt: `Image ${position + 1}, being painted` });
      painting.set(position, image);
      unfinished.append(h("li", {}, image));
    }
    image.src = blobUrl(bytes);
    unfinished.hidden = false;
  };
  onMessage(
    model,
    "kind",
    "unfinished",
    ({ job, position }, [bytes]) => {
      if (job === key) paint(position, bytes);
    },
    signal,
  );
  const clear = () => {
    for (const position of [...painting.keys()]) drop(position);
    for (const url of urls.values()) URL.revokeObjectURL(url);
    urls.clear();
    el.replaceChildren();
    el.hidden = true;
  };
  let isFetching = false;
  async function fetchAll() {
    if (isFetching) return;
    isFetching = true;
    try {
      const { answer, buffers } = await request(model, "previews", { job: key }, { signal });
      /** @type {number[]} */
      const indices = signal.aborted ? [] : answer;
      indices.forEach((index, place) => {
        add(index, buffers[place]);
      });
    } catch {
      // They are previews: the result has them all.
    }
    isFetching = false;
  }
  onMessage(
    model,
    "kind",
    "preview",
    ({ job, index }, [bytes]) => {
      if (job === key) add(index, bytes);
    },
    signal,
  );
  return {
    el: h("div", {}, el, unfinished),
    clear,
    /**
     * @param {number} count how many there are
     * @param {number[]} positions those that are being painted
     */
    update(count, positions) {
      for (const position of [...painting.keys()]) {
        if (!positions.includes(position)) drop(position);
      }
      if (!count && !positions.length) clear();
      // They are sent as they arrive; a view that comes later asks for those it missed.
      else if (urls.size < count) fetchAll();
    },
  };
}
