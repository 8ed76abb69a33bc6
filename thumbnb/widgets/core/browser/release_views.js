const partingRoots = (globalThis.thumbnbParting ??= new Set()); // for all copies of this file

/** The views of a model; one that could not be made is none. */
async function viewsOf(model) {
  const made = await Promise.allSettled(Object.values(model?.views ?? {}));
  return made.map(({ value }) => value).filter(Boolean);
}

/**
 * Let go of views that have ended.
 *
 * ipywidgets leaves two things behind where a model stays and its view goes, as those of a cell
 * that is run again do: the views of its layout and its style, with forty listeners each, and
 * a listener of the view itself (WidgetView, "msg:custom"), which keeps all its elements.
 * So when one of our views ends, these are taken off everything that stood with it.
 */
export function parting({ model, el, signal }) {
  const part = async () => {
    let view = await viewOf(model, el);
    while (view?.options?.parent) view = view.options.parent;
    const root = view?.model;
    if (!root || partingRoots.has(root)) return; // another notebook may do it in its own way
    partingRoots.add(root);
    // Once for all views that end together, and after the last of them.
    setTimeout(() => {
      partingRoots.delete(root);
      for (const each of modelsOf(root)) letGo(each);
    });
  };
  if (signal.aborted) part();
  else signal.addEventListener("abort", part, { once: true });
}

/** The view an element is of: anywidget gives no way to it, its layout's view has one. */
async function viewOf(model, el) {
  const views = await viewsOf(model.get("layout"));
  return views.map((view) => view.options?.parent).find((view) => view?.el === el);
}

function* modelsOf(model, seen = new Set()) {
  if (!model?.views || seen.has(model)) return;
  seen.add(model);
  yield model;
  for (const value of Object.values(model.attributes).flat()) yield* modelsOf(value, seen);
}

async function letGo(model) {
  for (const view of await viewsOf(model)) {
    const parent = view.options?.parent;
    if (parent && !(await viewsOf(parent.model)).includes(parent)) view.remove();
  }
  const heard = model._events?.["msg:custom"] ?? [];
  const kept = heard.filter(({ callback }) => callback.name === "bound handle_message");
  for (const { callback } of kept) model.off("msg:custom", callback);
  // Those that are still to be seen go on listening, as long as they are.
  for (const view of await viewsOf(model)) {
    view.stopListening(model, "msg:custom", view.handle_message);
    view.listenTo(model, "msg:custom", view.handle_message);
  }
}
