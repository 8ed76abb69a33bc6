/**
 * A controller that ends with the signal, if not before.
 * @param {AbortSignal} signal
 */
export function childController(signal) {
  const controller = new AbortController();
  if (signal.aborted) controller.abort();
  signal.addEventListener("abort", () => controller.abort(), { signal: controller.signal });
  return controller;
}
