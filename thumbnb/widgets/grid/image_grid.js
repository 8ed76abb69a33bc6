/** A controller that ends with the signal, if not before. */
function childOf(signal) {
  const end = new AbortController();
  signal.addEventListener("abort", () => end.abort(), { signal: end.signal });
  return end;
}

/** Buttons of which one is pressed. */
function segments(label, names, chosen, signal, first = names[0]) {
  const buttons = names.map((name) => h("button", { class: "thumbnb-segment", "aria-pressed": String(name === first) }, name));
  const group = h("div", { class: "thumbnb-segments", role: "group", "aria-label": label }, ...buttons);
  group.press = (name) => buttons.forEach((each, at) => each.setAttribute("aria-pressed", String(names[at] === name)));
  buttons.forEach((button, at) => button.addEventListener("click", () => {
    group.press(names[at]);
    chosen(names[at]);
  }, { signal }));
  return group;
}

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

/** Save files: one as it was made, several in a zip; fail(words) is called where that fails. */
function downloader(model, signal) {
  return async (ids, fail) => {
    try {
      const { answer, buffers: [bytes] } = await ask(model, "download", { ids }, { signal });
      const link = h("a", { href: blobUrl(bytes, answer.type), download: answer.name });
      link.click();
      // The browser reads it after the click.
      setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
    } catch (error) {
      fail(error.message);
    }
  };
}

function toolbar({ model, signal, download, fail }) {
  const title = h("strong", { class: "thumbnb-grid-title" });
  const count = h("span", { class: "thumbnb-quiet", role: "status" });
  const views = { Grid: "grid", Compare: "compare", Feed: "feed" };
  const switches = segments("View", Object.keys(views), (name) => tell(model, { view: views[name] }), signal);
  const save = h("button", { class: "thumbnb-button" });
  save.addEventListener("click", async () => {
    const cells = model.get("cells");
    const chosen = model.get("selected").map((index) => cells[index]).filter((cell) => cell && !cell.state);
    save.disabled = true;
    await download((chosen.length ? chosen : cells.filter((cell) => !cell.state)).map((cell) => cell.id), fail);
    save.disabled = false;
    save.focus();
  }, { signal });
  follow(model, ["title"], () => {
    title.textContent = model.get("title");
    title.hidden = !model.get("title");
  }, signal);
  follow(model, ["cells", "selected", "starred"], () => {
    const words = countWords(model);
    if (count.textContent !== words) count.textContent = words;
    const chosen = model.get("selected").length;
    save.textContent = chosen ? `Download ${chosen}` : "Download all";
    save.hidden = !model.get("cells").some((cell) => !cell.state);
  }, signal);
  follow(model, ["view"], () => {
    switches.press(Object.keys(views).find((name) => views[name] === model.get("view")));
  }, signal);
  return h("div", { class: "thumbnb-grid-bar" }, title, count, h("span", { class: "thumbnb-grow" }), switches, save);
}

export default {
  render({ model, el, signal }) {
    el.classList.add("thumbnb", "thumbnb-grid");
    const copies = copiesOf(model, signal);
    const download = downloader(model, signal);
    const fail = (words) => tell(model, { error: words });
    const zoom = zoomDialog({ model, signal, copies, closed: (index) => list.go(index), download, fail });
    const list = cellList({ model, signal, copies, open: zoom.open });
    const empty = h("p", { class: "thumbnb-quiet thumbnb-grid-empty" }, "No pictures yet.");
    const other = h("div", {});
    follow(model, ["title"], () => list.setAttribute("aria-label", model.get("title") || "Pictures"), signal);
    follow(model, ["cells"], () => (empty.hidden = model.get("cells").length > 0), signal);
    el.append(toolbar({ model, signal, download, fail }), empty, list, other, errorArea(model, signal), zoom.element);

    // The list stays while another view is seen; that one is made anew each time.
    let end = null;
    follow(model, ["view"], () => {
      end?.abort();
      end = childOf(signal);
      const view = { compare: compareView, feed: feedView }[model.get("view")];
      list.hidden = Boolean(view);
      other.replaceChildren(...(view ? [view({ model, copies, el }, end.signal)] : []));
    }, signal);
  },
};
