const REPORT_MS = 250; // with the kernel's own notices, under fifteen messages a second
const REST_MS = 100;

export default {
  render({ model, el, signal }) {
    el.classList.add("thumbnb");
    let now = model.get("value");
    let dragging = false;
    let told = now;
    let resting = 0;
    let steps = 0; // frames still to go, of key presses that came while one was fetched
    let stepping = false;
    let sheet = null;

    const big = screen(model, signal);
    // One for both, so that no older hover comes after a value.
    const report = throttled((traits) => {
      told = traits.value ?? told;
      save(model, traits);
    }, REPORT_MS);
    const commit = (time) => report({ value: time, hover: time });

    function show(time) {
      now = Math.min(Math.max(0, time), model.get("length") || Infinity);
      strip.place(now);
      big.show(now);
      field.show(now);
    }
    async function look() {
      clearTimeout(resting);
      if (stepping) return; // the newest question counts, and that is the step's
      if (model.get("view") === "storyboard" && !big.covers(now)) await big.fetch(now);
    }
    function rest() {
      clearTimeout(resting);
      resting = setTimeout(look, REST_MS);
    }
    async function step(frames, again) {
      if (again && stepping) return; // a key held down skips what it can't follow
      if (model.get("view") !== "storyboard") {
        jump(now + frames / model.get("rate"));
        return;
      }
      steps += frames;
      if (stepping) return;
      stepping = true;
      clearTimeout(resting);
      while (steps && !signal.aborted) {
        const way = Math.sign(steps);
        steps -= way;
        const found = await big.fetch(now, way);
        if (!found) break;
        show(found.time);
        commit(found.time);
      }
      steps = 0;
      stepping = false;
    }
    function jump(time) {
      show(time);
      rest();
      commit(now);
    }
    const on = {
      start() {
        dragging = true;
        report.flush();
      },
      move(time) {
        show(time);
        report({ hover: now });
        rest();
      },
      end(time) {
        dragging = false;
        if (time !== now) show(time); // else it is there
        // The frame is waited for, the value is not: what comes of that would take the
        // processor from the decoder.
        report.pause();
        commit(now);
        look().then(() => requestAnimationFrame(() => setTimeout(report.flush)));
      },
      step,
      jump,
    };
    // A hosted service doesn't always know what the stream itself tells.
    const learnLength = (seconds) => {
      if (!model.get("length") && Number.isFinite(seconds)) tell(model, { length: seconds });
    };
    const strip = filmstrip(model, signal, on);
    const field = timeField(model, signal, jump);
    signal.addEventListener("abort", () => clearTimeout(resting));

    // Python, or another view, may move it too.
    follow(model, ["value"], () => {
      const value = model.get("value");
      if (dragging || value === told) return;
      told = value;
      show(value);
      rest();
    }, signal);
    follow(model, ["length"], () => show(now), signal);

    let number = -1;
    follow(model, ["board"], async () => {
      const mine = (number = model.get("board"));
      if (!mine) return;
      const fresh = await fetchSheet(model, signal).catch(() => null);
      if (!fresh) return;
      if (mine !== number || signal.aborted) {
        fresh.bitmap.close();
        return;
      }
      big.use(fresh);
      strip.use(fresh);
      sheet?.bitmap.close();
      sheet = fresh;
      look();
    }, signal);
    // Another video, or none.
    function forget() {
      big.forget();
      strip.use(null);
      sheet?.bitmap.close();
      sheet = null;
    }
    signal.addEventListener("abort", () => sheet?.bitmap.close());

    const name = h("div", { class: "thumbnb-slider-name" });
    follow(model, ["name"], () => {
      name.textContent = name.title = model.get("name");
    }, signal);
    const side = h("div", { class: "thumbnb-slider-side" }, name, field.el,
      taker(model, signal, () => now));
    const control = h("div", { class: "thumbnb-slider-control" }, big.el, strip.el, side);
    follow(model, ["view"], () => {
      const view = model.get("view");
      control.hidden = view === "upload";
      if (view === "stream") big.play(learnLength);
      else if (view !== "storyboard") forget();
    }, signal);
    el.append(h("div", { class: "thumbnb-slider" },
      intake(model, signal), control, errorArea(model, signal)));
  },
};

/** Seconds or a clock time as a number; NaN where it is neither. */
function parseClock(text) {
  const parts = text.trim().split(":");
  const whole = parts.slice(0, -1).every((part, i) => /^\d{1,4}$/.test(part) && (!i || part < 60));
  const last = parts.at(-1);
  if (parts.length > 3 || !whole || !/^(\d+(\.\d*)?|\.\d+)$/.test(last)) return NaN;
  if (parts.length > 1 && Number(last) >= 60) return NaN;
  return parts.reduce((sum, part) => sum * 60 + Number(part), 0);
}

/** The time as text, to read and to type. */
function timeField(model, signal, onTime) {
  const wrong = h("div", { class: "thumbnb-wrong", role: "alert", hidden: true });
  const input = h("input", {
    class: "thumbnb-field thumbnb-time", type: "text", autocomplete: "off", spellcheck: "false",
    "aria-label": "Time", maxlength: 20,
  });
  const total = h("span", { class: "thumbnb-quiet" });
  const el = h("div", {}, h("div", { class: "thumbnb-time-row" }, input, total), wrong);
  let shown = "";

  function say(words) {
    wrong.textContent = words;
    wrong.hidden = !words;
    input.setAttribute("aria-invalid", String(Boolean(words)));
  }
  function take() {
    if (input.value.trim() === shown) {
      say("");
      return;
    }
    const time = parseClock(input.value);
    const length = model.get("length");
    if (Number.isNaN(time)) say("Type seconds (83.5) or a clock time (1:23.5).");
    else if (length && time > length) say(`The video ends at ${clock(length, 2)}.`);
    else {
      say("");
      onTime(time);
      shown = input.value = clock(time, 2);
    }
  }
  follow(model, ["length"], () => {
    total.textContent = model.get("length") ? `of ${clock(model.get("length"), 2)}` : "";
  }, signal);
  const listen = (name, listener) => input.addEventListener(name, listener, { signal });
  listen("change", take);
  listen("keydown", (event) => {
    if (event.key === "Enter") take();
    else if (event.key === "Escape") {
      input.value = shown;
      say("");
    }
  });
  listen("focus", () => input.select());
  return {
    el,
    show(time) {
      shown = clock(time, 2);
      if (document.activeElement !== input) {
        input.value = shown;
        say("");
      }
    },
  };
}
