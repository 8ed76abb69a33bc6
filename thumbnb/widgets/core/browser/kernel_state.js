/** @import { Model } from "./types.js" */

// How long the kernel may take to say what it knows; one that runs a cell takes longer.
const ANSWER_MS = 3_000;

// What is set has no answer: once in so many milliseconds it is asked whether it arrives at all.
const CHECK_EVERY_MS = 10_000;
const CHECK_AFTER_MS = 1_000;
const page = /** @type {{ thumbnbChecked?: number }} */ (globalThis); // for all copies of this file

/**
 * Call fn soon if the kernel does not know a model any more.
 * @param {Model} model
 * @param {() => void} fn
 */
export function checkSoon(model, fn) {
  if (Date.now() - (page.thumbnbChecked ?? 0) < CHECK_EVERY_MS) return;
  page.thumbnbChecked = Date.now();
  setTimeout(async () => {
    if ((await isKnown(model)) === false) fn();
  }, CHECK_AFTER_MS);
}

/**
 * Ask the kernel whether it knows a model. A kernel that was restarted from another page or by
 * the server does not, and the notebook is told nothing of it. Undefined where nobody can say:
 * a cell runs, or the front end has no way to ask.
 * @param {Model} model
 * @returns {Promise<boolean | undefined>}
 */
export async function isKnown(model) {
  // The layout is a model of ipywidgets; what anywidget gives us has no way to the kernel.
  const layout = /** @type {any} */ (model).get("layout");
  const kernel = layout?.widget_manager?.kernel;
  if (!kernel?.requestCommInfo) return undefined;
  const answer = kernel
    .requestCommInfo({ target_name: "jupyter.widget" })
    .then((/** @type {any} */ reply) => {
      const comms = reply?.content?.comms;
      return comms ? layout.model_id in comms : undefined;
    })
    .catch(() => undefined);
  const timeout = new Promise((done) => {
    setTimeout(done, ANSWER_MS);
  });
  return Promise.race([answer, timeout]);
}
