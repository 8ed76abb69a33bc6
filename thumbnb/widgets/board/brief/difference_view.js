// How two briefs differ, word by word: each beside its image.

import { h } from "../../core/browser/dom.js";
import { errorText, request } from "../../core/browser/model.js";

/** @import { Model } from "../../core/browser/types.js" */
/** @import { Difference } from "../types.js" */

/** @param {string} name */
const plainName = (name) => name.replaceAll("_", " ");

/**
 * One of the two texts; what the other has not is marked.
 * @param {Difference["fields"][number]["parts"]} parts
 * @param {"removed" | "added"} own
 */
function sideText(parts, own) {
  const tag = own === "removed" ? "del" : "ins";
  const shown = parts.filter(([kind, text]) => text && (kind === "same" || kind === own));
  const words = shown.flatMap(([kind, text]) => {
    if (kind === "same") return [text];
    const [space] = /^\s*/.exec(text) ?? [""]; // it is not a part of what is marked
    return [space, h(tag, {}, text.slice(space.length))];
  });
  return h("dd", {}, ...(words.length ? words : [h("span", { class: "thumbnb-quiet" }, "\u2014")]));
}

/**
 * The difference as elements.
 * @param {Difference} difference
 */
export function differenceList({ fields, same }) {
  if (!fields.length) {
    const words = "Both have the same brief; they are two takes of it.";
    return [h("p", { class: "thumbnb-quiet" }, words)];
  }
  const rows = fields.map(({ name, parts }) =>
    h(
      "div",
      { class: "thumbnb-difference-field" },
      h("dt", {}, plainName(name)),
      sideText(parts, "removed"),
      sideText(parts, "added"),
    ),
  );
  const alike = same.length && `The same in both: ${same.map(plainName).join(", ")}.`;
  return [h("dl", {}, ...rows), alike && h("p", { class: "thumbnb-quiet" }, alike)].filter(
    (each) => each instanceof HTMLElement,
  );
}

/**
 * The difference of two cells, asked for when show(first, second) is called.
 * @param {Model} model
 * @param {AbortSignal} signal
 */
export function differenceView(model, signal) {
  const el = h("section", {
    class: "thumbnb-difference",
    "aria-label": "Difference of the briefs",
  });
  let requested = "";
  return {
    el,
    /**
     * @param {number} first
     * @param {number} second
     */
    async show(first, second) {
      const key = `${first}/${second}`;
      if (requested === key) return;
      requested = key;
      try {
        const { answer } = await request(model, "difference", { first, second }, { signal });
        if (requested === key) el.replaceChildren(...differenceList(answer));
      } catch (error) {
        if (requested === key)
          el.replaceChildren(h("p", { class: "thumbnb-quiet" }, errorText(error)));
      }
    },
  };
}
