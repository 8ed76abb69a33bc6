/**
 * A hosted video has no storyboard: its stream is played to, in the browser, at no cost.
 * Many browsers can't play every stream; then `failed` is called once.
 */
function stream(url, signal, { ready, failed }) {
  const el = h("video", {
    class: "thumbnb-stream", preload: "auto", playsinline: true, "aria-hidden": "true",
    disablepictureinpicture: true,
  });
  let wanted = null;
  let going = false;
  el.muted = true;

  function go() {
    if (going || wanted === null || el.readyState < 1) return;
    going = true;
    el.currentTime = wanted;
    wanted = null;
  }
  const listen = (name, listener) => el.addEventListener(name, listener, { signal });
  listen("loadedmetadata", () => {
    ready(el.duration);
    go();
  });
  listen("seeked", () => {
    going = false;
    go();
  });
  listen("error", failed, { once: true });
  signal.addEventListener("abort", () => {
    el.removeAttribute("src");
    el.load();
  });
  el.src = url;
  return {
    el,
    /** Show a time; of those that come while one is sought, the newest. */
    seek(time) {
      wanted = time;
      go();
    },
  };
}
