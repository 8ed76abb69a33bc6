import { observe } from "./model.js";
import { releaseViews } from "./release_views.js";

/** @import { View } from "./types.js" */

/**
 * What every view gets before its own module renders it: it is released when it ends, and it
 * keeps the keys when anything in it was clicked last. A click on what has no focus of its own,
 * such as an image, focuses the view; else the notebook would have the focus, and "x" or "dd"
 * would delete the cell.
 * @param {View} view
 */
export function prepareView(view) {
  releaseViews(view);
  const show = () => view.el.classList.toggle("thumbnb-away", view.model.get("visible") === false);
  observe(view.model, ["visible"], show, view.signal);
  view.el.tabIndex = -1;
  view.el.setAttribute("data-lm-suppress-shortcuts", "true");
  view.el.addEventListener("keydown", (event) => event.stopPropagation(), { signal: view.signal });
}
