import { clockTime } from "../core/browser/clock_time.js";
import { activeElement, h } from "../core/browser/dom.js";
import { observe } from "../core/browser/model.js";

/** @import { Model } from "../core/browser/types.js" */
/** @import { Traits } from "./timestamp_slider.js" */

/**
 * Seconds or a clock time as a number; NaN where it is neither.
 * @param {string} text
 */
function parseClock(text) {
  const parts = text.trim().split(":");
  const whole = parts
    .slice(0, -1)
    .every((part, i) => /^\d{1,4}$/.test(part) && (!i || Number(part) < 60));
  const last = parts.at(-1) ?? "";
  if (parts.length > 3 || !whole || !/^(\d+(\.\d*)?|\.\d+)$/.test(last)) return NaN;
  if (parts.length > 1 && Number(last) >= 60) return NaN;
  return parts.reduce((sum, part) => sum * 60 + Number(part), 0);
}

/**
 * The time as text, to read and to type.
 * @param {Model<Traits>} model
 * @param {AbortSignal} signal
 * @param {(time: number) => void} onTime
 */
export function timeField(model, signal, onTime) {
  const wrong = h("div", { class: "thumbnb-wrong", role: "alert", hidden: true });
  const input = h("input", {
    class: "thumbnb-field thumbnb-time",
    type: "text",
    autocomplete: "off",
    spellcheck: "false",
    "aria-label": "Time",
    maxlength: 20,
  });
  const total = h("span", { class: "thumbnb-quiet" });
  const el = h("div", {}, h("div", { class: "thumbnb-time-row" }, input, total), wrong);
  let shown = "";

  /** @param {string} words */
  function showWrong(words) {
    wrong.textContent = words;
    wrong.hidden = !words;
    input.setAttribute("aria-invalid", String(Boolean(words)));
  }
  function takeInput() {
    if (input.value.trim() === shown) {
      showWrong("");
      return;
    }
    const time = parseClock(input.value);
    const length = model.get("length");
    if (Number.isNaN(time)) showWrong("Type seconds (83.5) or a clock time (1:23.5).");
    else if (length && time > length) showWrong(`The video ends at ${clockTime(length, 2)}.`);
    else {
      showWrong("");
      onTime(time);
      shown = clockTime(time, 2);
      input.value = shown;
    }
  }
  observe(
    model,
    ["length"],
    () => {
      total.textContent = model.get("length") ? `of ${clockTime(model.get("length"), 2)}` : "";
    },
    signal,
  );
  input.addEventListener("change", takeInput, { signal });
  input.addEventListener(
    "keydown",
    (event) => {
      if (event.key === "Enter") takeInput();
      else if (event.key === "Escape") {
        input.value = shown;
        showWrong("");
      }
    },
    { signal },
  );
  input.addEventListener("focus", () => input.select(), { signal });
  return {
    el,
    /** @param {number} time */
    show(time) {
      shown = clockTime(time, 2);
      if (activeElement(input) !== input) {
        input.value = shown;
        showWrong("");
      }
    },
  };
}
