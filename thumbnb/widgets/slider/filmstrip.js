/**
 * The control itself: pictures over the whole length, a playhead, marks, and the keys.
 *
 * `on` is told of gestures: start(), move(time), end(time), step(frames, again), jump(time).
 */
function filmstrip(model, signal, on) {
  const canvas = h("canvas", { class: "thumbnb-film-canvas", "aria-hidden": "true" });
  const head = h("div", { class: "thumbnb-film-head" });
  const track = h("div", {
    class: "thumbnb-film-track", role: "slider", tabindex: 0,
    "aria-label": "Time in the video", "aria-orientation": "horizontal",
  }, canvas, head);
  const peek = peeker();
  const lane = h("div", { class: "thumbnb-film-marks", role: "group", "aria-label": "Marks" });
  const start = h("span", {}, clock(0, 0));
  const end = h("span", {});
  const ends = h("div", { class: "thumbnb-film-ends thumbnb-quiet", "aria-hidden": "true" },
    start, end);
  const el = h("div", { class: "thumbnb-film" }, lane, track, peek.el, ends);
  let sheet = null;
  let time = 0;
  let width = 0;
  let pointer = null;

  const length = () => model.get("length") || 0;

  function place(other) {
    time = other;
    const share = length() ? Math.min(1, time / length()) : 0;
    head.style.transform = `translateX(${share * width}px)`;
    track.setAttribute("aria-valuenow", time.toFixed(3));
    track.setAttribute("aria-valuetext", clock(time, 2));
  }

  function draw() {
    const scale = window.devicePixelRatio || 1;
    width = track.clientWidth;
    canvas.width = Math.round(width * scale);
    canvas.height = Math.round(track.clientHeight * scale);
    const loading = !sheet && model.get("view") === "loading";
    track.classList.toggle("thumbnb-shimmer", loading);
    track.setAttribute("aria-busy", String(loading));
    place(time);
    if (!sheet || !canvas.width) return;
    const context = canvas.getContext("2d", { alpha: false });
    const tile = (canvas.height * sheet.width) / sheet.height;
    const count = Math.max(1, Math.round(canvas.width / tile));
    const step = canvas.width / count;
    for (let i = 0; i < count; i += 1) {
      const index = sheet.at(((i + 0.5) / count) * length());
      drawTile(context, sheet, index, i * step, 0, Math.ceil(step), canvas.height);
    }
  }

  follow(model, ["length"], () => {
    track.setAttribute("aria-valuemin", "0");
    track.setAttribute("aria-valuemax", String(length()));
    end.textContent = length() ? clock(length(), 0) : "";
    draw();
  }, signal);
  follow(model, ["view"], draw, signal);
  follow(model, ["marks", "length"], () => lane.replaceChildren(...marks(model, on)), signal);
  const sizes = new ResizeObserver(() => track.clientWidth !== width && draw());
  sizes.observe(track);
  signal.addEventListener("abort", () => sizes.disconnect());

  // Milliseconds are finer than any pointer, and short in a notebook.
  const timeAt = (event) => {
    const box = track.getBoundingClientRect();
    const share = Math.min(1, Math.max(0, (event.clientX - box.left) / box.width));
    return Math.round(share * length() * 1000) / 1000;
  };
  const listen = (name, listener) => track.addEventListener(name, listener, { signal });
  listen("pointerdown", (event) => {
    if (event.button !== 0 || !length()) return;
    pointer = event.pointerId;
    track.setPointerCapture(pointer);
    track.focus({ preventScroll: true });
    peek.hide();
    on.start();
    on.move(timeAt(event));
  });
  listen("pointermove", (event) => {
    if (event.pointerId === pointer) on.move(timeAt(event));
    else if (pointer === null && sheet) peek.show(sheet, timeAt(event), length(), width);
  });
  for (const name of ["pointerup", "pointercancel"]) {
    listen(name, (event) => {
      if (event.pointerId !== pointer) return;
      pointer = null;
      on.end(name === "pointerup" ? timeAt(event) : time);
    });
  }
  listen("pointerleave", peek.hide);
  listen("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || !length()) return;
    const way = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1 }[event.key];
    const page = { PageUp: 10, PageDown: -10 }[event.key];
    const to = { Home: 0, End: length() }[event.key];
    if (way && !event.shiftKey) on.step(way, event.repeat);
    else if (way || page) on.jump(time + (page ?? way));
    else if (to !== undefined) on.jump(to);
    else return;
    event.preventDefault();
  });

  return {
    el,
    place,
    use(other) {
      sheet = other;
      peek.hide();
      draw();
    },
  };
}

/** The small picture above the pointer while nothing is dragged. */
function peeker() {
  const canvas = h("canvas", { width: 320, height: 180 });
  const text = h("span", {});
  const el = h("div", { class: "thumbnb-peek", hidden: true, "aria-hidden": "true" }, canvas, text);
  return {
    el,
    hide() {
      el.hidden = true;
    },
    show(sheet, time, length, width) {
      el.hidden = false;
      const height = Math.round((canvas.width * sheet.height) / sheet.width);
      if (canvas.height !== height) canvas.height = height;
      drawTile(canvas.getContext("2d"), sheet, sheet.at(time), 0, 0, canvas.width, height);
      text.textContent = clock(time);
      const half = el.offsetWidth / 2;
      const x = Math.min(width - half, Math.max(half, (time / length) * width));
      el.style.transform = `translate(${x - half}px, 0)`;
    },
  };
}

/** Buttons for the marks; one stop for the tab key, arrows go from one to the next. */
function marks(model, on) {
  const length = model.get("length");
  const found = [...model.get("marks")].sort((a, b) => a.time - b.time);
  const buttons = found.map((mark) => {
    const kind = mark.kind === "shot" ? "Shot change" : "Suggested frame";
    const words = `${kind} at ${clock(mark.time)}${mark.label ? `: ${mark.label}` : ""}`;
    const button = h("button", {
      class: "thumbnb-mark", "data-kind": mark.kind, title: words, "aria-label": words,
      tabindex: -1, onclick: () => on.jump(mark.time),
    });
    button.style.left = `${length ? (100 * mark.time) / length : 0}%`;
    return button;
  });
  const roving = (button, event) => {
    const way = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const next = way && buttons[buttons.indexOf(button) + way];
    if (!next) return;
    event.preventDefault();
    button.tabIndex = -1;
    next.tabIndex = 0;
    next.focus();
  };
  for (const button of buttons) button.addEventListener("keydown", (event) => roving(button, event));
  if (buttons.length) buttons[0].tabIndex = 0;
  return buttons;
}
