import { clockTime } from "../core/browser/clock_time.js";
import { blobUrl, h } from "../core/browser/dom.js";
import { setTraits } from "../core/browser/message_order.js";
import { errorText, observe, request } from "../core/browser/model.js";

/** @import { Model } from "../core/browser/types.js" */
/** @import { Traits } from "./timestamp_slider.js" */

/**
 * "Use this frame": its size, its progress, and the thumbnail that came of it.
 * @param {Model<Traits>} model
 * @param {AbortSignal} signal
 * @param {() => number} time
 */
export function useFrame(model, signal, time) {
  const choice = h("select", { class: "thumbnb-field", "aria-label": "Size of the thumbnail" });
  /** @param {string} label */
  const sideInput = (label) =>
    h("input", {
      class: "thumbnb-field thumbnb-use-side",
      type: "text",
      inputmode: "numeric",
      "aria-label": label,
      placeholder: label.toLowerCase(),
      maxlength: 5,
    });
  const width = sideInput("Width");
  const height = sideInput("Height");
  const custom = h("span", { class: "thumbnb-use-custom", hidden: true }, width, "\u00d7", height);
  const wrong = h("div", { class: "thumbnb-wrong", role: "alert", hidden: true });
  const button = h("button", { class: "thumbnb-button thumbnb-primary" }, "Use this frame");
  const status = h("span", { class: "thumbnb-quiet", role: "status" });
  const bar = h("progress", { class: "thumbnb-upload-bar", max: 1, "aria-label": "Progress" });
  const busy = h("div", { class: "thumbnb-use-busy", hidden: true }, bar, status);
  const image = h("img", { alt: "" });
  const caption = h("figcaption", { class: "thumbnb-quiet" });
  const figure = h("figure", { class: "thumbnb-use-made", hidden: true }, image, caption);
  const row = h("div", { class: "thumbnb-use-row" }, button, choice, custom);
  const el = h("div", { class: "thumbnb-use" }, row, wrong, busy, figure);

  observe(
    model,
    ["size"],
    () => {
      const [across, down] = model.get("size");
      const native = across ? `As the video, ${across}\u00d7${down}` : "As the video";
      const before = choice.selectedIndex;
      const sizes = model.get("frame_sizes");
      choice.replaceChildren(
        ...sizes.map(([w, d]) => h("option", { value: `${w}x${d}` }, `${w}\u00d7${d}`)),
        h("option", { value: "native" }, native),
        h("option", { value: "custom" }, "Custom\u2026"),
      );
      choice.selectedIndex = Math.max(0, before);
    },
    signal,
  );
  choice.addEventListener(
    "change",
    () => {
      custom.hidden = choice.value !== "custom";
      if (!custom.hidden) width.focus();
      showWrong("");
    },
    { signal },
  );
  custom.addEventListener("input", () => showWrong(""), { signal });

  /**
   * @param {string} words
   * @param {HTMLInputElement[]} fields those that are wrong
   */
  function showWrong(words, ...fields) {
    wrong.textContent = words;
    wrong.hidden = !words;
    for (const field of [width, height]) {
      field.setAttribute("aria-invalid", String(fields.includes(field)));
    }
  }

  /** The size chosen; null after saying what is wrong with it. */
  function chosenSize() {
    if (choice.value === "native") return { width: null, height: null };
    if (choice.value !== "custom") {
      const [w, d] = choice.value.split("x").map(Number);
      return { width: w, height: d };
    }
    const [least, most] = model.get("side_limits");
    const sides = [width, height].map((field) => field.value.trim());
    const bad = [width, height].filter((_, index) => {
      const side = sides[index];
      return side && !(/^\d+$/.test(side) && Number(side) >= least && Number(side) <= most);
    });
    if (bad.length)
      showWrong(`A side is a whole number of pixels from ${least} to ${most}.`, ...bad);
    else if (!sides.some(Boolean)) showWrong("Give a width, a height, or both.", width, height);
    else return { width: Number(sides[0]) || null, height: Number(sides[1]) || null };
    return null;
  }

  button.addEventListener(
    "click",
    () => {
      if (!busy.hidden) return;
      const size = chosenSize();
      if (!size) return;
      showWrong("");
      request(model, "use_frame", { time: time(), ...size }, { signal }).catch((error) =>
        setTraits(model, { error: errorText(error) }),
      );
    },
    { signal },
  );

  observe(
    model,
    ["status", "progress"],
    () => {
      const share = model.get("progress");
      status.textContent = model.get("status");
      busy.hidden = !model.get("status");
      // Disabled it would lose the focus.
      button.setAttribute("aria-disabled", String(!busy.hidden));
      if (share < 0) bar.removeAttribute("value");
      else bar.value = share;
    },
    signal,
  );

  let url = "";
  const clear = () => {
    if (url) URL.revokeObjectURL(url);
    url = "";
    figure.hidden = true;
  };
  signal.addEventListener("abort", clear);
  observe(
    model,
    ["thumbnail_version"],
    async () => {
      const version = model.get("thumbnail_version");
      const isOld = () => version !== model.get("thumbnail_version") || signal.aborted;
      if (!version) {
        clear();
        return;
      }
      try {
        const { answer, buffers } = await request(model, "thumbnail", {}, { signal });
        if (isOld()) return;
        clear();
        url = blobUrl(buffers[0]);
        const words = `${answer.size[0]}\u00d7${answer.size[1]} at ${clockTime(answer.time, 2)}`;
        image.src = url;
        image.alt = `Thumbnail, ${words}`;
        caption.textContent = words;
        figure.hidden = false;
      } catch (error) {
        if (!isOld()) setTraits(model, { error: errorText(error) });
      }
    },
    signal,
  );
  return el;
}
