/**
 * Call fn at most every ms milliseconds, the last call never lost. flush() calls it now,
 * pause() not before ms from now.
 * @template {unknown[]} Given
 * @param {(...given: Given) => void} fn
 * @param {number} ms
 */
export function throttle(fn, ms) {
  let timer = 0;
  /** @type {Given | null} */
  let waiting = null;
  let last = -Infinity;
  const flush = () => {
    clearTimeout(timer);
    timer = 0;
    if (!waiting) return;
    const given = waiting;
    waiting = null;
    last = performance.now();
    fn(...given);
  };
  const pause = () => {
    last = performance.now();
    clearTimeout(timer);
    timer = waiting ? setTimeout(flush, ms) : 0;
  };
  /** @param {Given} given */
  const call = (...given) => {
    waiting = given;
    if (!timer) timer = setTimeout(flush, Math.max(0, last + ms - performance.now()));
  };
  return Object.assign(call, { flush, pause });
}
