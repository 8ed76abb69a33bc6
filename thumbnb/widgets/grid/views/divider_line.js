import { h } from "../../core/browser/dom.js";

/**
 * The line between two images, one over the other: how much of the upper one is seen.
 * @param {HTMLElement} stage
 * @param {HTMLElement} upper
 * @param {AbortSignal} signal
 */
export function dividerLine(stage, upper, signal) {
  const el = h(
    "div",
    {
      class: "thumbnb-compare-line",
      role: "slider",
      tabindex: "0",
      "aria-label": "Divider: how much of image A is seen",
      "aria-valuemin": "0",
      "aria-valuemax": "100",
    },
    h("span", { "aria-hidden": "true" }, "\u2039\u203a"),
  );
  let at = 50;
  /** @param {number} percent */
  const place = (percent) => {
    at = Math.min(100, Math.max(0, percent));
    el.style.left = `${at}%`;
    upper.style.clipPath = `inset(0 ${100 - at}% 0 0)`;
    el.setAttribute("aria-valuenow", String(Math.round(at)));
    el.setAttribute("aria-valuetext", `${Math.round(at)} % A`);
  };
  el.addEventListener(
    "keydown",
    (event) => {
      if (event.shiftKey || event.ctrlKey || event.metaKey || event.altKey) return;
      const to = new Map([
        ["ArrowLeft", at - 1],
        ["ArrowDown", at - 1],
        ["ArrowRight", at + 1],
        ["ArrowUp", at + 1],
        ["PageDown", at - 10],
        ["PageUp", at + 10],
        ["Home", 0],
        ["End", 100],
      ]).get(event.key);
      if (to === undefined) return;
      event.preventDefault();
      place(to);
    },
    { signal },
  );
  /** @param {PointerEvent} event */
  const moveTo = (event) => {
    const box = stage.getBoundingClientRect();
    place(((event.clientX - box.left) / box.width) * 100);
  };
  el.addEventListener(
    "pointerdown",
    (event) => {
      event.stopPropagation();
      el.setPointerCapture(event.pointerId);
    },
    { signal },
  );
  el.addEventListener(
    "pointermove",
    (event) => {
      if (el.hasPointerCapture(event.pointerId)) moveTo(event);
    },
    { signal },
  );
  place(50);
  return { el, moveTo };
}
