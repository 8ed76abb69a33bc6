// The whole brief of one cell, what became of it, and all that can be done with it.

import { activeElement, h } from "../../core/browser/dom.js";
import { errorText, observe, request } from "../../core/browser/model.js";
import { throttle } from "../../core/browser/throttle.js";
import { choicesOf, isChoosable, mark, rate, STARS, writeNote } from "../cell_choices.js";

/** @import { Actions, BoardModel, Brief } from "../types.js" */

const MAX_NOTE = 500;
const HOVER_MS = 120;

/** @param {string} name */
const plainName = (name) => name.replaceAll("_", " ");

/**
 * @param {[string, string][]} pairs
 * @param {string} kind
 */
function pairList(pairs, kind) {
  const rows = pairs.flatMap(([name, value]) => [h("dt", {}, plainName(name)), h("dd", {}, value)]);
  return h("dl", { class: kind }, ...rows);
}

/**
 * A brief as elements.
 * @param {Brief} brief
 */
function briefElements({ labels, prompt, fields, error, cost, scores }) {
  const values = scores.map(
    ([name, value]) => /** @type {[string, string]} */ ([name, value.toFixed(2)]),
  );
  const shown = [
    error && h("p", { class: "thumbnb-brief-error" }, error),
    cost && h("p", { class: "thumbnb-quiet" }, cost),
    labels.length && pairList(labels, "thumbnb-brief-labels"),
    h("blockquote", {}, prompt),
    fields.length && pairList(fields, ""),
    values.length && h("h3", {}, "Scores"),
    values.length && pairList(values, "thumbnb-brief-scores"),
  ];
  return shown.filter((each) => each instanceof HTMLElement);
}

/**
 * The panel: of the cell under the pointer, else of the one at the keyboard.
 * @param {{ model: BoardModel, signal: AbortSignal, actions: Actions }} context
 */
export function briefPanel({ model, signal, actions }) {
  let pointed = -1;
  let shownIndex = -1;
  /** @type {Map<string, Promise<Brief>>} */
  const briefs = new Map();

  /**
   * @param {string} label
   * @param {string} key
   * @param {(index: number) => void} act
   * @param {string} [text] where it is not the label
   */
  const button = (label, key, act, text) =>
    h(
      "button",
      {
        class: "thumbnb-button",
        "aria-label": text && label,
        title: `${label} (${key})`,
        onclick: () => act(shownIndex),
      },
      text ?? label,
    );
  const star = button("Star", "s", (index) => mark(model, "starred", index));
  const reject = button("Reject", "x", (index) => mark(model, "rejected", index));
  const rates = STARS.map((rating) =>
    button(`Rate ${rating} of 5`, String(rating), (index) => rate(model, index, rating), "\u2605"),
  );
  const rating = h(
    "div",
    { class: "thumbnb-brief-rating", role: "group", "aria-label": "Rating" },
    ...rates,
  );
  const open = button("Open", "Enter", actions.open);
  const compare = button("Compare", "c", actions.compare);
  const remix = button("Remix", "m", actions.remix);
  const retry = button("Retry", "r", (index) => actions.retry([index]));
  const name = h("strong", { class: "thumbnb-brief-name" });
  const note = h("textarea", {
    class: "thumbnb-field",
    rows: "2",
    maxlength: String(MAX_NOTE),
    placeholder: "A note (n)",
    "aria-label": "Note",
  });
  const text = h("div", { class: "thumbnb-brief-text", tabindex: "0", role: "region" });
  text.setAttribute("aria-label", "The whole brief");
  const marks = h("div", { class: "thumbnb-brief-marks" }, rating, star, reject);
  const doings = h("div", { class: "thumbnb-brief-actions" }, open, compare, remix, retry);
  const empty = h(
    "p",
    { class: "thumbnb-quiet" },
    "Point at a cell, or go to it with the arrow keys, to read its whole brief.",
  );
  const whole = h("div", { class: "thumbnb-brief-whole" }, name, marks, doings, text, note);
  const el = h("aside", { class: "thumbnb-brief", "aria-label": "Brief" }, empty, whole);

  const saveNote = () => {
    // A note stands for the cell at the keyboard: the pointer left long ago.
    writeNote(model, Number(note.dataset.index), note.value.trim());
  };
  note.addEventListener("change", saveNote, { signal });
  note.addEventListener(
    "keydown",
    (event) => {
      if (event.key !== "Escape" && !(event.key === "Enter" && !event.shiftKey)) return;
      event.preventDefault();
      saveNote();
      leave();
    },
    { signal },
  );
  let leave = () => {};

  /** @param {number} index */
  const fetchBrief = (index) => {
    const { id, progress, state } = model.get("cells")[index];
    const key = `${id}/${progress}/${state}`;
    let brief = briefs.get(key);
    if (!brief) {
      brief = request(model, "brief", { id }, { signal }).then(({ answer }) => answer);
      brief.catch(() => briefs.delete(key)); // it is asked for again
      briefs.set(key, brief);
    }
    return brief;
  };
  const showChoices = () => {
    if (shownIndex < 0) return;
    const { isStarred, isRejected, rating: given, note: words } = choicesOf(model, shownIndex);
    const isThere = isChoosable(model, shownIndex);
    star.setAttribute("aria-pressed", String(isStarred));
    reject.setAttribute("aria-pressed", String(isRejected));
    rates.forEach((each, at) => {
      each.setAttribute("aria-pressed", String(at + 1 === given));
      each.toggleAttribute("data-on", at < given);
    });
    for (const each of [star, reject, ...rates, open, compare]) each.disabled = !isThere;
    note.disabled = !isThere;
    retry.hidden = model.get("cells")[shownIndex].progress !== "failed";
    if (activeElement(note) !== note || note.dataset.index !== String(shownIndex)) {
      note.value = words;
      note.dataset.index = String(shownIndex);
    }
  };
  const show = async () => {
    const cells = model.get("cells");
    const isWriting = activeElement(note) === note;
    const wanted = pointed >= 0 && !isWriting ? pointed : model.get("focused");
    const index = wanted < cells.length ? wanted : -1;
    shownIndex = index;
    empty.hidden = index >= 0;
    whole.hidden = index < 0;
    if (index < 0) return;
    name.textContent = cells[index].caption || `Image ${index + 1}`;
    showChoices();
    /** @type {HTMLElement[]} */
    let made;
    try {
      made = briefElements(await fetchBrief(index));
    } catch (error) {
      made = [h("p", { class: "thumbnb-quiet" }, errorText(error))];
    }
    if (shownIndex === index && !signal.aborted) text.replaceChildren(...made);
  };
  const showSoon = throttle(show, HOVER_MS);
  observe(model, ["cells"], show, signal);
  observe(
    model,
    ["focused"],
    () => {
      pointed = -1; // the keyboard goes on, wherever the pointer was left
      show();
    },
    signal,
  );
  observe(model, ["starred", "rejected", "ratings", "notes"], showChoices, signal);
  return {
    el,
    /** @param {number} index the cell under the pointer, or -1 */
    pointAt(index) {
      if (index === pointed) return;
      pointed = index;
      showSoon.pause();
      showSoon();
    },
    /** @param {() => void} back where the keyboard goes once the note is written */
    write(back) {
      pointed = -1;
      show();
      leave = back;
      if (!note.disabled) note.focus();
    },
  };
}
