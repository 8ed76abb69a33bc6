import { sendFile } from "../core/browser/chunked_upload.js";
import { h } from "../core/browser/dom.js";
import { errorText, observe, request } from "../core/browser/model.js";

/** @import { Model } from "../core/browser/types.js" */
/** @import { Traits } from "./timestamp_slider.js" */

/**
 * Where there is no video yet: a file from this computer, or an address.
 * @param {Model<Traits>} model
 * @param {AbortSignal} signal
 */
export function videoUpload(model, signal) {
  const maxBytes = model.get("max_bytes");
  const file = h("input", {
    type: "file",
    accept: "video/*,.mkv,.ts",
    class: "thumbnb-unseen",
    tabindex: -1,
    "aria-label": "Video file",
  });
  const choose = h("button", { class: "thumbnb-button thumbnb-primary" }, "Choose a video\u2026");
  const url = h("input", {
    class: "thumbnb-field thumbnb-upload-url",
    type: "url",
    placeholder: "https://\u2026",
    "aria-label": "Address of a video",
    maxlength: 8000,
  });
  const open = h("button", { class: "thumbnb-button", type: "submit" }, "Open");
  const form = h("form", { class: "thumbnb-upload-row", novalidate: true }, url, open);
  const status = h("span", { role: "status" });
  const bar = h("progress", { class: "thumbnb-upload-bar", max: 1, "aria-label": "Progress" });
  const stop = h("button", { class: "thumbnb-button" }, "Cancel");
  const busy = h("div", { class: "thumbnb-upload-row", hidden: true }, bar, status, stop);
  const hint = `or drop one here, up to ${Math.floor(maxBytes / 2 ** 20)} MB`;
  const chooseRow = h(
    "div",
    { class: "thumbnb-upload-row" },
    choose,
    file,
    h("span", { class: "thumbnb-quiet" }, hint),
  );
  const ready = h("div", { class: "thumbnb-upload-ready" }, chooseRow, form);
  const wrong = h("div", { class: "thumbnb-wrong", role: "alert", hidden: true });
  const el = h("div", { class: "thumbnb-upload" }, ready, busy, wrong);
  /** @type {AbortController | null} */
  let sending = null;

  /** @param {string} words */
  function showWrong(words) {
    wrong.textContent = words;
    wrong.hidden = !words;
  }
  /**
   * @param {string} words
   * @param {number} share below 0 where it is not known
   */
  function showProgress(words, share) {
    status.textContent = words;
    busy.hidden = !words;
    ready.hidden = Boolean(words);
    if (share < 0) bar.removeAttribute("value");
    else bar.value = share;
  }
  observe(
    model,
    ["status", "progress"],
    () => {
      if (!sending) showProgress(model.get("status"), model.get("progress"));
    },
    signal,
  );
  observe(
    model,
    ["view"],
    () => {
      el.hidden = model.get("view") !== "upload";
    },
    signal,
  );

  /** @param {File | undefined} chosen */
  async function send(chosen) {
    if (!chosen || sending) return;
    showWrong("");
    const mine = new AbortController();
    sending = mine;
    const ended = AbortSignal.any([signal, mine.signal]);
    /** @param {number} share */
    const onProgress = (share) => {
      if (ended.aborted) return;
      showProgress(`Sending ${chosen.name}, ${Math.round(share * 100)} %`, share);
    };
    try {
      onProgress(0);
      await sendFile(model, "upload_part", chosen, { maxBytes, onProgress, signal: ended });
    } catch (error) {
      showWrong(errorText(error));
    }
    if (sending !== mine) return;
    sending = null;
    showProgress(model.get("status"), model.get("progress"));
  }
  choose.addEventListener("click", () => file.click(), { signal });
  file.addEventListener(
    "change",
    () => {
      send(file.files?.[0]);
      file.value = "";
    },
    { signal },
  );
  el.addEventListener(
    "dragover",
    (event) => {
      event.preventDefault();
      el.dataset.over = "true";
    },
    { signal },
  );
  el.addEventListener("dragleave", () => delete el.dataset.over, { signal });
  el.addEventListener(
    "drop",
    (event) => {
      event.preventDefault();
      delete el.dataset.over;
      send(event.dataTransfer?.files[0]);
    },
    { signal },
  );
  form.addEventListener(
    "submit",
    (event) => {
      event.preventDefault();
      const address = url.value.trim();
      if (!/^https?:\/\/\S+$/i.test(address)) {
        showWrong("An address starts with http:// or https://.");
        return;
      }
      showWrong("");
      request(model, "upload_url", { url: address }, { signal }).catch((error) =>
        showWrong(errorText(error)),
      );
    },
    { signal },
  );
  stop.addEventListener(
    "click",
    () => {
      sending?.abort();
      sending = null;
      showProgress("", -1);
      request(model, "cancel_upload", {}, { signal }).catch((error) => showWrong(errorText(error)));
    },
    { signal },
  );
  return el;
}
