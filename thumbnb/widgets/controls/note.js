export default {
  render({ model, el, signal }) {
    const text = h("span", {});
    const line = h("div", { class: "thumbnb-note" }, text);
    el.classList.add("thumbnb");
    el.append(line);
    follow(model, ["text", "kind"], () => {
      const kind = model.get("kind");
      line.dataset.kind = kind;
      // An empty area that fills is announced; one that appears filled is not.
      line.setAttribute("role", kind === "error" ? "alert" : "status");
      text.textContent = model.get("text");
      el.hidden = !model.get("text");
    }, signal);
  },
};
