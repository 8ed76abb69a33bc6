import { copyText } from "../core/browser/clipboard.js";
import { h } from "../core/browser/dom.js";
import { setTraits } from "../core/browser/message_order.js";
import { observe } from "../core/browser/model.js";

/** @import { View, WidgetTraits } from "../core/browser/types.js" */
/**
 * @typedef {WidgetTraits & {
 *   number: number, title: string, summary: string, state: "waiting" | "ready" | "done",
 *   has_code: boolean, expanded: boolean, code: string,
 * }} Traits
 */

export default {
  /** @param {View<Traits>} view */
  render({ model, el, signal }) {
    const badge = h("span", { class: "thumbnb-step-badge", "aria-hidden": "true" });
    const title = h("span", { class: "thumbnb-step-title" });
    const summary = h("span", { class: "thumbnb-step-summary" });
    const toggle = h("button", { class: "thumbnb-button thumbnb-step-toggle" });
    const text = h("code", {});
    const copied = h("span", { class: "thumbnb-unseen", role: "status" });
    const copy = h("button", { class: "thumbnb-button thumbnb-step-copy" }, "Copy");
    const block = h(
      "div",
      { class: "thumbnb-step-code", role: "region", hidden: true },
      h("pre", { tabindex: "0" }, text),
      copy,
      copied,
    );
    const name = h(
      "div",
      { class: "thumbnb-step-name", role: "heading", "aria-level": "3" },
      badge,
      title,
    );
    const head = h("div", { class: "thumbnb-step" }, name, summary, toggle);
    el.classList.add("thumbnb");
    el.append(head, block);

    const flip = () => setTraits(model, { expanded: !model.get("expanded") });
    toggle.addEventListener("click", flip, { signal });
    copy.addEventListener(
      "click",
      async () => {
        const done = await copyText(model.get("code"), text);
        copy.textContent = done ? "Copied" : "Press Ctrl+C";
        copied.textContent = done ? "The code is in the clipboard." : "The code is selected.";
      },
      { signal },
    );

    observe(
      model,
      ["number", "title", "state"],
      () => {
        const done = model.get("state") === "done";
        badge.textContent = done ? "\u2713" : String(model.get("number"));
        title.textContent = model.get("title");
        head.dataset.state = model.get("state");
        block.setAttribute("aria-label", `Code: ${model.get("title")}`);
      },
      signal,
    );
    observe(
      model,
      ["summary"],
      () => {
        summary.textContent = model.get("summary");
      },
      signal,
    );
    observe(
      model,
      ["code", "has_code", "expanded"],
      () => {
        const open = model.get("expanded") && model.get("has_code");
        text.textContent = model.get("code");
        copy.textContent = "Copy";
        block.hidden = !open;
        toggle.hidden = !model.get("has_code");
        toggle.textContent = open ? "Hide code" : "Show code";
        toggle.setAttribute("aria-expanded", String(open));
      },
      signal,
    );
  },
};
