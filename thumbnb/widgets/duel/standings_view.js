// How strong the images are by the votes so far: a bar with an interval each.

import { h } from "../core/browser/dom.js";
import { observe } from "../core/browser/model.js";
import { copyImage, pixels } from "../grid/image_copies.js";

/** @import { RequestCopy, CopyImage } from "../grid/image_copies.js" */
/** @import { DuelModel, Standing } from "./types.js" */

const WIDTH = 96; // CSS pixels of an image

/**
 * The standings, closed at first: who sees them votes for the leader.
 * @param {{ model: DuelModel, copies: RequestCopy, signal: AbortSignal }} context
 */
export function standingsView({ model, copies, signal }) {
  const body = h("ol", { class: "thumbnb-standings-rows" });
  const note = h(
    "p",
    { class: "thumbnb-quiet" },
    "The bar is the 90 % interval of the strength, the line its middle; beside it how sure it is the best.",
  );
  const summary = h("summary", {}, "Standings");
  const el = h("details", { class: "thumbnb-standings" }, summary, body, note);
  /** @type {Map<number, CopyImage>} */
  const images = new Map();
  /**
   * @param {Standing} row
   * @param {(strength: number) => number} place in percent
   */
  const rowOf = ({ index, strength, low, high, best }, place) => {
    const { id, caption } = model.get("cells")[index];
    let image = images.get(id);
    if (!image) {
      image = copyImage(copies, signal);
      images.set(id, image);
    }
    image.show(id, pixels(WIDTH));
    const name = model.get("blind") ? `Image ${index + 1}` : caption;
    const words = `${Math.round(best * 100)} % the best`;
    const range = h("span", { class: "thumbnb-standings-range" });
    range.style.left = `${place(low)}%`;
    range.style.width = `${Math.max(1, place(high) - place(low))}%`;
    const middle = h("span", { class: "thumbnb-standings-middle" });
    middle.style.left = `${place(strength)}%`;
    const bar = h("div", { class: "thumbnb-standings-bar", "aria-hidden": "true" }, range, middle);
    const text = h("div", {}, h("span", {}, name), bar);
    return h("li", {}, image.el, text, h("span", { class: "thumbnb-quiet" }, words));
  };
  const show = () => {
    const rows = model.get("standings");
    el.hidden = !rows.length;
    if (!el.open || !rows.length) return;
    const low = Math.min(...rows.map((row) => row.low));
    const high = Math.max(...rows.map((row) => row.high));
    /** @param {number} strength */
    const place = (strength) => ((strength - low) / (high - low || 1)) * 100;
    body.replaceChildren(...rows.map((row) => rowOf(row, place)));
  };
  el.addEventListener("toggle", show, { signal });
  observe(model, ["standings", "blind"], show, signal);
  return el;
}
