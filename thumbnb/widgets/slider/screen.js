import { h } from "../core/browser/dom.js";
import { errorText, observe, onMessage, request } from "../core/browser/model.js";
import { FrameCache } from "./frame_cache.js";
import { drawTile } from "./storyboard_tiles.js";
import { videoStream } from "./video_stream.js";

/** @import { Model } from "../core/browser/types.js" */
/** @import { Span } from "./frame_cache.js" */
/** @import { Storyboard } from "./storyboard_tiles.js" */
/** @import { Traits } from "./timestamp_slider.js" */

// Frames that are fetched before an arrow asks for them: more of them backwards, where now and
// then a whole stretch has to be decoded.
const AHEAD_FORWARDS = 6;
const AHEAD_BACKWARDS = 10;
// The fewest that are worth a request, and the most that are kept.
const MIN_AHEAD = 2;
const MAX_KEPT = 16;

/**
 * The big image. Scrubbing shows tiles of the storyboard; when the pointer rests, the exact
 * frame, and then its neighbours are fetched. Of what is asked for only the newest counts.
 * @param {Model<Traits>} model
 * @param {AbortSignal} signal
 */
export function frameScreen(model, signal) {
  const canvas = h("canvas", { class: "thumbnb-screen-canvas", "aria-hidden": "true" });
  const note = h("div", { class: "thumbnb-screen-note", hidden: true });
  const el = h("div", { class: "thumbnb-screen" }, canvas, note);
  const context = /** @type {CanvasRenderingContext2D} */ (
    canvas.getContext("2d", { alpha: false })
  );
  /** @type {Storyboard | null} */
  let storyboard = null;
  const cache = new FrameCache();
  let batches = 0; // of frames that were fetched ahead
  let batch = 0; // the one that is under way; 0 for none
  /** @type {(() => void)[]} */
  const waiting = []; // who is called when a frame of it is there
  let videos = 0; // what was asked of one video is nothing for the next
  let now = 0;
  let paintRequest = 0;
  let newest = 0;
  const viewId = Math.random().toString(36).slice(2); // each view of a widget asks for itself
  /** @type {ReturnType<typeof videoStream> & { stop: () => void } | null} */
  let player = null; // of a hosted video

  function paint() {
    paintRequest = 0;
    const { width, height } = canvas;
    if (cache.shown && cache.covers(now))
      context.drawImage(cache.shown.bitmap, 0, 0, width, height);
    else if (storyboard) drawTile(context, storyboard, storyboard.at(now), { width, height });
  }
  const paintSoon = () => {
    paintRequest ||= requestAnimationFrame(paint);
  };
  /** @param {string} text */
  const showNote = (text) => {
    note.textContent = text;
    note.hidden = !text;
  };

  observe(
    model,
    ["size"],
    () => {
      const [width, height] = model.get("size");
      const known = Boolean(width && height);
      el.style.setProperty("--tb-aspect", known ? `${width} / ${height}` : "16 / 9");
      el.style.setProperty("--tb-ratio", String(known ? width / height : 16 / 9));
    },
    signal,
  );
  const sizes = new ResizeObserver(() => {
    const scale = window.devicePixelRatio || 1;
    const width = Math.round(canvas.clientWidth * scale);
    const height = Math.round(canvas.clientHeight * scale);
    if (!width || (width === canvas.width && height === canvas.height)) return;
    canvas.width = width; // this empties it
    canvas.height = height;
    paint();
    cache.keep(cache.shown ? 1 : 0); // the others would be too small, or too large
  });
  sizes.observe(canvas);
  signal.addEventListener("abort", () => {
    sizes.disconnect();
    cancelAnimationFrame(paintRequest);
    forgetFrames();
  });

  function forgetFrames() {
    cache.clear();
    batch = 0;
    wakeWaiting();
    newest += 1;
    videos += 1;
  }

  /**
   * Have a frame at hand; null where it is of another video.
   * @param {Span} span
   * @param {DataView<ArrayBuffer>} bytes
   */
  async function addFrame({ time, until }, bytes) {
    const video = videos;
    const bitmap = await createImageBitmap(new Blob([bytes], { type: "image/jpeg" }));
    if (video !== videos || signal.aborted) {
      bitmap.close();
      return null;
    }
    const frame = { time, until, bitmap };
    cache.add(frame);
    return frame;
  }

  /** Fetch the frames that come next, while nobody waits for them. */
  async function fetchAhead() {
    if (batch || !cache.shown) return;
    const direction = cache.direction;
    let last = cache.shown;
    let count = direction > 0 ? AHEAD_FORWARDS : AHEAD_BACKWARDS;
    for (let next = cache.next(last, direction); next; next = cache.next(last, direction)) {
      last = next;
      count -= 1;
    }
    if (count < MIN_AHEAD) return;
    batches += 1;
    const mine = batches;
    batch = mine;
    const width = canvas.width || 640;
    const body = { view_id: viewId, batch, time: last.time, direction, count, width };
    // Whoever wants one that did not come asks for it.
    await request(model, "frames_ahead", body, { signal }).catch(() => null);
    if (mine !== batch) return;
    batch = 0;
    wakeWaiting();
  }
  const wakeWaiting = () => {
    for (const go of waiting.splice(0)) go();
  };
  /** @returns {Promise<void>} */
  const nextArrival = () => new Promise((go) => waiting.push(go));
  onMessage(
    model,
    "kind",
    "frame_ahead",
    async (content, [bytes]) => {
      if (content.view_id !== viewId || content.batch !== batch) return;
      await addFrame(content, bytes);
      cache.keep(MAX_KEPT);
      wakeWaiting();
    },
    signal,
  );

  return {
    el,
    /**
     * Show a time, by what is here.
     * @param {number} time
     */
    show(time) {
      now = time;
      if (player) player.seek(now);
      else paintSoon();
    },
    /**
     * Show a hosted video by its stream; it may tell its length.
     * @param {(length: number) => void} onLength
     */
    async play(onLength) {
      newest += 1;
      const mine = newest;
      const isOld = () => mine !== newest || signal.aborted;
      const failed = () => {
        if (isOld()) return;
        player?.el.remove();
        player = null;
        showNote("Its stream can't be shown here. A time can be chosen all the same.");
      };
      const { answer } = await request(model, "stream", {}, { signal }).catch(() => ({
        answer: {},
      }));
      if (isOld()) return;
      if (!answer.url) {
        failed();
        return;
      }
      const end = new AbortController();
      signal.addEventListener("abort", () => end.abort(), { signal: end.signal });
      const made = videoStream(answer.url, end.signal, { ready: onLength, failed });
      player = { ...made, stop: () => end.abort() };
      canvas.after(made.el);
      made.seek(now);
    },
    /**
     * Use another storyboard; the caller closes the one before.
     * @param {Storyboard} other
     */
    use(other) {
      storyboard = other;
      paintSoon();
    },
    /** Let go of the frames of another video. */
    forget() {
      forgetFrames();
      player?.stop();
      player?.el.remove();
      player = null;
      storyboard = null;
      showNote("");
      context.clearRect(0, 0, canvas.width, canvas.height);
    },
    /** @param {number} time */
    covers: (time) => cache.covers(time),
    /**
     * Get the exact frame at a time, or some frames from there; null where a newer one is wanted.
     * @param {number} time
     */
    async fetch(time, step = 0) {
      newest += 1;
      const mine = newest;
      const direction = step < 0 ? -1 : 1;
      const isNear = () => step !== 0 && cache.covers(time);
      const atHand = () =>
        isNear() && cache.shown ? cache.next(cache.shown, direction) : undefined;
      try {
        while (isNear() && batch && direction === cache.direction && !atHand()) {
          await nextArrival();
        }
        /** @type {Awaited<ReturnType<typeof addFrame>> | undefined} */
        let found = atHand();
        if (!found) {
          const body = { view_id: viewId, time, step, width: canvas.width || 640 };
          const { answer, buffers } = await request(model, "frame", body, { signal });
          if (mine !== newest) return null;
          found = await addFrame(answer, buffers[0]);
        }
        if (mine !== newest || !found) return null;
        cache.shown = found;
        cache.direction = direction;
        cache.keep(MAX_KEPT);
        showNote("");
        paintSoon();
        // Once it is painted: what decodes the next ones would take its time from it.
        requestAnimationFrame(() => {
          setTimeout(() => {
            if (found === cache.shown) fetchAhead();
          });
        });
        return found;
      } catch (error) {
        if (mine === newest && !signal.aborted) showNote(errorText(error));
        return null;
      }
    },
  };
}
