// Zoom and pan, of one image or of several kept alike.

import { h, targetOf } from "../../core/browser/dom.js";

/** @typedef {ReturnType<typeof zoomPan>} ZoomPan */

const MAX_ZOOM = 8;
const STEP = 1.25;
/** @type {Record<string, [number, number]>} */
const PANS = { ArrowLeft: [60, 0], ArrowRight: [-60, 0], ArrowUp: [0, 60], ArrowDown: [0, -60] };

/**
 * Wheel and pinch zoom at the pointer, dragging pans, a double click goes in and out.
 * `surfaces` take the gestures and have one size; draw(transform, scale) shows them.
 * With `needsKey`, the wheel zooms only with Ctrl or Cmd, so that the page still scrolls.
 * @param {HTMLElement[]} surfaces
 * @param {{
 *   signal: AbortSignal, draw: (transform: string, scale: number) => void, needsKey?: boolean,
 * }} options
 */
export function zoomPan(surfaces, { signal, draw, needsKey = false }) {
  let scale = 1;
  let x = 0;
  let y = 0;
  /** @type {Map<number, PointerEvent>} */
  const pointers = new Map();
  let presses = [-Infinity, -Infinity]; // when the last two were
  /**
   * @param {number} next
   * @param {number} toX
   * @param {number} toY
   */
  const place = (next, toX, toY) => {
    const { clientWidth, clientHeight } = surfaces[0];
    scale = Math.min(MAX_ZOOM, Math.max(1, next));
    /**
     * @param {number} value
     * @param {number} size
     */
    const within = (value, size) => {
      const limit = ((scale - 1) * size) / 2;
      return Math.max(-1, Math.min(1, value / (limit || 1))) * limit;
    };
    x = within(toX, clientWidth);
    y = within(toY, clientHeight);
    draw(`translate(${x}px, ${y}px) scale(${scale})`, scale);
  };
  /**
   * @param {number} factor
   * @param {number} px with py: a point from the middle of the surface, which stays where it is
   * @param {number} py
   */
  const zoom = (factor, px = 0, py = 0) => {
    const next = Math.min(MAX_ZOOM, Math.max(1, scale * factor));
    place(next, px - (px - x) * (next / scale), py - (py - y) * (next / scale));
  };
  /**
   * @param {HTMLElement} surface
   * @param {{ clientX: number, clientY: number }} point
   * @returns {[number, number]}
   */
  const fromMiddle = (surface, { clientX, clientY }) => {
    const box = surface.getBoundingClientRect();
    return [clientX - box.left - box.width / 2, clientY - box.top - box.height / 2];
  };
  /** The point between two fingers, and how far apart they are. */
  const fingers = () => {
    const [a, b] = [...pointers.values()];
    return {
      clientX: (a.clientX + b.clientX) / 2,
      clientY: (a.clientY + b.clientY) / 2,
      distance: Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY) || 1,
    };
  };
  for (const surface of surfaces) {
    surface.addEventListener(
      "wheel",
      (event) => {
        if (needsKey && !event.ctrlKey && !event.metaKey) return;
        event.preventDefault();
        const speed = event.deltaMode ? 0.05 : event.ctrlKey ? 0.01 : 0.002;
        zoom(Math.exp(-event.deltaY * speed), ...fromMiddle(surface, event));
      },
      { signal, passive: false },
    );
    surface.addEventListener(
      "dblclick",
      (event) => {
        if (event.timeStamp - presses[0] > 1000) return; // the first of the clicks was what opened it
        if (scale > 1) place(1, 0, 0);
        else zoom(2.5, ...fromMiddle(surface, event));
      },
      { signal },
    );
    surface.addEventListener(
      "pointerdown",
      (event) => {
        presses = [presses[1], event.timeStamp];
        if (event.button || targetOf(event).closest("button")) return;
        pointers.set(event.pointerId, event);
        if (scale > 1 || pointers.size > 1) surface.setPointerCapture(event.pointerId);
      },
      { signal },
    );
    surface.addEventListener(
      "pointermove",
      (event) => {
        const last = pointers.get(event.pointerId);
        if (!last) return;
        if (pointers.size === 2) {
          const before = fingers();
          pointers.set(event.pointerId, event);
          const after = fingers();
          zoom(after.distance / before.distance, ...fromMiddle(surface, before));
          pan(after.clientX - before.clientX, after.clientY - before.clientY);
        } else {
          pointers.set(event.pointerId, event);
          pan(event.clientX - last.clientX, event.clientY - last.clientY);
        }
      },
      { signal },
    );
    /** @param {PointerEvent} event */
    const release = (event) => {
      pointers.delete(event.pointerId);
    };
    surface.addEventListener("pointerup", release, { signal });
    surface.addEventListener("pointercancel", release, { signal });
    surface.addEventListener("lostpointercapture", release, { signal });
  }
  /**
   * @param {number} byX
   * @param {number} byY
   */
  function pan(byX, byY) {
    if (scale > 1) place(scale, x + byX, y + byY);
  }
  return {
    zoom,
    reset: () => place(1, 0, 0),
    scale: () => scale,
    /**
     * Whether the key was one of zooming, or (with shift) of panning; then it is done.
     * @param {KeyboardEvent} event
     */
    handleKey(event) {
      if (event.ctrlKey || event.metaKey || event.altKey) return false;
      if (event.shiftKey && event.key in PANS) {
        const [byX, byY] = PANS[event.key];
        place(scale, x + byX, y + byY);
      } else if (event.key === "+" || event.key === "=") zoom(STEP);
      else if (event.key === "-") zoom(1 / STEP);
      else if (event.key === "0") place(1, 0, 0);
      else return false;
      return true;
    },
  };
}

/**
 * The buttons of a zoom, and how far it is in.
 * @param {() => ZoomPan} zoomPanOf
 */
export function zoomButtons(zoomPanOf) {
  const level = h("span", { class: "thumbnb-zoom-level", role: "status" }, "100 %");
  /**
   * @param {string} label
   * @param {string} sign
   * @param {number} factor
   */
  const button = (label, sign, factor) =>
    h(
      "button",
      {
        class: "thumbnb-icon",
        "aria-label": label,
        title: `${label} (${sign})`,
        onclick: () => zoomPanOf().zoom(factor),
      },
      sign,
    );
  return {
    /** @param {number} scale */
    show(scale) {
      level.textContent = `${Math.round(scale * 100)} %`;
    },
    elements: [button("Zoom out", "\u2212", 1 / STEP), level, button("Zoom in", "+", STEP)],
  };
}
