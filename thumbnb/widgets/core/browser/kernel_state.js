/** @import { Model } from "./types.js" */

// How long the kernel may take to say what it knows; one that runs a cell takes longer.
const ANSWER_MS = 3_000;

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
  const asked = kernel
    .requestCommInfo({ target_name: "jupyter.widget" })
    .then((/** @type {any} */ reply) => {
      const comms = reply?.content?.comms;
      return comms ? layout.model_id in comms : undefined;
    })
    .catch(() => undefined);
  const timeout = new Promise((done) => {
    setTimeout(done, ANSWER_MS);
  });
  return Promise.race([asked, timeout]);
}
