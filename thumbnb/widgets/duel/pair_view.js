// The two images side by side; a click on one votes for it.

import { h } from "../core/browser/dom.js";
import { observe } from "../core/browser/model.js";
import { aspectOf } from "../grid/cells.js";
import { copyImage, pixels } from "../grid/image_copies.js";

/** @import { RequestCopy } from "../grid/image_copies.js" */
/** @import { DuelModel, Outcome } from "./types.js" */

/** @type {[Outcome, string][]} */
const SIDES = [
  ["left", "Left"],
  ["right", "Right"],
];

/**
 * @param {{
 *   model: DuelModel, copies: RequestCopy, signal: AbortSignal, vote: (outcome: Outcome) => void,
 * }} context
 */
export function pairView({ model, copies, signal, vote }) {
  const sides = SIDES.map(([outcome, name]) => {
    const image = copyImage(copies, signal);
    const caption = h("span", { class: "thumbnb-duel-caption" });
    const label = `${name} image is better`;
    const props = { class: "thumbnb-duel-image", "aria-label": label, title: label };
    const button = h("button", { ...props, onclick: () => vote(outcome) }, image.el);
    return { image, caption, button, el: h("div", {}, button, caption) };
  });
  const el = h("div", { class: "thumbnb-duel-pair" }, ...sides.map((side) => side.el));
  const showCopies = () => {
    model.get("pair").forEach((index, at) => {
      const { image, button } = sides[at];
      if (button.clientWidth) {
        image.show(model.get("cells")[index].id, pixels(button.clientWidth));
      }
    });
  };
  observe(
    model,
    ["pair", "blind", "cells"],
    () => {
      model.get("pair").forEach((index, at) => {
        const cell = model.get("cells")[index];
        const { button, caption } = sides[at];
        button.style.setProperty("--aspect", String(aspectOf(cell)));
        caption.textContent = model.get("blind") ? "" : cell.caption;
      });
      showCopies();
    },
    signal,
  );
  const resized = new ResizeObserver(showCopies);
  resized.observe(el);
  signal.addEventListener("abort", () => resized.disconnect(), { once: true });
  return el;
}
