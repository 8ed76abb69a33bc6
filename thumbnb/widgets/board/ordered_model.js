// The board's model as the views of the grid know one: its cells are those that pass the filter,
// in the order they are sorted by, counted from 0 in that order.

import { ratingText } from "./cell_choices.js";

/** @import { GridModel } from "../grid/types.js" */
/** @import { BoardModel } from "./types.js" */

const INDEX_LISTS = ["selected", "starred"];
const FOLLOWS_ORDER = ["cells", "selected", "starred", "focused", "titles", "durations"];

/**
 * @param {BoardModel} model
 * @returns {GridModel}
 */
export function orderedModel(model) {
  const order = () => model.get("order").filter((index) => index < model.get("cells").length);
  /** @param {number} index */
  const placeOf = (index) => order().indexOf(index);
  /** @param {number} index */
  const cellAt = (index) => {
    const cell = model.get("cells")[index];
    const rating = model.get("ratings")[index];
    const score = cell.score === undefined ? "" : cell.score.toFixed(2);
    const rejected = model.get("rejected").includes(index) && "rejected";
    const parts = [rejected, rating && ratingText(rating), score, cell.caption];
    return { ...cell, caption: parts.filter(Boolean).join(" \u00b7 ") };
  };
  /** @type {Record<string, () => unknown>} */
  const getters = {
    cells: () => order().map(cellAt),
    selected: () =>
      model
        .get("selected")
        .map(placeOf)
        .filter((at) => at >= 0),
    starred: () =>
      model
        .get("starred")
        .map(placeOf)
        .filter((at) => at >= 0),
    focused: () => placeOf(model.get("focused")),
    columns: () => null,
  };
  /**
   * What a view sets, as the board has it: what the view doesn't show stays as it is.
   * @param {string} name
   * @param {any} value
   */
  const ownValue = (name, value) => {
    const shown = order();
    if (name === "focused") return shown[value] ?? -1;
    if (!INDEX_LISTS.includes(name)) return value;
    const before = model.get(/** @type {"selected" | "starred"} */ (name));
    const hidden = before.filter((index) => !shown.includes(index));
    return [...hidden, ...value.map((/** @type {number} */ at) => shown[at])];
  };
  /** @param {string} event */
  const eventsOf = (event) => {
    const name = event.replace("change:", "");
    if (name === "cells") return [event, "change:order", "change:ratings", "change:rejected"];
    return FOLLOWS_ORDER.includes(name) ? [event, "change:order"] : [event];
  };
  return /** @type {any} */ ({
    get: (/** @type {string} */ name) => {
      const get = getters[name];
      return get ? get() : model.get(/** @type {any} */ (name));
    },
    set: (/** @type {string} */ name, /** @type {unknown} */ value) =>
      model.set(/** @type {any} */ (name), ownValue(name, value)),
    save_changes: () => model.save_changes(),
    send: (
      /** @type {any} */ content,
      /** @type {unknown} */ callbacks,
      /** @type {ArrayBuffer[]} */ buffers,
    ) => {
      if (content.kind !== "set") return model.send(content, callbacks, buffers);
      const own = Object.entries(content.traits).map(([name, value]) => [
        name,
        ownValue(name, value),
      ]);
      model.send({ ...content, traits: Object.fromEntries(own) }, callbacks, buffers);
    },
    on: (/** @type {string} */ event, /** @type {any} */ fn) => {
      for (const each of eventsOf(event)) model.on(each, fn);
    },
    off: (/** @type {string} */ event, /** @type {any} */ fn) => {
      for (const each of eventsOf(event)) model.off(each, fn);
    },
  });
}
