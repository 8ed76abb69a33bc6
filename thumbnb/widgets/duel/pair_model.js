// The duel's model as the feed view knows one: its cells are the two, without labels when blind.

/** @import { CellsModel } from "../grid/types.js" */
/** @import { DuelModel } from "./types.js" */

/**
 * @param {DuelModel} model
 * @returns {CellsModel}
 */
export function pairModel(model) {
  const cells = () =>
    model.get("pair").map((index) => {
      const cell = model.get("cells")[index];
      return model.get("blind") ? { ...cell, caption: "" } : cell;
    });
  /** @param {string} event */
  const eventsOf = (event) =>
    event === "change:cells" ? [event, "change:pair", "change:blind"] : [event];
  return /** @type {any} */ ({
    get: (/** @type {string} */ name) => {
      if (name === "cells") return cells();
      if (name === "selected" || name === "starred") return [];
      return model.get(/** @type {any} */ (name));
    },
    set: () => {},
    save_changes: () => {},
    send: model.send.bind(model),
    on: (/** @type {string} */ event, /** @type {any} */ fn) => {
      for (const each of eventsOf(event)) model.on(each, fn);
    },
    off: (/** @type {string} */ event, /** @type {any} */ fn) => {
      for (const each of eventsOf(event)) model.off(each, fn);
    },
  });
}
