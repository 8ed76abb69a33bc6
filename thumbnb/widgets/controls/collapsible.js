export default {
  render({ model, el, signal }) {
    el.classList.add("thumbnb");
    const label = h("span", { class: "thumbnb-form-label" });
    const summary = h("span", { class: "thumbnb-fold-summary thumbnb-quiet" });
    const sign = h("span", { class: "thumbnb-fold-sign", "aria-hidden": "true" }, "▸");
    const head = h("button", { class: "thumbnb-fold-head", onclick: () => tell(model, { unfolded: !model.get("unfolded") }) }, sign, label, summary);
    el.append(head);
    follow(model, ["label", "summary", "unfolded"], () => {
      label.textContent = model.get("label");
      summary.textContent = model.get("summary");
      head.setAttribute("aria-expanded", String(model.get("unfolded")));
    }, signal);
  },
};
