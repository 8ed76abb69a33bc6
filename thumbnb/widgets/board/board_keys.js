// The keys of the board, and what they do at the cell with the focus.

import { h, targetOf } from "../core/browser/dom.js";
import { setTraits } from "../core/browser/message_order.js";
import { changeSize, swapAxes } from "./arrange_bar.js";
import { mark, rate } from "./cell_choices.js";
import { stepTab } from "./table/axis_tabs.js";

/** @import { Actions, BoardModel } from "./types.js" */

/** @type {[string, string][]} */
const HELP = [
  ["Arrows, Home, End", "go to another cell"],
  ["Enter", "look at it in full"],
  ["1 to 5, 0", "rate it, or no longer"],
  ["s", "star it"],
  ["x", "reject it"],
  ["n", "write a note"],
  ["Space", "select it"],
  ["c", "compare it with the one selected, word by word"],
  ["m", "remix it in the studio"],
  ["r", "retry it where it failed"],
  ["t", "swap rows and columns"],
  ["[ and ]", "the tab before, the next"],
  ["+ and \u2212", "larger, smaller images"],
  ["Escape", "back to the table"],
  ["?", "these keys"],
];

/** The list of all keys. */
export function keyHelp() {
  const rows = HELP.flatMap(([keys, does]) => [h("dt", {}, h("kbd", {}, keys)), h("dd", {}, does)]);
  return h("dl", { class: "thumbnb-board-keys", hidden: true }, ...rows);
}

/**
 * Take the keys of the board, wherever in it a cell has the focus.
 * @param {{
 *   el: HTMLElement, model: BoardModel, signal: AbortSignal, actions: Actions,
 *   toggleHelp: () => void, back: () => void,
 * }} context
 */
export function takeKeys({ el, model, signal, actions, toggleHelp, back }) {
  /** @type {Record<string, (index: number) => void>} */
  const atCell = {
    Enter: actions.open,
    s: (index) => mark(model, "starred", index),
    " ": (index) => mark(model, "selected", index),
    x: (index) => mark(model, "rejected", index),
    n: actions.write,
    c: actions.compare,
    m: actions.remix,
    r: (index) => actions.retry([index]),
    0: (index) => rate(model, index, 0),
  };
  for (const rating of [1, 2, 3, 4, 5]) atCell[rating] = (index) => rate(model, index, rating);
  /** @type {Record<string, () => void>} */
  const inTable = {
    t: () => swapAxes(model),
    "[": () => stepTab(model, -1),
    "]": () => stepTab(model, 1),
    "+": () => changeSize(model, 1),
    "=": () => changeSize(model, 1),
    "-": () => changeSize(model, -1),
  };
  el.addEventListener(
    "keydown",
    (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const target = targetOf(event);
      if (/^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) || target.closest("dialog")) return;
      if (target.tagName === "BUTTON" && /^( |Enter)$/.test(event.key)) return;
      const isTable = model.get("mode") === "table";
      const cell = target.closest("[role=gridcell], [role=option]");
      const index = model.get("focused");
      let act;
      if (cell && index >= 0) act = atCell[event.key] && (() => atCell[event.key](index));
      if (!act && cell && isTable) act = inTable[event.key];
      if (!act && event.key === "?") act = toggleHelp;
      if (!act && event.key === "Escape")
        act = isTable ? () => setTraits(model, { selected: [] }) : back;
      if (!act) return;
      event.preventDefault();
      event.stopPropagation();
      act();
    },
    { signal, capture: true },
  );
}
