import { h } from "../core/browser/dom.js";

/**
 * A hosted video has no storyboard: its stream is played to, in the browser, at no cost.
 * Many browsers can't play every stream; then `failed` is called once.
 * @param {string} url
 * @param {AbortSignal} signal
 * @param {{ ready: (length: number) => void, failed: () => void }} callbacks
 */
export function videoStream(url, signal, { ready, failed }) {
  const el = h("video", {
    class: "thumbnb-stream",
    preload: "auto",
    playsinline: true,
    "aria-hidden": "true",
    disablepictureinpicture: true,
  });
  /** @type {number | null} */
  let wanted = null;
  let seeking = false;
  el.muted = true;

  function seekWanted() {
    if (seeking || wanted === null || el.readyState < 1) return;
    seeking = true;
    el.currentTime = wanted;
    wanted = null;
  }
  el.addEventListener(
    "loadedmetadata",
    () => {
      ready(el.duration);
      seekWanted();
    },
    { signal },
  );
  el.addEventListener(
    "seeked",
    () => {
      seeking = false;
      seekWanted();
    },
    { signal },
  );
  el.addEventListener("error", failed, { signal, once: true });
  signal.addEventListener("abort", () => {
    el.removeAttribute("src");
    el.load();
  });
  el.src = url;
  return {
    el,
    /**
     * Show a time; of those that come while one is sought, the newest.
     * @param {number} time
     */
    seek(time) {
      wanted = time;
      seekWanted();
    },
  };
}
