// One picture over the whole page, with all that is known of it.

function zoomButton(label, keys, text, onclick, more = {}) {
  return h("button", { class: "thumbnb-icon", "aria-label": label, title: `${label} (${keys})`, onclick, ...more }, text);
}

/** Keep Tab inside: after the last control comes the first. */
function keepTab(event, dialog) {
  const controls = [...dialog.querySelectorAll("button, [tabindex='0']")].filter((el) => el.checkVisibility());
  const edge = event.shiftKey ? controls[0] : controls.at(-1);
  if (document.activeElement !== edge) return;
  event.preventDefault();
  controls.at(event.shiftKey ? -1 : 0).focus();
}

/**
 * The dialog. Returns open(index); `closed` is called with the index it was left at (-1 where
 * its picture is gone), `download` with the id of the picture it shows, `fail` with what went
 * wrong once the dialog shows something else.
 */
function zoomDialog({ model, signal, copies, closed, download, fail }) {
  let id = null;
  let controls = null;
  const index = () => model.get("cells").findIndex((cell) => cell.id === id);
  const there = () => model.get("cells").filter((cell) => !cell.state);

  const img = copyImage(copies, signal);
  const place = h("span", { class: "thumbnb-quiet" });
  const caption = h("strong", {});
  const trouble = h("p", { class: "thumbnb-zoom-trouble", role: "alert" });
  const aside = h("aside", { class: "thumbnb-facts", "aria-label": "About this picture", tabindex: "0" });
  const stage = h("div", { class: "thumbnb-zoom-stage", tabindex: "0", role: "group", "aria-label": "Picture" }, img, trouble);
  const sharpen = () => {
    const cell = model.get("cells")[index()];
    if (!cell) return;
    const wanted = pixels(stage.clientWidth * controls.scale());
    // More than the picture has would bring the same once more.
    const most = WIDTHS.find((each) => each >= Math.max(...(cell.size ?? [WIDTHS.at(-1)]))) ?? WIDTHS.at(-1);
    img.show(id, Math.min(wanted, most), (error) => error && (trouble.textContent = error));
  };
  const sharpenSoon = throttled(sharpen, 150);
  const buttons = lensButtons(() => controls);
  controls = lens([stage], { signal, draw: (transform, scale) => {
    img.style.transform = transform;
    stage.toggleAttribute("data-near", scale > 1);
    buttons.show(scale);
    sharpenSoon();
  } });

  const saveFile = () => {
    const saved = id;
    trouble.textContent = "";
    // The grid's own words are behind the dialog.
    download([saved], (words) => dialog.open && saved === id ? (trouble.textContent = words) : fail(words));
  };
  const mark = (trait) => toggle(model, trait, index());
  const star = zoomButton("Star", "s", "\u2605", () => mark("starred"));
  const tick = zoomButton("Select", "space", "\u2713", () => mark("selected"));
  const info = zoomButton("Details", "i", "\u2139", () => showInfo(aside.hidden), { "aria-expanded": "true" });
  const showInfo = (on) => {
    aside.hidden = !on;
    info.setAttribute("aria-expanded", String(on));
  };
  const back = h("button", { class: "thumbnb-icon thumbnb-zoom-step", "aria-label": "Previous picture", title: "Previous (\u2190)", onclick: () => step(-1) }, "\u2039");
  const on = h("button", { class: "thumbnb-icon thumbnb-zoom-step", "aria-label": "Next picture", title: "Next (\u2192)", onclick: () => step(1) }, "\u203a");
  const dialog = h("dialog", { class: "thumbnb-zoom", "aria-label": "Picture" },
    h("div", { class: "thumbnb-zoom-bar" }, place, caption, h("span", { class: "thumbnb-grow" }), ...buttons.elements, tick, star,
      zoomButton("Download", "d", "\u2913", saveFile), info,
      zoomButton("Close", "Escape", "\u00d7", () => dialog.close())),
    h("div", { class: "thumbnb-zoom-body" }, back, stage, on, aside));

  const marks = () => {
    star.setAttribute("aria-pressed", String(model.get("starred").includes(index())));
    tick.setAttribute("aria-pressed", String(model.get("selected").includes(index())));
  };
  const tellFacts = async () => {
    const asked = id;
    try {
      const { answer } = await ask(model, "facts", { id }, { signal });
      if (asked === id) aside.replaceChildren(...factsList(answer));
    } catch (error) {
      if (asked === id) aside.replaceChildren(h("p", { class: "thumbnb-quiet" }, error.message));
    }
  };
  const name = () => {
    const cell = model.get("cells")[index()];
    img.alt = cellName(cell, index(), model);
    stage.setAttribute("aria-label", img.alt);
    place.textContent = `${index() + 1} / ${model.get("cells").length}`;
    caption.textContent = cell.caption;
  };
  const show = (cell) => {
    id = cell.id;
    trouble.textContent = "";
    aside.replaceChildren();
    img.release();
    name();
    controls.reset();
    sharpenSoon.flush();
    marks();
    tellFacts();
  };
  const step = (by) => {
    const cells = there();
    const at = cells.findIndex((cell) => cell.id === id) + by;
    if (cells[at]) show(cells[at]);
  };

  const keys = {
    ArrowLeft: () => step(-1), ArrowRight: () => step(1),
    Home: () => step(-there().findIndex((cell) => cell.id === id)),
    End: () => step(there().length - 1 - there().findIndex((cell) => cell.id === id)),
    s: () => mark("starred"), " ": () => mark("selected"), d: saveFile, i: () => showInfo(aside.hidden),
  };
  dialog.addEventListener("keydown", (event) => {
    if (event.key === "Tab") return keepTab(event, dialog);
    // Escape is the dialog's own; a button has its own keys, and the text its scrolling.
    const pressing = /^( |Enter)$/.test(event.key) && event.target.closest("button");
    if (pressing || event.key === "Escape") return;
    if (!controls.key(event)) {
      if (!(event.key in keys) || event.ctrlKey || event.metaKey || event.altKey) return;
      keys[event.key]();
    }
    event.preventDefault();
  }, { signal, capture: true });
  dialog.addEventListener("close", () => {
    img.release();
    closed(index());
  }, { signal });
  follow(model, ["selected", "starred"], marks, signal);
  follow(model, ["cells"], () => {
    if (!dialog.open) return;
    if (index() < 0) dialog.close();
    else name();
  }, signal);
  const resized = new ResizeObserver(() => dialog.open && sharpenSoon());
  resized.observe(stage);
  signal.addEventListener("abort", () => {
    resized.disconnect();
    if (dialog.open) dialog.close();
    dialog.remove();
  }, { once: true });
  return {
    element: dialog,
    open: (at) => {
      dialog.showModal();
      show(model.get("cells")[at]);
      stage.focus();
    },
  };
}
