import { childViews } from "./child_views.js";

/** @import { View } from "../core/browser/types.js" */
/** @import { ContainerTraits } from "./child_views.js" */

export default {
  /** @param {View<ContainerTraits>} view */
  render(view) {
    view.el.classList.add("thumbnb", ...view.model.get("css_class").split(" "));
    childViews(view, view.el);
  },
};
