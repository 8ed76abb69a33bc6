export default {
  render({ model, el, signal }) {
    el.classList.add("thumbnb");
    const input = h("input", {
      class: "thumbnb-field thumbnb-form-text",
      type: "text",
      autocomplete: "off",
      spellcheck: model.get("checked_spelling"),
    });
    const { frame, count } = fieldFrame(model, input, signal);
    bindText(model, input, signal, () => showCount(model, count, model.get("most")));
    follow(model, ["placeholder", "most"], () => {
      input.placeholder = model.get("placeholder");
      showCount(model, count, model.get("most"));
    }, signal);
    el.append(frame);
  },
};
