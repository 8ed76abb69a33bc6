import { clockTime } from "../core/browser/clock_time.js";
import { h } from "../core/browser/dom.js";
import { observe } from "../core/browser/model.js";
import { drawTile } from "./storyboard_tiles.js";

/** @import { Model } from "../core/browser/types.js" */
/** @import { Storyboard } from "./storyboard_tiles.js" */
/** @import { Traits } from "./timestamp_slider.js" */
/**
 * @typedef {{
 *   start: () => void, move: (time: number) => void, end: (time: number) => void,
 *   step: (frames: number, isRepeat: boolean) => void, jump: (time: number) => void,
 * }} Gestures what is called when the user drags, and when a key or a mark moves the time
 */

/** @type {Record<string, number>} */
const ARROWS = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1 };
/** @type {Record<string, number>} */
const PAGES = { PageUp: 10, PageDown: -10 };

/**
 * The control itself: tiles over the whole length, a playhead, marks, and the keys.
 * @param {Model<Traits>} model
 * @param {AbortSignal} signal
 * @param {Gestures} gestures
 */
export function filmstrip(model, signal, gestures) {
  const canvas = h("canvas", { class: "thumbnb-film-canvas", "aria-hidden": "true" });
  const head = h("div", { class: "thumbnb-film-head" });
  const track = h(
    "div",
    {
      class: "thumbnb-film-track",
      role: "slider",
      tabindex: 0,
      "aria-label": "Time in the video",
      "aria-orientation": "horizontal",
    },
    canvas,
    head,
  );
  const hoverTile = hoverPreview();
  const lane = h("div", { class: "thumbnb-film-marks", role: "group", "aria-label": "Marks" });
  const start = h("span", {}, clockTime(0, 0));
  const end = h("span", {});
  const ends = h(
    "div",
    { class: "thumbnb-film-ends thumbnb-quiet", "aria-hidden": "true" },
    start,
    end,
  );
  const el = h("div", { class: "thumbnb-film" }, lane, track, hoverTile.el, ends);
  /** @type {Storyboard | null} */
  let storyboard = null;
  let time = 0;
  let width = 0;
  /** @type {number | null} */
  let pointer = null;

  const length = () => model.get("length") || 0;

  /** @param {number} value */
  function place(value) {
    time = value;
    const share = length() ? Math.min(1, time / length()) : 0;
    head.style.transform = `translateX(${share * width}px)`;
    track.setAttribute("aria-valuenow", time.toFixed(3));
    track.setAttribute("aria-valuetext", clockTime(time, 2));
  }

  function draw() {
    const scale = window.devicePixelRatio || 1;
    width = track.clientWidth;
    canvas.width = Math.round(width * scale);
    canvas.height = Math.round(track.clientHeight * scale);
    const loading = !storyboard && model.get("view") === "loading";
    track.classList.toggle("thumbnb-shimmer", loading);
    track.setAttribute("aria-busy", String(loading));
    place(time);
    const context = canvas.getContext("2d", { alpha: false });
    if (!storyboard || !canvas.width || !context) return;
    const tile = (canvas.height * storyboard.width) / storyboard.height;
    const count = Math.max(1, Math.round(canvas.width / tile));
    const step = canvas.width / count;
    for (let i = 0; i < count; i += 1) {
      const index = storyboard.at(((i + 0.5) / count) * length());
      const box = { x: i * step, width: Math.ceil(step), height: canvas.height };
      drawTile(context, storyboard, index, box);
    }
  }

  observe(
    model,
    ["length"],
    () => {
      track.setAttribute("aria-valuemin", "0");
      track.setAttribute("aria-valuemax", String(length()));
      end.textContent = length() ? clockTime(length(), 0) : "";
      draw();
    },
    signal,
  );
  observe(model, ["view"], draw, signal);
  observe(
    model,
    ["marks", "length"],
    () => lane.replaceChildren(...markButtons(model, gestures.jump)),
    signal,
  );
  const sizes = new ResizeObserver(() => {
    if (track.clientWidth !== width) draw();
  });
  sizes.observe(track);
  signal.addEventListener("abort", () => sizes.disconnect());

  // Milliseconds are finer than any pointer, and short in a notebook.
  /** @param {PointerEvent} event */
  const timeAt = (event) => {
    const box = track.getBoundingClientRect();
    const share = Math.min(1, Math.max(0, (event.clientX - box.left) / box.width));
    return Math.round(share * length() * 1000) / 1000;
  };
  track.addEventListener(
    "pointerdown",
    (event) => {
      if (event.button !== 0 || !length()) return;
      pointer = event.pointerId;
      track.setPointerCapture(pointer);
      track.focus({ preventScroll: true });
      hoverTile.hide();
      gestures.start();
      gestures.move(timeAt(event));
    },
    { signal },
  );
  track.addEventListener(
    "pointermove",
    (event) => {
      if (event.pointerId === pointer) gestures.move(timeAt(event));
      else if (pointer === null && storyboard) {
        hoverTile.show(storyboard, timeAt(event), length(), width);
      }
    },
    { signal },
  );
  /** @param {PointerEvent} event */
  const release = (event) => {
    if (event.pointerId !== pointer) return;
    pointer = null;
    gestures.end(event.type === "pointerup" ? timeAt(event) : time);
  };
  track.addEventListener("pointerup", release, { signal });
  track.addEventListener("pointercancel", release, { signal });
  track.addEventListener("pointerleave", hoverTile.hide, { signal });
  track.addEventListener(
    "keydown",
    (event) => {
      if (event.altKey || event.ctrlKey || event.metaKey || !length()) return;
      const arrow = ARROWS[event.key] ?? 0;
      const page = PAGES[event.key] ?? 0;
      if (arrow && !event.shiftKey) gestures.step(arrow, event.repeat);
      else if (arrow || page) gestures.jump(time + (page || arrow));
      else if (event.key === "Home") gestures.jump(0);
      else if (event.key === "End") gestures.jump(length());
      else return;
      event.preventDefault();
    },
    { signal },
  );

  return {
    el,
    place,
    /** @param {Storyboard | null} other */
    use(other) {
      storyboard = other;
      hoverTile.hide();
      draw();
    },
  };
}

