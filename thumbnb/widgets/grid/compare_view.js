// Two pictures against each other: one over the other with a divider, or side by side.

/** Which two: those selected first, else the one at the keyboard and its neighbour. */
function firstPair(model) {
  const cells = model.get("cells");
  const there = (at) => cells[at] && !cells[at].state;
  const all = cells.map((_, at) => at).filter(there);
  const from = Math.max(0, all.indexOf(model.get("focused")));
  const wanted = [...model.get("selected").filter(there), ...all.slice(from), ...all];
  return [...new Set(wanted)].slice(0, 2).map((at) => cells[at].id);
}

function pairPicker(name, model, signal, changed) {
  const select = h("select", { class: "thumbnb-field", "aria-label": `Picture ${name}` });
  select.addEventListener("change", () => changed(Number(select.value)), { signal });
  select.show = (id) => {
    select.replaceChildren(...model.get("cells").flatMap((cell, at) => cell.state ? [] : [
      h("option", { value: cell.id, selected: cell.id === id }, `${at + 1}${cell.caption && ` \u00b7 ${cell.caption}`}`)]));
  };
  return h("label", { class: "thumbnb-compare-pick" }, h("b", {}, name), select);
}

function divider(stage, top, signal) {
  const line = h("div", { class: "thumbnb-compare-line", role: "slider", tabindex: "0", "aria-label": "Divider: how much of picture A is seen", "aria-valuemin": "0", "aria-valuemax": "100" }, h("span", { "aria-hidden": "true" }, "\u2039\u203a"));
  let at = 50;
  const move = (to) => {
    at = Math.min(100, Math.max(0, to));
    line.style.left = `${at}%`;
    top.style.clipPath = `inset(0 ${100 - at}% 0 0)`;
    line.setAttribute("aria-valuenow", String(Math.round(at)));
    line.setAttribute("aria-valuetext", `${Math.round(at)} % A`);
  };
  line.addEventListener("keydown", (event) => {
    if (event.shiftKey || event.ctrlKey || event.metaKey || event.altKey) return;
    const to = { ArrowLeft: at - 1, ArrowDown: at - 1, ArrowRight: at + 1, ArrowUp: at + 1, PageDown: at - 10, PageUp: at + 10, Home: 0, End: 100 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    move(to);
  }, { signal });
  const drag = (event) => {
    const box = stage.getBoundingClientRect();
    move((event.clientX - box.left) / box.width * 100);
  };
  line.addEventListener("pointerdown", (event) => {
    event.stopPropagation();
    line.setPointerCapture(event.pointerId);
  }, { signal });
  line.addEventListener("pointermove", (event) => line.hasPointerCapture(event.pointerId) && drag(event), { signal });
  move(50);
  return { line, drag };
}

/** The compare view. */
function compareView({ model, copies }, signal) {
  const pair = firstPair(model);
  const images = [0, 1].map(() => copyImage(copies, signal));
  const layers = images.map((img, at) => h("div", { class: "thumbnb-compare-layer" }, img, h("span", { class: "thumbnb-compare-tag" }, "AB"[at])));
  const stage = h("div", { class: "thumbnb-compare-stage", tabindex: "-1" }, layers[1], layers[0]);
  const { line, drag } = divider(stage, layers[0], signal);
  stage.append(line);

  let controls = null;
  const buttons = lensButtons(() => controls);
  const sharpen = () => pair.forEach((id, at) => images[at].show(id, pixels(layers[at].clientWidth * Math.min(4, controls.scale()))));
  const sharpenSoon = throttled(sharpen, 150);
  controls = lens(layers, { signal, held: true, draw: (transform, scale) => {
    for (const img of images) img.style.transform = transform;
    stage.toggleAttribute("data-near", scale > 1);
    buttons.show(scale);
    sharpenSoon();
  } });
  // Not zoomed in there is nothing to pan: then the divider comes to the pointer.
  const follows = (event) => event.buttons === 1 && !beside() && controls.scale() === 1 && drag(event);
  for (const name of ["pointerdown", "pointermove"]) stage.addEventListener(name, follows, { signal });

  const pickers = ["A", "B"].map((name, at) => pairPicker(name, model, signal, (id) => {
    pair[at] = id;
    update();
  }));
  const swap = h("button", { class: "thumbnb-button", onclick: () => {
    pair.reverse();
    update();
  } }, "Swap");
  const beside = () => stage.hasAttribute("data-beside");
  const hint = h("p", { class: "thumbnb-quiet thumbnb-compare-hint" });
  const compareBy = (mode) => {
    stage.toggleAttribute("data-beside", mode === "Side by side");
    hint.textContent = `${beside() ? "" : "Drag the divider, or move it with the arrow keys. "}\
Plus and minus, Ctrl and the wheel, or a pinch zoom both; Shift and the arrows pan.`;
    controls.reset();
  };
  const modes = segments("How they are compared", ["Slider", "Side by side"], compareBy, signal);
  const update = () => {
    const cells = model.get("cells");
    if (pair.some((id) => !cells.some((cell) => cell.id === id))) pair.splice(0, 2, ...firstPair(model));
    pickers.forEach((picker, at) => picker.querySelector("select").show(pair[at]));
    const [first] = cells.filter((cell) => cell.id === pair[0]);
    stage.style.setProperty("--aspect", aspectOf(first ?? {}));
    pair.forEach((id, at) => {
      const index = cells.findIndex((cell) => cell.id === id);
      if (index >= 0) images[at].alt = `${"AB"[at]}: ${cellName(cells[index], index, model)}`;
    });
    controls.reset();
  };

  const view = h("div", { class: "thumbnb-compare" },
    h("div", { class: "thumbnb-grid-bar" }, ...pickers, swap, h("span", { class: "thumbnb-grow" }), modes, ...buttons.elements), stage, hint);
  compareBy("Slider");
  view.addEventListener("keydown", (event) => {
    if (event.target.tagName !== "SELECT" && controls.key(event)) event.preventDefault();
  }, { signal, capture: true });
  const resized = new ResizeObserver(sharpenSoon);
  resized.observe(stage);
  signal.addEventListener("abort", () => resized.disconnect(), { once: true });
  follow(model, ["cells"], update, signal);
  const chosen = () => {
    if (model.get("selected").length < 2) return;
    pair.splice(0, 2, ...firstPair(model));
    update();
  };
  model.on("change:selected", chosen);
  signal.addEventListener("abort", () => model.off("change:selected", chosen), { once: true });
  return view;
}
