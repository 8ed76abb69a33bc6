import { childrenOf, h } from "../core/browser/dom.js";

/** @import { JobRow } from "./job_text.js" */

const MAX_PARTS = 24;

/**
 * A bar with a part for each image, so that each can be seen to arrive.
 * @param {string} name
 */
export function progressBar(name) {
  const el = h("div", {
    class: "thumbnb-bar",
    role: "progressbar",
    "aria-label": name,
    "aria-valuemin": 0,
    "aria-valuemax": 100,
  });
  return {
    el,
    /** @param {Pick<JobRow, "state" | "fraction" | "done" | "total" | "status_text">} row */
    update({ state, fraction, done, total, status_text }) {
      const count = Math.min(Math.max(total ?? 1, 1), MAX_PARTS);
      while (el.children.length < count) el.append(h("span", {}, h("span", {})));
      while (el.children.length > count) el.lastElementChild?.remove();
      const arrived = total ? ((done ?? 0) / total) * count : 0;
      const reached = state === "done" ? count : Math.max(arrived, (fraction ?? 0) * count);
      const isUnknown = state === "running" && fraction === null;
      childrenOf(el).forEach((part, index) => {
        const share = Math.min(1, Math.max(0, reached - index));
        const [fill] = childrenOf(part);
        fill.style.width = `${share * 100}%`;
        const isNext = share < 1 && reached >= index && reached < index + 1;
        part.classList.toggle("thumbnb-bar-unknown", isUnknown && isNext);
      });
      el.setAttribute("aria-valuetext", status_text);
      if (isUnknown) el.removeAttribute("aria-valuenow");
      else el.setAttribute("aria-valuenow", String(Math.round((reached / count) * 100)));
    },
  };
}