/** The small image above the pointer while nothing is dragged. */
function hoverPreview() {
  const canvas = h("canvas", { width: 320, height: 180 });
  const text = h("span", {});
  const props = { class: "thumbnb-film-hover", hidden: true, "aria-hidden": "true" };
  const el = h("div", props, canvas, text);
  return {
    el,
    hide() {
      el.hidden = true;
    },
    /**
     * @param {Storyboard} storyboard
     * @param {number} time
     * @param {number} length seconds of the video
     * @param {number} width pixels of the strip
     */
    show(storyboard, time, length, width) {
      const context = canvas.getContext("2d");
      if (!context) return;
      el.hidden = false;
      const height = Math.round((canvas.width * storyboard.height) / storyboard.width);
      if (canvas.height !== height) canvas.height = height;
      drawTile(context, storyboard, storyboard.at(time), { width: canvas.width, height });
      text.textContent = clockTime(time);
      const half = el.offsetWidth / 2;
      const x = Math.min(width - half, Math.max(half, (time / length) * width));
      el.style.transform = `translate(${x - half}px, 0)`;
    },
  };
}

/**
 * Buttons for the marks; one stop for the tab key, arrows go from one to the next.
 * @param {Model<Traits>} model
 * @param {(time: number) => void} jump
 */
function markButtons(model, jump) {
  const length = model.get("length");
  const marks = [...model.get("marks")].sort((a, b) => a.time - b.time);
  const buttons = marks.map((mark) => {
    const kind = mark.kind === "shot" ? "Shot change" : "Suggested frame";
    const words = `${kind} at ${clockTime(mark.time)}${mark.label ? `: ${mark.label}` : ""}`;
    const button = h("button", {
      class: "thumbnb-mark",
      "data-kind": mark.kind,
      title: words,
      "aria-label": words,
      tabindex: -1,
      onclick: () => jump(mark.time),
    });
    button.style.left = `${length ? (100 * mark.time) / length : 0}%`;
    return button;
  });
  buttons.forEach((button, index) => {
    button.addEventListener("keydown", (event) => {
      const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
      const next = buttons[index + step];
      if (!step || !next) return;
      event.preventDefault();
      button.tabIndex = -1;
      next.tabIndex = 0;
      next.focus();
    });
  });
  if (buttons.length) buttons[0].tabIndex = 0;
  return buttons;
}
