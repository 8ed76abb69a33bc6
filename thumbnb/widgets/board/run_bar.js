// How far the run is, what it cost, and the buttons that pause, stop and retry it.

import { segmentedButtons } from "../controls/buttons/segmented_buttons.js";
import { activeElement, h } from "../core/browser/dom.js";
import { setTraits } from "../core/browser/message_order.js";
import { errorText, observe, request } from "../core/browser/model.js";

/** @import { Actions, BoardModel } from "./types.js" */

const MODES = /** @type {const} */ ({
  Table: "table",
  List: "list",
  Compare: "compare",
  Feed: "feed",
});

/**
 * Ask Python to control the run.
 * @param {BoardModel} model
 * @param {string} action
 * @param {object} [more]
 */
export async function control(model, action, more = {}) {
  try {
    await request(model, "control", { action, ...more });
  } catch (error) {
    setTraits(model, { error: errorText(error) });
  }
}

/**
 * The indices of the cells that failed.
 * @param {BoardModel} model
 */
export function failedCells(model) {
  const cells = model.get("cells");
  return cells.flatMap((cell, index) => (cell.progress === "failed" ? [index] : []));
}

/**
 * @param {{
 *   model: BoardModel, signal: AbortSignal, actions: Actions, more: HTMLElement[],
 * }} context `more` stands at the end of the line
 */
export function runBar({ model, signal, actions, more }) {
  const title = h("strong", { class: "thumbnb-grid-title" });
  const words = h("span", { class: "thumbnb-quiet", role: "status" });
  const fill = h("span", {});
  const bar = h("div", {
    class: "thumbnb-board-progress",
    role: "progressbar",
    "aria-label": "Images made",
    "aria-valuemin": 0,
  });
  bar.append(fill);
  /**
   * @param {string} label
   * @param {string} explained
   * @param {() => void} onclick
   */
  const button = (label, explained, onclick) =>
    h("button", { class: "thumbnb-button", title: explained, onclick }, label);
  const pause = button("Pause", "Send nothing more for now; what is under way goes on", () =>
    control(model, model.get("progress").state === "running" ? "pause" : "resume"),
  );
  const stop = button("Stop", "Send nothing more; what was sent is paid, and comes", () =>
    control(model, "stop"),
  );
  const retry = button("Retry", "Ask again for the cells that failed", () =>
    actions.retry(failedCells(model)),
  );
  const problem = h("p", { class: "thumbnb-board-problem", role: "alert", hidden: true });
  const names = /** @type {(keyof typeof MODES)[]} */ (Object.keys(MODES));
  const modes = segmentedButtons(
    "View",
    names,
    (name) => {
      setTraits(model, { mode: MODES[/** @type {keyof typeof MODES} */ (name)] });
    },
    signal,
  );
  observe(
    model,
    ["mode", "title"],
    () => {
      modes.press(names.find((name) => MODES[name] === model.get("mode")) ?? "Table");
      title.textContent = model.get("title");
      title.hidden = !model.get("title");
    },
    signal,
  );
  observe(
    model,
    ["progress"],
    () => {
      const { state, made, failed, total, problem: why, words: text } = model.get("progress");
      const resumable = state === "stopped";
      const going = state === "running" || state === "paused";
      if (words.textContent !== text) words.textContent = text ?? "";
      problem.hidden = !why;
      if (problem.textContent !== why) problem.textContent = why ?? "";
      bar.hidden = !going;
      bar.setAttribute("aria-valuemax", String(total ?? 0));
      bar.setAttribute("aria-valuenow", String(made ?? 0));
      fill.style.width = `${(100 * (made ?? 0)) / (total || 1)}%`;
      const hadFocus = activeElement(pause) === pause || activeElement(pause) === stop;
      pause.textContent = state === "running" ? "Pause" : "Resume";
      pause.hidden = !going && !resumable;
      stop.hidden = !going;
      retry.hidden = !failed;
      retry.textContent = `Retry ${failed} failed`;
      if (hadFocus && state === "finished")
        /** @type {HTMLElement} */ (modes.el.firstElementChild).focus();
    },
    signal,
  );
  const space = h("span", { class: "thumbnb-grow" });
  const line = h(
    "div",
    { class: "thumbnb-bar-line" },
    title,
    words,
    pause,
    stop,
    retry,
    space,
    modes.el,
    ...more,
  );
  return h("div", {}, line, bar, problem);
}
