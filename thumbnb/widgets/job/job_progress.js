import { h } from "../core/browser/dom.js";
import { errorArea } from "../core/browser/error_area.js";
import { observe, onKernelLost, trySend } from "../core/browser/model.js";
import { jobRow } from "./job_row.js";
import { isGoing, lostRow } from "./job_text.js";
import { progressBar } from "./progress_bar.js";

/** @import { View, WidgetTraits } from "../core/browser/types.js" */
/** @import { JobRow } from "./job_text.js" */
/** @typedef {WidgetTraits & { rows: JobRow[], fraction: number | null }} Traits */

export default {
  /** @param {View<Traits>} view */
  render({ model, el, signal }) {
    /** @type {Map<string, ReturnType<typeof jobRow>>} */
    const shown = new Map();
    const spoken = h("div", { class: "thumbnb-unseen", role: "status" });
    const sum = h("span", {});
    const all = progressBar("Progress of all jobs");
    const head = h("div", { class: "thumbnb-jobs-head", hidden: true }, sum, all.el);
    const list = h("div", { class: "thumbnb-job-list" });
    el.classList.add("thumbnb");
    el.append(h("div", { class: "thumbnb-jobs" }, head, list, spoken), errorArea(model, signal));

    let isKernelLost = false;
    const show = () => {
      const rows = model
        .get("rows")
        .map((row) => (isKernelLost && isGoing(row) ? lostRow(row) : row));
      const keys = new Set(rows.map((row) => row.key));
      for (const [key, job] of shown) {
        if (keys.has(key)) continue;
        job.remove();
        shown.delete(key);
      }
      const news = [];
      for (const row of rows) {
        const before = shown.get(row.key);
        const job = before ?? jobRow(model, row, signal);
        // Only the turns of a job are announced; its progress is there to be asked for.
        const hasTurned = before && before.row().state !== row.state;
        job.update(row);
        if (hasTurned) news.push(job.announcement());
        if (!before) {
          shown.set(row.key, job);
          list.append(job.el);
        }
      }
      if (news.length) spoken.textContent = news.join(" ");
      const running = rows.filter((row) => row.state === "running").length;
      head.hidden = rows.length < 2 || isKernelLost;
      sum.textContent = `${rows.length - running} of ${rows.length} jobs ended`;
      all.update({
        state: running ? "running" : "done",
        fraction: model.get("fraction"),
        done: null,
        total: null,
        status_text: sum.textContent,
      });
    };
    observe(model, ["rows", "fraction"], show, signal);
    const loseKernel = () => {
      isKernelLost = true;
      show();
    };
    onKernelLost(model, loseKernel, signal);

    const timer = setInterval(() => {
      for (const job of shown.values()) if (job.row().state === "running") job.updateTimes();
    }, 1000);
    signal.addEventListener("abort", () => {
      clearInterval(timer);
      for (const job of shown.values()) job.remove();
    });
    // The state that a view is made from may be old.
    const isAnyGoing = [...shown.values()].some((job) => isGoing(job.row()));
    if (isAnyGoing && !trySend(model, { kind: "refresh" })) loseKernel();
  },
};
