export default {
  render({ model, el, signal }) {
    el.classList.add("thumbnb", "thumbnb-press");
    const off = () => model.get("disabled") || button.hasAttribute("data-busy");
    const press = async () => {
      if (off()) return;
      button.setAttribute("data-busy", "");
      try {
        // What was done before it must be known before it.
        await ask(model, "press", { after: toldLately() }, { signal });
      } catch (error) {
        model.set("error", error.message);
      }
      button.removeAttribute("data-busy");
    };
    const button = h("button", { class: "thumbnb-button", onclick: press });
    follow(model, ["description", "tooltip", "disabled", "primary"], () => {
      button.textContent = model.get("description");
      button.title = model.get("tooltip");
      // A button that is disabled while it has the focus would lose it.
      button.setAttribute("aria-disabled", String(model.get("disabled")));
      button.classList.toggle("thumbnb-primary", model.get("primary"));
    }, signal);
    el.append(button, errorArea(model, signal));
  },
};
