// A model as the views of the grid know one: its cells are those that pass the filter, in the
// order they are sorted by, counted from 0 in that order. Python works the order out (`order`).

/** @import { Model } from "../core/browser/types.js" */
/** @import { Cell, GridModel } from "./types.js" */

const INDEX_LISTS = ["selected", "starred"];
const FOLLOWS_ORDER = ["cells", "selected", "starred", "focused", "titles", "durations"];

/**
 * The model of a view; `cellAt` returns a cell as it is to be shown, `cellTraits` are further
 * traits that follows from, `others` are traits that the view has other values of.
 * @param {Model<any>} model
 * @param {(index: number) => Cell} cellAt
 * @param {{ cellTraits?: string[], others?: Record<string, () => unknown> }} [more]
 * @returns {GridModel}
 */
export function orderedModel(model, cellAt, { cellTraits = [], others = {} } = {}) {
  const order = () =>
    /** @type {number[]} */ (model.get("order")).filter(
      (index) => index < model.get("cells").length,
    );
  /** @param {number} index */
  const placeOf = (index) => order().indexOf(index);
  /** @type {Record<string, () => unknown>} */
  const getters = {
    cells: () => order().map(cellAt),
    selected: () =>
      /** @type {number[]} */ (model.get("selected")).map(placeOf).filter((at) => at >= 0),
    starred: () =>
      /** @type {number[]} */ (model.get("starred")).map(placeOf).filter((at) => at >= 0),
    focused: () => placeOf(model.get("focused")),
    ...others,
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
    const before = /** @type {number[]} */ (model.get(name));
    const hidden = before.filter((index) => !shown.includes(index));
    return [...hidden, ...value.map((/** @type {number} */ at) => shown[at])];
  };
  /** @param {string} event */
  const eventsOf = (event) => {
    const name = event.replace("change:", "");
    if (name === "cells") {
      return [event, "change:order", ...cellTraits.map((each) => `change:${each}`)];
    }
    return FOLLOWS_ORDER.includes(name) ? [event, "change:order"] : [event];
  };
  return /** @type {any} */ ({
    get: (/** @type {string} */ name) => {
      const get = getters[name];
      return get ? get() : model.get(name);
    },
    set: (/** @type {string} */ name, /** @type {unknown} */ value) =>
      model.set(name, ownValue(name, value)),
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
