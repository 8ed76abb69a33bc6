/** @import { View } from "./types.js" */

// ipywidgets' own models and views, as far as they are used here; they have no public types.
/** @typedef {any} BackboneModel */
/** @typedef {any} BackboneView */

const page = /** @type {{ thumbnbReleasing?: Set<BackboneModel> }} */ (globalThis);
page.thumbnbReleasing ??= new Set(); // for all copies of this file
const releasing = page.thumbnbReleasing;

/**
 * The views of a model; one that could not be made is none.
 * @param {BackboneModel} model
 * @returns {Promise<BackboneView[]>}
 */
async function viewsOf(model) {
  const made = await Promise.allSettled(Object.values(model?.views ?? {}));
  return made.flatMap((each) => (each.status === "fulfilled" && each.value ? [each.value] : []));
}

/**
 * Release views that have ended.
 *
 * ipywidgets leaves two things behind where a model stays and its view goes, as those of a cell
 * that is run again do: the views of its layout and its style, with forty listeners each, and
 * a listener of the view itself (WidgetView, "msg:custom"), which keeps all its elements.
 * So when one of our views ends, these are taken off everything that stood with it.
 * @param {View} view
 */
export function releaseViews({ model, el, signal }) {
  const release = async () => {
    let view = await viewOf(model, el);
    while (view?.options?.parent) view = view.options.parent;
    const root = view?.model;
    if (!root || releasing.has(root)) return; // another notebook may do it in its own way
    releasing.add(root);
    // Once for all views that end together, and after the last of them.
    setTimeout(() => {
      releasing.delete(root);
      for (const each of modelsOf(root)) releaseModel(each);
    });
  };
  if (signal.aborted) release();
  else signal.addEventListener("abort", release, { once: true });
}

/**
 * The view an element is of: anywidget gives no way to it, its layout's view has one.
 * @param {BackboneModel} model
 * @param {HTMLElement} el
 * @returns {Promise<BackboneView>}
 */
async function viewOf(model, el) {
  const views = await viewsOf(model.get("layout"));
  return views.map((view) => view.options?.parent).find((view) => view?.el === el);
}

/**
 * A model, and all that are in its traits.
 * @param {BackboneModel} model
 * @param {Set<BackboneModel>} seen
 * @returns {Generator<BackboneModel>}
 */
function* modelsOf(model, seen = new Set()) {
  if (!model?.views || seen.has(model)) return;
  seen.add(model);
  yield model;
  for (const value of Object.values(model.attributes).flat()) yield* modelsOf(value, seen);
}

/** @param {BackboneModel} model */
async function releaseModel(model) {
  for (const view of await viewsOf(model)) {
    const parent = view.options?.parent;
    if (parent && !(await viewsOf(parent.model)).includes(parent)) view.remove();
  }
  const listeners = model._events?.["msg:custom"] ?? [];
  for (const { callback } of [...listeners]) {
    if (callback.name === "bound handle_message") model.off("msg:custom", callback);
  }
  // Those that are still to be seen go on listening, as long as they are.
  for (const view of await viewsOf(model)) {
    view.stopListening(model, "msg:custom", view.handle_message);
    view.listenTo(model, "msg:custom", view.handle_message);
  }
}
