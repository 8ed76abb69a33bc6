// Controls of ipywidgets know nothing of the notebook's keys: with the focus on a button,
// "b" would insert a cell. Whatever comes into the panel is told to keep its keys.

/** @import { View } from "../core/browser/types.js" */

export default {
  /** @param {View} view */
  render({ el, signal }) {
    el.classList.add("thumbnb");
    el.hidden = true;
    const mark = () => {
      const panel = el.closest(".thumbnb-panel");
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
      watcher.observe(panel, { childList: true, subtree: true });
      panel.addEventListener("keydown", (event) => event.stopPropagation(), { signal });
      signal.addEventListener("abort", () => watcher.disconnect());
    });
  },
};
