/** How many there are, and what is chosen of them. */
function countWords(model) {
  const cells = model.get("cells");
  const said = (count, word) => count > 0 && `${count} ${word}`;
  const state = (name) => cells.filter((cell) => cell.state === name).length;
  return [
    cells.length === 1 ? "1 picture" : `${cells.length} pictures`,
    said(state("waiting"), "being made"),
    said(state("failed"), "failed"),
    said(model.get("selected").length, "selected"),
    said(model.get("starred").length, "starred"),
  ].filter(Boolean).join(" \u00b7 ");
}

function toolbar({ model, signal }) {
  const title = h("strong", { class: "thumbnb-grid-title" });
  const count = h("span", { class: "thumbnb-quiet", role: "status" });
  follow(model, ["title"], () => {
    title.textContent = model.get("title");
    title.hidden = !model.get("title");
  }, signal);
  follow(model, ["cells", "selected", "starred"], () => {
    const words = countWords(model);
    if (count.textContent !== words) count.textContent = words;
  }, signal);
  return h("div", { class: "thumbnb-grid-bar" }, title, count);
}

export default {
  render({ model, el, signal }) {
    el.classList.add("thumbnb", "thumbnb-grid");
    const copies = copiesOf(model, signal);
    const list = cellList({ model, signal, copies, open: () => {} });
    follow(model, ["title"], () => {
      list.setAttribute("aria-label", model.get("title") || "Pictures");
    }, signal);
    el.append(toolbar({ model, signal }), list, errorArea(model, signal));
  },
};
