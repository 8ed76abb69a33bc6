// Two images against each other: one over the other with a divider, or side by side.

import { segmentedButtons } from "../../controls/buttons/segmented_buttons.js";
import { h, targetOf } from "../../core/browser/dom.js";
import { observe } from "../../core/browser/model.js";
import { throttle } from "../../core/browser/throttle.js";
import { aspectOf, cellName } from "../cells.js";
import { copyImage, pixels } from "../image_copies.js";
import { dividerLine } from "./divider_line.js";
import { zoomButtons, zoomPan } from "./zoom_pan.js";

/** @import { RequestCopy } from "../image_copies.js" */
/** @import { CellsModel } from "../types.js" */

const NAMES = ["A", "B"];

/**
 * The ids of two images: those selected first, else the one at the keyboard and its neighbour.
 * @param {CellsModel} model
 */
function firstPair(model) {
  const cells = model.get("cells");
  const isThere = (/** @type {number} */ at) => cells[at] && !cells[at].state;
  const all = cells.map((_, at) => at).filter(isThere);
  const from = Math.max(0, all.indexOf(model.get("focused")));
  const wanted = [...model.get("selected").filter(isThere), ...all.slice(from), ...all];
  return [...new Set(wanted)].slice(0, 2).map((at) => cells[at].id);
}

/**
 * Chooses one of the two images.
 * @param {string} name
 * @param {CellsModel} model
 * @param {AbortSignal} signal
 * @param {(id: number) => void} onChoose
 */
function pairPicker(name, model, signal, onChoose) {
  const select = h("select", { class: "thumbnb-field", "aria-label": `Image ${name}` });
  select.addEventListener("change", () => onChoose(Number(select.value)), { signal });
  return {
    el: h("label", { class: "thumbnb-compare-pick" }, h("b", {}, name), select),
    /** @param {number} id */
    show(id) {
      const options = model.get("cells").flatMap((cell, at) => {
        const label = `${cell.number ?? at + 1}${cell.caption && ` \u00b7 ${cell.caption}`}`;
        const props = { value: String(cell.id), selected: cell.id === id };
        return cell.state ? [] : [h("option", props, label)];
      });
      select.replaceChildren(...options);
    },
  };
}

/**
 * The compare view; `onPair` is called with the ids of the two, whenever they are others, and
 * `mode` is how they are compared at first.
 * @param {{
 *   model: CellsModel, copies: RequestCopy, signal: AbortSignal,
 *   onPair?: (first: number, second: number) => void, mode?: "Slider" | "Side by side",
 * }} context
 */
export function compareView({ model, copies, signal, onPair, mode: firstMode = "Slider" }) {
  const pair = firstPair(model);
  const images = NAMES.map(() => copyImage(copies, signal));
  const layers = images.map((image, at) => {
    const tag = h("span", { class: "thumbnb-compare-tag" }, NAMES[at]);
    return h("div", { class: "thumbnb-compare-layer" }, image.el, tag);
  });
  const stage = h("div", { class: "thumbnb-compare-stage", tabindex: "-1" }, layers[1], layers[0]);
  const divider = dividerLine(stage, layers[0], signal);
  stage.append(divider.el);

  /** @type {ReturnType<typeof zoomPan>} */
  const zoom = zoomPan(layers, {
    signal,
    needsKey: true,
    draw: (transform, scale) => {
      for (const image of images) image.el.style.transform = transform;
      stage.toggleAttribute("data-near", scale > 1);
      buttons.show(scale);
      sharpenSoon();
    },
  });
  const buttons = zoomButtons(() => zoom);
  const sharpenSoon = throttle(() => {
    pair.forEach((id, at) => {
      images[at].show(id, pixels(layers[at].clientWidth * Math.min(4, zoom.scale())));
    });
  }, 150);
  const isBeside = () => stage.hasAttribute("data-beside");
  // Not zoomed in there is nothing to pan: then the divider comes to the pointer.
  /** @param {PointerEvent} event */
  const moveDivider = (event) => {
    if (event.buttons === 1 && !isBeside() && zoom.scale() === 1) divider.moveTo(event);
  };
  stage.addEventListener("pointerdown", moveDivider, { signal });
  stage.addEventListener("pointermove", moveDivider, { signal });

  const pickers = NAMES.map((name, at) =>
    pairPicker(name, model, signal, (id) => {
      pair[at] = id;
      update();
    }),
  );
  const swap = h(
    "button",
    {
      class: "thumbnb-button",
      onclick: () => {
        pair.reverse();
        update();
      },
    },
    "Swap",
  );
  const hint = h("p", { class: "thumbnb-quiet thumbnb-compare-hint" });
  /** @param {string} mode */
  const compareBy = (mode) => {
    stage.toggleAttribute("data-beside", mode === "Side by side");
    const drag = isBeside() ? "" : "Drag the divider, or move it with the arrow keys. ";
    const zooming = "Plus and minus, Ctrl and the wheel, or a pinch zoom both; ";
    hint.textContent = `${drag}${zooming}Shift and the arrows pan.`;
    zoom.reset();
  };
  const modeNames = ["Slider", "Side by side"];
  const modes = segmentedButtons("How they are compared", modeNames, compareBy, signal, firstMode);
  const update = () => {
    const cells = model.get("cells");
    const isGone = (/** @type {number} */ id) => !cells.some((cell) => cell.id === id);
    if (pair.some(isGone)) pair.splice(0, 2, ...firstPair(model));
    pickers.forEach((picker, at) => {
      picker.show(pair[at]);
    });
    const first = cells.find((cell) => cell.id === pair[0]);
    stage.style.setProperty("--aspect", String(aspectOf(first ?? {})));
    pair.forEach((id, at) => {
      const index = cells.findIndex((cell) => cell.id === id);
      const name = index >= 0 && cellName(cells[index], index, model);
      if (name) images[at].el.alt = `${NAMES[at]}: ${name}`;
    });
    if (pair.length === 2) onPair?.(pair[0], pair[1]);
    zoom.reset();
  };

  const space = h("span", { class: "thumbnb-grow" });
  const pickerElements = pickers.map((picker) => picker.el);
  const bar = h(
    "div",
    { class: "thumbnb-bar-line" },
    ...pickerElements,
    swap,
    space,
    modes.el,
    ...buttons.elements,
  );
  const view = h("div", { class: "thumbnb-compare" }, bar, stage, hint);
  compareBy(firstMode);
  view.addEventListener(
    "keydown",
    (event) => {
      if (targetOf(event).tagName !== "SELECT" && zoom.handleKey(event)) event.preventDefault();
    },
    { signal, capture: true },
  );
  const resized = new ResizeObserver(() => sharpenSoon());
  resized.observe(stage);
  signal.addEventListener("abort", () => resized.disconnect(), { once: true });
  observe(model, ["cells"], update, signal);
  const useSelected = () => {
    if (model.get("selected").length < 2) return;
    pair.splice(0, 2, ...firstPair(model));
    update();
  };
  model.on("change:selected", useSelected);
  signal.addEventListener("abort", () => model.off("change:selected", useSelected), { once: true });
  return view;
}
