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
  const clear = () => {
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
    el,
    clear,
    /** @param {number} count how many there are */
    update(count) {
      if (!count) clear();
      // They are sent as they arrive; a view that comes later asks for those it missed.
      else if (urls.size < count) fetchAll();
    },
  };
}
