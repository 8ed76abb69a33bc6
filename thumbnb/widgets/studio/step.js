export default {
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
    const head = h(
      "div",
      { class: "thumbnb-step" },
      h("div", { class: "thumbnb-step-name", role: "heading", "aria-level": "3" }, badge, title),
      summary,
      toggle,
    );
    el.classList.add("thumbnb");
    el.append(head, block);

    toggle.addEventListener("click", () => tell(model, { unfolded: !model.get("unfolded") }), { signal });
    copy.addEventListener("click", async () => {
      const done = await copyText(model.get("code"), text);
      copy.textContent = done ? "Copied" : "Press Ctrl+C";
      copied.textContent = done ? "The code is in the clipboard." : "The code is selected.";
    }, { signal });

    follow(model, ["number", "title", "state"], () => {
      const done = model.get("state") === "done";
      badge.textContent = done ? "\u2713" : String(model.get("number"));
      title.textContent = model.get("title");
      head.dataset.state = model.get("state");
      block.setAttribute("aria-label", `Code: ${model.get("title")}`);
    }, signal);
    follow(model, ["summary"], () => {
      summary.textContent = model.get("summary");
    }, signal);
    follow(model, ["code", "offers", "unfolded"], () => {
      const open = model.get("unfolded") && model.get("offers");
      text.textContent = model.get("code");
      copy.textContent = "Copy";
      block.hidden = !open;
      toggle.hidden = !model.get("offers");
      toggle.textContent = open ? "Hide code" : "Show code";
      toggle.setAttribute("aria-expanded", String(open));
    }, signal);
  },
};

/** Put text into the clipboard; where the page may not, select it and say so. */
async function copyText(text, shown) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const range = document.createRange();
    range.selectNodeContents(shown);
    const selection = getSelection();
    selection.removeAllRanges();
    selection.addRange(range);
    return false;
  }
}
