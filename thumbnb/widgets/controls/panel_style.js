// Controls of ipywidgets know nothing of the notebook's keys: with the focus on a button,
// "b" would insert a cell. Whatever comes into the panel is told to keep its keys, and a click
// between the controls focuses the panel, which keeps them too.

/** @import { View } from "../core/browser/types.js" */

export default {
  /** @param {View} view */
  render({ el, signal }) {
    el.classList.add("thumbnb");
    el.hidden = true;
    const mark = () => {
      const panel = /** @type {HTMLElement | null} */ (el.closest(".thumbnb-panel"));
      for (const control of panel?.querySelectorAll("button, select, input, textarea") ?? []) {
        control.setAttribute("data-lm-suppress-shortcuts", "true");
      }
      return panel;
    };
    // A view is put into its place after it is rendered.
    requestAnimationFrame(() => {
      const panel = mark();
      if (!panel || signal.aborted) return;
      const watcher = new MutationObserver(mark);
      panel.tabIndex = -1;
      panel.setAttribute("data-lm-suppress-shortcuts", "true");
      watcher.observe(panel, { childList: true, subtree: true });
      panel.addEventListener("keydown", (event) => event.stopPropagation(), { signal });
      signal.addEventListener("abort", () => watcher.disconnect());
    });
  },
};
