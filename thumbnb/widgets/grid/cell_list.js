// The cells: a listbox in two dimensions.

const FLYING_MS = 80;

/** Width over height; of what nobody knows yet, that of a video. */
const aspectOf = ({ size }) => (size ? size[0] / size[1] : 16 / 9);

/** The shape most of the pictures have; what is shown of the others keeps its own. */
function commonAspect(cells) {
  const counts = new Map();
  for (const cell of cells) {
    const aspect = aspectOf(cell).toFixed(2);
    if (cell.size) counts.set(aspect, (counts.get(aspect) ?? 0) + 1);
  }
  const [most] = [...counts].sort((a, b) => b[1] - a[1])[0] ?? [16 / 9];
  return Math.min(2.4, Math.max(0.5, Number(most)));
}

/** How many columns fit: a few pictures are shown larger than many, and leave no gap. */
function fittingColumns(width, count) {
  const least = count <= 4 ? 260 : count <= 12 ? 220 : 180;
  const fit = Math.max(1, Math.min(Math.floor((width + 8) / (least + 8)), Math.max(2, count), 10));
  const empty = (columns) => (columns - (count % columns)) % columns;
  return count <= 12 && fit > 2 && empty(fit - 1) < empty(fit) ? fit - 1 : fit;
}

const ticked = (list, index) =>
  list.includes(index) ? list.filter((each) => each !== index) : [...list, index];

/** Select, or no longer. */
const toggle = (model, trait, index) => tell(model, { [trait]: ticked(model.get(trait), index) });

/** What a cell is called, for those who don't see it. */
function cellName(cell, index, model) {
  return [
    `Picture ${index + 1}`,
    cell.caption,
    cell.state === "waiting" && "is being made",
    cell.state === "failed" && `failed: ${cell.why}`,
    model.get("starred").includes(index) && "starred",
  ].filter(Boolean).join(", ");
}

/** One cell's element; what it shows follows from update(). */
function cellElement(copies, signal) {
  const img = copyImage(copies, signal);
  const why = h("span", { class: "thumbnb-grid-why" });
  const caption = h("span", { class: "thumbnb-grid-caption" });
  const number = h("span", { class: "thumbnb-grid-number" });
  let known = "";
  const el = h("div", { class: "thumbnb-grid-cell", role: "option", "data-lm-suppress-shortcuts": "true" },
    h("div", { class: "thumbnb-grid-picture" }, img, why,
      // Marks for the pointer; the keyboard has space and s.
      h("span", { class: "thumbnb-grid-tick", "data-mark": "selected", "aria-hidden": "true", title: "Select (space)" }, "\u2713"),
      h("span", { class: "thumbnb-grid-star", "data-mark": "starred", "aria-hidden": "true", title: "Star (s)" }, "\u2605")),
    h("div", { class: "thumbnb-grid-under" }, number, caption));
  el.update = (cell, index, model) => {
    el.cell = cell;
    el.index = index;
    const now = JSON.stringify([cell, index, ...["selected", "starred"].map((name) => model.get(name).includes(index))]);
    if (now === known) return; // most are as they were
    known = now;
    el.dataset.state = cell.state ?? "there";
    el.setAttribute("aria-label", cellName(cell, index, model));
    el.setAttribute("aria-selected", String(model.get("selected").includes(index)));
    el.toggleAttribute("data-starred", model.get("starred").includes(index));
    number.textContent = index + 1;
    caption.textContent = cell.caption;
    caption.title = cell.caption;
    why.textContent = cell.why ?? "";
  };
  el.want = (width) => el.cell.state !== "failed" && img.show(el.cell.id, width, (error) => {
    el.dataset.state = error ? "failed" : el.cell.state ?? "there";
    why.textContent = error;
  });
  el.gone = () => {
    img.release();
    img.remove();
    el.replaceChildren();
  };
  return el;
}

/**
 * The listbox. Pictures are asked for when their cells come near what is seen; `open` is
 * called with the index of one to be looked at.
 */
