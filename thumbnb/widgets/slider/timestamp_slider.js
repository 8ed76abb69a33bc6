import { h } from "../core/browser/dom.js";
import { errorArea } from "../core/browser/error_area.js";
import { setTraits } from "../core/browser/message_order.js";
import { observe, saveTraits } from "../core/browser/model.js";
import { throttle } from "../core/browser/throttle.js";
import { filmstrip } from "./filmstrip.js";
import { frameScreen } from "./screen.js";
import { fetchStoryboard } from "./storyboard_tiles.js";
import { timeField } from "./time_field.js";
import { useFrame } from "./use_frame.js";
import { videoUpload } from "./video_upload.js";

/** @import { View, WidgetTraits } from "../core/browser/types.js" */
/** @import { Storyboard } from "./storyboard_tiles.js" */
/**
 * @typedef {WidgetTraits & {
 *   value: number, hover: number, length: number, size: number[], name: string, rate: number,
 *   marks: { time: number, kind: "suggested" | "shot", label: string }[],
 *   view: "upload" | "loading" | "storyboard" | "stream", status: string, progress: number,
 *   storyboard_version: number, thumbnail_version: number,
 *   frame_sizes: [number, number][], side_limits: [number, number], max_bytes: number,
 * }} Traits
 */

const REPORT_MS = 250; // with the kernel's own notices, under fifteen messages a second
// How long a dragging pointer rests before the exact frame is asked for: hardly at all where the
// last one came so soon that it was made ahead, for there it costs nothing.
const REST_MS = 100;
const QUICK_REST_MS = 20; // more than between two moves of a drag
const QUICK_ANSWER_MS = 40;

export default {
  /** @param {View<Traits>} view */
  render({ model, el, signal }) {
    el.classList.add("thumbnb");
    let now = model.get("value");
    let dragging = false;
    let sent = now; // the value that Python was told last
    let restTimer = 0;
    let restMs = REST_MS;
    let steps = 0; // frames still to go, of key presses that came while one was fetched
    let stepping = false;
    /** @type {Storyboard | null} */
    let storyboard = null;

    const screen = frameScreen(model, signal);
    // One for both, so that no older hover comes after a value.
    const report = throttle((/** @type {Partial<Traits>} */ traits) => {
      sent = traits.value ?? sent;
      saveTraits(model, traits);
    }, REPORT_MS);
    /** @param {number} time */
    const commit = (time) => report({ value: time, hover: time });

    /** @param {number} time */
    function show(time) {
      now = Math.min(Math.max(0, time), model.get("length") || Infinity);
      strip.place(now);
      screen.show(now);
      field.show(now);
    }
    async function fetchExact() {
      clearTimeout(restTimer);
      if (stepping) return; // the newest question counts, and that is the step's
      if (model.get("view") !== "storyboard" || screen.covers(now)) return;
      const asked = performance.now();
      const found = await screen.fetch(now);
      if (found) restMs = performance.now() - asked < QUICK_ANSWER_MS ? QUICK_REST_MS : REST_MS;
    }
    function fetchAtRest() {
      clearTimeout(restTimer);
      restTimer = setTimeout(fetchExact, restMs);
    }
    /**
     * @param {number} frames
     * @param {boolean} isRepeat
     */
    async function step(frames, isRepeat) {
      if (isRepeat && stepping) return; // a key held down skips what it can't follow
      if (model.get("view") !== "storyboard") {
        jump(now + frames / model.get("rate"));
        return;
      }
      steps += frames;
      if (stepping) return;
      stepping = true;
      clearTimeout(restTimer);
      while (steps && !signal.aborted) {
        const direction = Math.sign(steps);
        steps -= direction;
        const found = await screen.fetch(now, direction);
        if (!found) break;
        show(found.time);
        commit(found.time);
      }
      steps = 0;
      stepping = false;
    }
    /** @param {number} time */
    function jump(time) {
      show(time);
      fetchAtRest();
      commit(now);
    }
    const gestures = {
      start() {
        dragging = true;
        report.flush();
      },
      /** @param {number} time */
      move(time) {
        show(time);
        report({ hover: now });
        fetchAtRest();
      },
      /** @param {number} time */
      end(time) {
        dragging = false;
        if (time !== now) show(time); // else it is there
        // The frame is waited for, the value is not: what comes of that would take the
        // processor from the decoder.
        report.pause();
        commit(now);
        fetchExact().then(() => requestAnimationFrame(() => setTimeout(report.flush)));
      },
      step,
      jump,
    };
    // A hosted service doesn't always know what the stream itself tells.
    /** @param {number} seconds */
    const setLength = (seconds) => {
      if (!model.get("length") && Number.isFinite(seconds)) setTraits(model, { length: seconds });
    };
    const strip = filmstrip(model, signal, gestures);
    const field = timeField(model, signal, jump);
    signal.addEventListener("abort", () => clearTimeout(restTimer));

    // Python, or another view, may move it too.
    observe(
      model,
      ["value"],
      () => {
        const value = model.get("value");
        if (dragging || value === sent) return;
        sent = value;
        show(value);
        fetchAtRest();
      },
      signal,
    );
    observe(model, ["length"], () => show(now), signal);

    let newest = -1;
    observe(
      model,
      ["storyboard_version"],
      async () => {
        const version = model.get("storyboard_version");
        newest = version;
        if (!version) return;
        const fresh = await fetchStoryboard(model, signal).catch(() => null);
        if (!fresh) return;
        if (version !== newest || signal.aborted) {
          fresh.bitmap.close();
          return;
        }
        screen.use(fresh);
        strip.use(fresh);
        storyboard?.bitmap.close();
        storyboard = fresh;
        fetchExact();
      },
      signal,
    );
    // Another video, or none.
    function forget() {
      screen.forget();
      strip.use(null);
      storyboard?.bitmap.close();
      storyboard = null;
    }
    signal.addEventListener("abort", () => storyboard?.bitmap.close());

    const name = h("div", { class: "thumbnb-slider-name" });
    observe(
      model,
      ["name"],
      () => {
        name.textContent = model.get("name");
        name.title = model.get("name");
      },
      signal,
    );
    const side = h(
      "div",
      { class: "thumbnb-slider-side" },
      name,
      field.el,
      useFrame(model, signal, () => now),
    );
    const control = h("div", { class: "thumbnb-slider-control" }, screen.el, strip.el, side);
    observe(
      model,
      ["view"],
      () => {
        const view = model.get("view");
        control.hidden = view === "upload";
        if (view === "stream") screen.play(setLength);
        else if (view !== "storyboard") forget();
      },
      signal,
    );
    el.append(
      h(
        "div",
        { class: "thumbnb-slider" },
        videoUpload(model, signal),
        control,
        errorArea(model, signal),
      ),
    );
  },
};
