// The views of a container's children, by anywidget's composition: its `host` gives the widget
// that a reference ("anywidget:<id>") is of, in Jupyter and in marimo.

import { childController } from "../core/browser/child_controller.js";
import { childrenOf, h } from "../core/browser/dom.js";
import { errorArea } from "../core/browser/error_area.js";
import { errorText, observe } from "../core/browser/model.js";

/** @import { View, WidgetTraits } from "../core/browser/types.js" */
/** @typedef {string | { css_class: string, children: Child[] }} Child a reference, or a box */
/** @typedef {WidgetTraits & { children: Child[], css_class: string }} ContainerTraits */
/** @typedef {{ el: HTMLElement, end: AbortController }} ChildView */

const NO_HOST =
  "This notebook shows no widgets within a widget: that takes anywidget 0.11 or marimo 0.23.14, \
or newer. Upgrade, restart, and reload the page.";

/**
 * Show a container's children in an element, then its error, and keep them as the model has
 * them; a child that stays in its place is not touched.
 * @param {View<ContainerTraits>} view
 * @param {HTMLElement} el
 */
export function childViews({ model, signal, host }, el) {
  const error = errorArea(model, signal);
  el.append(error);
  /** @type {Map<string, ChildView>} */
  let views = new Map();

  /** @param {string} reference */
  const add = (reference) => {
    const made = { el: h("div"), end: childController(signal) };
    const ended = made.end.signal;
    const show = async () => {
      if (!host) throw new Error(NO_HOST);
      const widget = await host.getWidget(reference);
      if (!ended.aborted) await widget.render({ el: made.el, signal: ended });
    };
    show().catch((reason) => {
      if (ended.aborted) return;
      made.el.className = "thumbnb-error";
      made.el.textContent = errorText(reason);
    });
    return made;
  };

  const update = () => {
    /** @type {Map<string, ChildView>} */
    const kept = new Map();
    /**
     * @param {Child} child
     * @returns {HTMLElement}
     */
    const elementOf = (child) => {
      if (typeof child !== "string") {
        return h("div", { class: child.css_class }, ...child.children.map(elementOf));
      }
      const view = views.get(child) ?? add(child);
      kept.set(child, view);
      return view.el;
    };
    const elements = model.get("children").map(elementOf);
    for (const each of childrenOf(el)) {
      if (each !== error && !elements.includes(each)) each.remove();
    }
    elements.forEach((each, index) => {
      if (el.children[index] !== each) el.insertBefore(each, el.children[index]);
    });
    for (const [reference, view] of views) if (!kept.has(reference)) view.end.abort();
    views = kept;
  };
  observe(model, ["children"], update, signal);
}
