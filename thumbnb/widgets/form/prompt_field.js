// A text area that knows how pictures are named: @image1 and so on are marked under the
// text, "@" offers them, and a name without a picture is marked as wrong.

const TOKEN = /@image(\d+)\b/g;

/** The prompt in pieces: plain texts, and tokens with whether there is such a picture. */
function pieces(text, pictures) {
  const found = [];
  let end = 0;
  for (const match of text.matchAll(TOKEN)) {
    const number = Number(match[1]);
    found.push({ text: text.slice(end, match.index) });
    found.push({ text: match[0], token: true, known: number >= 1 && number <= pictures });
    end = match.index + match[0].length;
  }
  found.push({ text: text.slice(end) });
  return found;
}

/** What stands before the cursor of a name that is being typed: "@im" or null. */
function begun(area) {
  if (area.selectionStart !== area.selectionEnd) return null;
  const before = area.value.slice(0, area.selectionStart);
  return /(?:^|[^\w@])(@\w*)$/.exec(before)?.[1] ?? null;
}

/** The list that "@" opens. choose(token, begun) is called with what was picked. */
function completion(area, names, choose, signal) {
  const list = h("ul", { class: "thumbnb-offer", role: "listbox", id: newId("offer"), "aria-label": "Pictures", hidden: true });
  let at = 0;
  let shown = [];

  const close = () => {
    list.hidden = true;
    shown = [];
    area.removeAttribute("aria-activedescendant");
  };
  const point = () => {
    [...list.children].forEach((item, index) => item.setAttribute("aria-selected", String(index === at)));
    area.setAttribute("aria-activedescendant", list.children[at].id);
  };
  const open = () => {
    const start = begun(area);
    shown = start ? names().filter((each) => each.token.startsWith(start) && each.token !== start) : [];
    if (!shown.length) return close();
    at = 0;
    list.replaceChildren(...shown.map((each, index) => h(
      "li",
      { role: "option", id: newId("option"), onmousedown: (event) => { event.preventDefault(); pick(index); } },
      h("strong", {}, each.token), each.name ? ` ${each.name}` : "",
    )));
    list.hidden = false;
    point();
  };
  const pick = (index) => {
    const token = shown[index].token;
    const start = begun(area) ?? "";
    close();
    choose(token, start);
  };
  area.setAttribute("aria-autocomplete", "list");
  area.setAttribute("aria-controls", list.id);
  area.addEventListener("input", open, { signal });
  area.addEventListener("blur", close, { signal });
  area.addEventListener("keydown", (event) => {
    if (list.hidden) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) at = (at + step + shown.length) % shown.length;
    else if (event.key === "Enter" || event.key === "Tab") pick(at);
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
    if (!list.hidden) point();
  }, { signal });
  return list;
}

export default {
  render({ model, el, signal }) {
    el.classList.add("thumbnb");
    const area = h("textarea", { class: "thumbnb-field thumbnb-form-text thumbnb-prompt-area", rows: 4 });
    const under = h("div", { class: "thumbnb-prompt-under", "aria-hidden": "true" });
    const { frame, head, count } = fieldFrame(model, area, signal);
    const box = h("div", { class: "thumbnb-prompt-box" }, under, area);
    head.after(box);

    const paint = () => {
      under.replaceChildren(...pieces(area.value, model.get("images").length).map(({ text, token, known }) =>
        token ? h("mark", { class: "thumbnb-token", "data-unknown": !known }, text) : document.createTextNode(text),
      ), "\u200b"); // a last line that is empty has its height too
      showCount(model, count, model.get("most"));
      under.scrollTop = area.scrollTop;
    };
    // A text means its pictures by the numbers they had when it was written.
    let strokes = 0;
    const written = () => ({ written: [model.get("numbering"), (strokes += 1)] });
    bindText(model, area, signal, paint, written);
    follow(model, ["images", "most", "placeholder"], () => {
      area.placeholder = model.get("placeholder");
      paint();
    }, signal);
    area.addEventListener("scroll", () => { under.scrollTop = area.scrollTop; }, { signal });

    // Where the cursor is, Python must know: a picture that is clicked is named there.
    const place = () => {
      const cursor = lengthOf(area.value.slice(0, area.selectionEnd));
      if (cursor !== model.get("cursor")) tell(model, { cursor });
    };
    for (const event of ["keyup", "pointerup", "input", "select", "blur"]) {
      area.addEventListener(event, place, { signal });
    }
    follow(model, ["cursor"], () => {
      if (model.get("cursor") < 0) return;
      const cursor = [...area.value].slice(0, model.get("cursor")).join("").length;
      if (document.activeElement === area && cursor !== area.selectionEnd) area.setSelectionRange(cursor, cursor);
    }, signal);

    const names = () => model.get("images").map((name, index) => ({ token: `@image${index + 1}`, name }));
    const list = completion(area, names, (token, start) => {
      // As if it had been typed, so that it can be undone.
      const end = area.selectionEnd;
      area.setSelectionRange(end - start.length, end);
      const words = token + (/^\s/.test(area.value.slice(end)) ? "" : " ");
      if (!document.execCommand("insertText", false, words)) area.setRangeText(words);
    }, signal);
    box.append(list);

    // A picture of the same form was clicked: it is named here, where the cursor is now.
    const name = (event) => {
      const before = area.value.slice(0, area.selectionEnd);
      const after = area.value.slice(area.selectionEnd);
      const words = `${/\S$/.test(before) ? " " : ""}${event.detail}${/^[^\s,.;:!?]/.test(after) ? " " : ""}`;
      area.setRangeText(words, before.length, before.length, "end");
      area.dispatchEvent(new Event("input"));
      event.preventDefault();
    };
    requestAnimationFrame(() => {
      if (!signal.aborted) el.closest(".thumbnb-panel")?.addEventListener("thumbnb-name", name, { signal });
    });

    el.append(frame);
  },
};
