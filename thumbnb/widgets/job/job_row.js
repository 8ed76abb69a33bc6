import { childController } from "../core/browser/child_controller.js";
import { activeElement, childrenOf, h } from "../core/browser/dom.js";
import { errorText, request } from "../core/browser/model.js";
import { costText, durationText, isGoing, STATE_SIGNS, timeLeftText } from "./job_text.js";
import { previewStrip } from "./preview_strip.js";
import { progressBar } from "./progress_bar.js";

/** @import { Model } from "../core/browser/types.js" */
/** @import { JobRow } from "./job_text.js" */

const CANCEL_WARNING =
  "The service has begun. The embedded one stops, and gives back what it has not made; \
a hosted one may finish what it has begun, and that is paid.";

/**
 * One job; its element is made once and brought up to date, so that the focus stays where it is.
 * @param {Model} model
 * @param {JobRow} first
 * @param {AbortSignal} viewSignal
 */
export function jobRow(model, first, viewSignal) {
  const { key } = first;
  const ended = childController(viewSignal);
  const { signal } = ended;
  let row = first;
  let updatedAt = performance.now();

  const sign = h("span", { class: "thumbnb-job-sign", "aria-hidden": "true" });
  const name = h("strong", {});
  const words = h("span", {});
  const time = h("span", { class: "thumbnb-job-time" });
  const credits = h("span", {});
  const timeLeft = h("span", {});
  const next = h("span", {});
  const code = h("code", {});
  const line = h("p", { class: "thumbnb-job-next" }, next, code);
  const bar = progressBar("Progress");
  const strip = previewStrip(model, key, signal);

  /**
   * @param {string} label
   * @param {() => void} onclick
   */
  const button = (label, onclick, props = {}) =>
    h("button", { class: "thumbnb-button", ...props, onclick }, label);
  const askBeforeCancel = () => (row.is_paid ? showQuestion(true) : send("cancel"));
  const detachTitle = "It goes on; here it is no longer watched";
  const cancel = button("Cancel", askBeforeCancel);
  const detach = button("Leave running", () => send("detach"), { title: detachTitle });
  const attach = button("Watch again", () => send("attach"));
  const retry = button("Try again", () => send("retry"));
  const confirm = button("Cancel all the same", () => send("cancel"));
  const keep = button("Keep waiting", () => showQuestion(false));
  const warning = h("p", { class: "thumbnb-job-next" }, CANCEL_WARNING);
  const question = h(
    "div",
    { class: "thumbnb-job-question", hidden: true },
    warning,
    h("div", { class: "thumbnb-job-buttons" }, keep, confirm),
  );
  const buttons = h("div", { class: "thumbnb-job-buttons" }, cancel, detach, attach, retry);

  const figures = h("span", { class: "thumbnb-job-figures" }, timeLeft, credits, time);
  const head = h("div", { class: "thumbnb-job-head" }, sign, name, words, figures);
  const props = { class: "thumbnb-job", "aria-label": first.name, tabindex: -1 };
  const el = h("section", props, head, bar.el, strip.el, line, question, buttons);

  /** @param {"cancel" | "detach" | "attach" | "retry"} kind */
  async function send(kind) {
    showQuestion(false);
    try {
      await request(model, kind, { job: key }, { signal });
    } catch (error) {
      model.set("error", errorText(error));
    }
  }

  /** @param {boolean} on */
  function showQuestion(on) {
    if (question.hidden === !on) return;
    question.hidden = !on;
    cancel.hidden = on || row.state !== "running";
    detach.hidden = cancel.hidden;
    (on ? keep : cancel).focus();
  }

  const updateTimes = () => {
    const isRunning = row.state === "running";
    const age = isRunning ? (performance.now() - updatedAt) / 1000 : 0;
    time.textContent = isRunning ? durationText(row.elapsed + age) : "";
    timeLeft.textContent = isRunning ? timeLeftText(row.eta, age) : "";
  };

  /**
   * @param {HTMLElement} control
   * @param {boolean} on
   */
  const show = (control, on) => {
    // What had the focus and goes gives it to the row: a keyboard must not be lost.
    if (!on && control.matches(":focus")) el.focus();
    control.hidden = !on;
  };

  return {
    el,
    updateTimes,
    row: () => row,
    announcement: () => `${row.name}: ${row.status_text}. ${row.next_step}`,
    /** @param {JobRow} now */
    update(now) {
      row = now;
      updatedAt = performance.now();
      el.dataset.state = row.state;
      el.setAttribute("aria-label", row.name);
      bar.el.setAttribute("aria-label", `Progress of: ${row.name}`);
      sign.textContent = STATE_SIGNS[row.state];
      name.textContent = row.name;
      words.textContent = row.status_text;
      // A failed job's price was perhaps not taken; a done one's is in its summary.
      credits.textContent = isGoing(row) && row.credits !== null ? costText(row.credits) : "";
      next.textContent = row.next_step;
      code.textContent = row.code;
      line.hidden = !row.next_step;
      bar.update(row);
      bar.el.hidden = row.state === "failed" || row.state === "cancelled";
      strip.update(row.previews, row.unfinished ?? []);
      const isRunning = row.state === "running";
      if (!isRunning && !question.hidden) {
        if (question.contains(activeElement(question))) el.focus();
        question.hidden = true;
      }
      show(cancel, isRunning && question.hidden);
      show(detach, isRunning && question.hidden);
      show(attach, row.state === "detached");
      show(retry, row.can_retry);
      retry.textContent = row.credits ? `Try again (${costText(row.credits)})` : "Try again";
      buttons.hidden = childrenOf(buttons).every((each) => each.hidden);
      updateTimes();
    },
    remove() {
      ended.abort();
      strip.clear();
      el.remove();
    },
  };
}
