// Zoom and pan, of one picture or of several kept alike.

const MOST_ZOOM = 8;

/**
 * Wheel and pinch zoom at the pointer, dragging pans, a double click goes in and out.
 * `surfaces` take the gestures and have one size; draw(transform, scale) shows them.
 * With `held`, the wheel zooms only with Ctrl or Cmd, so that the page still scrolls.
 */
function lens(surfaces, { signal, draw, held = false }) {
  let scale = 1;
  let x = 0;
  let y = 0;
  const pointers = new Map();
  let pressed = [-Infinity, -Infinity]; // when the last two presses were
  const place = (next, toX, toY) => {
    const { clientWidth, clientHeight } = surfaces[0];
    scale = Math.min(MOST_ZOOM, Math.max(1, next));
    const within = (value, size) => Math.max(-1, Math.min(1, value / ((scale - 1) * size / 2 || 1))) * (scale - 1) * size / 2;
    x = within(toX, clientWidth);
    y = within(toY, clientHeight);
    draw(`translate(${x}px, ${y}px) scale(${scale})`, scale);
  };
  // px, py: a point from the middle of the surface, which stays where it is.
  const zoom = (factor, px = 0, py = 0) => {
    const next = Math.min(MOST_ZOOM, Math.max(1, scale * factor));
    place(next, px - (px - x) * (next / scale), py - (py - y) * (next / scale));
  };
  const middle = (surface, { clientX, clientY }) => {
    const box = surface.getBoundingClientRect();
    return [clientX - box.left - box.width / 2, clientY - box.top - box.height / 2];
  };
  // The point between two fingers, and how far apart they are.
  const pair = () => {
    const [a, b] = [...pointers.values()];
    const wide = Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY) || 1;
    return { clientX: (a.clientX + b.clientX) / 2, clientY: (a.clientY + b.clientY) / 2, wide };
  };
  for (const surface of surfaces) {
    const listen = (name, fn, how = {}) => surface.addEventListener(name, fn, { signal, ...how });
    listen("wheel", (event) => {
      if (held && !event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      zoom(Math.exp(-event.deltaY * (event.deltaMode ? 0.05 : event.ctrlKey ? 0.01 : 0.002)), ...middle(surface, event));
    }, { passive: false });
    listen("dblclick", (event) => {
      if (event.timeStamp - pressed[0] > 1000) return; // the first of the clicks was what opened it
      if (scale > 1) place(1, 0, 0);
      else zoom(2.5, ...middle(surface, event));
    });
    listen("pointerdown", (event) => {
      pressed = [pressed[1], event.timeStamp];
      if (event.button || event.target.closest("button")) return;
      pointers.set(event.pointerId, event);
      if (scale > 1 || pointers.size > 1) surface.setPointerCapture(event.pointerId);
    });
    listen("pointermove", (event) => {
      if (!pointers.has(event.pointerId)) return;
      const two = pointers.size === 2;
      const before = two ? pair() : pointers.get(event.pointerId);
      pointers.set(event.pointerId, event);
      const after = two ? pair() : event;
      if (two) zoom(after.wide / before.wide, ...middle(surface, before));
      if (scale > 1) place(scale, x + after.clientX - before.clientX, y + after.clientY - before.clientY);
    });
    const up = (event) => pointers.delete(event.pointerId);
    listen("pointerup", up);
    listen("pointercancel", up);
    listen("lostpointercapture", up);
  }
  const keys = {
    "+": () => zoom(1.25), "=": () => zoom(1.25), "-": () => zoom(0.8), 0: () => place(1, 0, 0),
  };
  const pans = { ArrowLeft: [60, 0], ArrowRight: [-60, 0], ArrowUp: [0, 60], ArrowDown: [0, -60] };
  return {
    zoom,
    reset: () => place(1, 0, 0),
    scale: () => scale,
    /** Says whether the key was one of zooming, or (with shift) of panning. */
    key: (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return false;
      if (event.shiftKey && event.key in pans) place(scale, x + pans[event.key][0], y + pans[event.key][1]);
      else if (event.key in keys) keys[event.key]();
      else return false;
      return true;
    },
  };
}

/** The buttons of a lens, and how far it is in. */
function lensButtons(the) {
  const level = h("span", { class: "thumbnb-zoom-level", role: "status" }, "100 %");
  return {
    show: (scale) => (level.textContent = `${Math.round(scale * 100)} %`),
    elements: [
      h("button", { class: "thumbnb-icon", "aria-label": "Zoom out", title: "Zoom out (\u2212)", onclick: () => the().zoom(0.8) }, "\u2212"),
      level,
      h("button", { class: "thumbnb-icon", "aria-label": "Zoom in", title: "Zoom in (+)", onclick: () => the().zoom(1.25) }, "+"),
    ],
  };
}
