// Which cells of a scrolled view are near what is seen: their images are asked for.

import { throttle } from "../core/browser/throttle.js";

/** @typedef {{ el: HTMLElement, seenAt: number }} NearCell */

// A cell that is seen for less, while the view scrolls, is not asked for: its image would be
// made before those where the scrolling ends.
const PASSING_MS = 80;

/**
 * Calls show(cell) for the cells near what is seen, soon after they come near or after
 * showSoon(); those that only pass by are left out.
 * @template {NearCell} Near
 * @param {HTMLElement} scroller
 * @param {(cell: Near) => void} show
 * @param {AbortSignal} signal
 */
export function nearCells(scroller, show, signal) {
  /** @type {WeakMap<Element, Near>} */
  const byElement = new WeakMap();
  /** @type {Set<Near>} */
  const near = new Set();
  let scrolledAt = -Infinity;
  const showSoon = throttle(() => {
    const now = performance.now();
    /** @param {Near} cell */
    const isPassing = (cell) => now - scrolledAt < PASSING_MS && now - cell.seenAt < PASSING_MS;
    const cells = [...near];
    for (const cell of cells) if (!isPassing(cell)) show(cell);
    if (cells.some(isPassing)) showSoon();
  }, PASSING_MS);
  scroller.addEventListener(
    "scroll",
    () => {
      scrolledAt = performance.now();
    },
    { signal },
  );
  /** @type {IntersectionObserverInit & { scrollMargin: string }} */
  const margins = { rootMargin: "300px", scrollMargin: "300px" };
  const sight = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) {
      const cell = byElement.get(target);
      if (!cell) continue;
      if (!isIntersecting) near.delete(cell);
      else if (!near.has(cell)) {
        near.add(cell);
        cell.seenAt = performance.now();
      }
    }
    showSoon();
  }, margins);
  signal.addEventListener(
    "abort",
    () => {
      sight.disconnect();
      near.clear();
    },
    { once: true },
  );
  return {
    showSoon,
    /** @param {Near} cell */
    observe(cell) {
      byElement.set(cell.el, cell);
      sight.observe(cell.el);
    },
    /** @param {Near} cell */
    unobserve(cell) {
      sight.unobserve(cell.el);
      near.delete(cell);
    },
  };
}