function cellList({ model, signal, copies, open }) {
  const list = h("div", { class: "thumbnb-grid-cells", role: "listbox", "aria-multiselectable": "true" });
  const byId = new Map();
  const near = new Set();
  let columns = 1;
  let width = 0;
  let anchor = 0; // from where shift and a click select

  // What only flies by is not asked for: it would be made before what is stopped at.
  let scrolled = -Infinity;
  const wantNear = throttled(() => {
    const now = performance.now();
    const flies = (el) => now - scrolled < FLYING_MS && now - el.near < FLYING_MS;
    for (const el of near) if (!flies(el)) el.want(pixels(Math.max(1, width)));
    if ([...near].some(flies)) wantNear();
  }, FLYING_MS);
  list.addEventListener("scroll", () => (scrolled = performance.now()), { signal });
  const sight = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) {
      if (!isIntersecting) near.delete(target);
      else if (!near.has(target)) {
        near.add(target);
        target.near = performance.now();
      }
    }
    if (width) wantNear();
  }, { rootMargin: "300px", scrollMargin: "300px" });

  const layOut = () => {
    const room = list.clientWidth - 8;
    const cells = model.get("cells");
    if (room <= 0) return;
    columns = model.get("columns") ?? fittingColumns(room, cells.length);
    width = (room - 8 * (columns - 1)) / columns;
    list.style.setProperty("--columns", columns);
    list.style.setProperty("--picture", `${Math.round(width / commonAspect(cells))}px`);
    wantNear();
  };
  const resized = new ResizeObserver(layOut);
  resized.observe(list);
  signal.addEventListener("abort", () => {
    sight.disconnect();
    resized.disconnect();
    near.clear();
    // The notebook may hold on to what has ended: little is left to hold.
    for (const el of byId.values()) el.gone();
    byId.clear();
    list.replaceChildren();
  }, { once: true });

  const at = (index) => list.children[index];
  const current = () => Math.min(Math.max(0, model.get("focused")), list.children.length - 1);
  const go = (index) => {
    const el = at(Math.max(0, Math.min(list.children.length - 1, index)));
    anchor = el?.index ?? 0;
    el?.focus({ preventScroll: true });
    el?.scrollIntoView({ block: "nearest", inline: "nearest" });
  };

  const selectTo = (index) => {
    const [from, to] = [anchor, index].sort((a, b) => a - b);
    const between = Array.from({ length: to - from + 1 }, (_, at) => from + at);
    tell(model, { selected: [...new Set([...model.get("selected"), ...between])] });
  };

  follow(model, ["cells"], () => {
    const cells = model.get("cells");
    const had = list.contains(document.activeElement);
    const ids = new Set(cells.map((cell) => cell.id));
    for (const [id, el] of byId) {
      if (ids.has(id)) continue;
      sight.unobserve(el);
      near.delete(el);
      el.gone();
      el.remove();
      byId.delete(id);
    }
    cells.forEach((cell, index) => {
      const el = byId.get(cell.id) ?? cellElement(copies, signal);
      if (!byId.has(cell.id)) {
        byId.set(cell.id, el);
        sight.observe(el);
      }
      el.update(cell, index, model);
      if (list.children[index] !== el) list.insertBefore(el, list.children[index] ?? null);
    });
    layOut();
    if (had && !list.contains(document.activeElement)) go(current());
  }, signal);
  follow(model, ["columns"], layOut, signal);
  follow(model, ["selected", "starred"], () => {
    for (const el of list.children) el.update(el.cell, el.index, model);
  }, signal);
  follow(model, ["focused", "cells"], () => {
    const tab = current();
    for (const el of list.querySelectorAll("[tabindex='0']")) if (el.index !== tab) el.tabIndex = -1;
    for (const el of list.querySelectorAll(":not([tabindex])[role=option]")) el.tabIndex = -1;
    if (at(tab)) at(tab).tabIndex = 0;
  }, signal);

  list.addEventListener("focusin", ({ target }) => {
    const el = target.closest("[role=option]");
    if (el && el.index !== model.get("focused")) tell(model, { focused: el.index });
  }, { signal });
  list.addEventListener("click", (event) => {
    const el = event.target.closest("[role=option]");
    if (!el) return;
    const mark = event.target.dataset.mark;
    if (event.shiftKey && !mark) return selectTo(el.index);
    anchor = el.index;
    if (mark) toggle(model, mark, el.index);
    else if (event.ctrlKey || event.metaKey) toggle(model, "selected", el.index);
    else if ((el.dataset.state ?? "there") === "there") open(el.index);
    el.focus({ preventScroll: true });
  }, { signal });
  list.addEventListener("keydown", (event) => {
    event.stopPropagation();
    if (event.altKey) return;
    const now = current();
    const last = list.children.length - 1;
    const page = columns * Math.max(1, Math.floor(list.clientHeight / (at(now)?.offsetHeight || 1)));
    const control = event.ctrlKey || event.metaKey;
    const moves = {
      ArrowLeft: now - 1, ArrowRight: now + 1, Home: 0, End: last,
      ArrowUp: now >= columns ? now - columns : now,
      ArrowDown: now + columns <= last ? now + columns : Math.floor(now / columns) < Math.floor(last / columns) ? last : now,
      PageUp: now - page, PageDown: now + page,
    };
    const acts = {
      Enter: () => at(now)?.dataset.state === "there" && open(now),
      " ": () => toggle(model, "selected", now),
      s: () => toggle(model, "starred", now),
      Escape: () => tell(model, { selected: [] }),
    };
    if (control && event.key === "a") tell(model, { selected: [...list.children].map((el) => el.index) });
    else if (event.key in moves) go(moves[event.key]);
    else if (event.key in acts && !control) acts[event.key]();
    else return;
    event.preventDefault();
  }, { signal });
  list.go = go;
  return list;
}
