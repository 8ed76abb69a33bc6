// The line over the images: how many there are, which are shown and how, what is done with them.

import { segmentedButtons } from "../controls/buttons/segmented_buttons.js";
import { h } from "../core/browser/dom.js";
import { setTraits } from "../core/browser/message_order.js";
import { errorText, observe, request } from "../core/browser/model.js";

/** @import { Download, GridModel } from "./types.js" */

const VIEWS = /** @type {const} */ ({ Grid: "grid", Compare: "compare", Feed: "feed" });
const SORTS = { "": "As made", starred: "Starred first", score: "Best score first" };

/**
 * How many images there are, and what is chosen of them.
 * @param {GridModel} model
 */
function countText(model) {
  const cells = model.get("cells");
  const shown = model.get("order").length;
  /** @param {string} state */
  const inState = (state) => cells.filter((cell) => cell.state === state).length;
  /** @type {[number, string][]} */
  const counts = [
    [inState("waiting"), "being made"],
    [inState("failed"), "failed"],
    [model.get("selected").length, "selected"],
    [model.get("starred").length, "starred"],
  ];
  const words = counts.filter(([count]) => count).map((each) => each.join(" "));
  const all = cells.length === 1 ? "1 image" : `${cells.length} images`;
  return [shown < cells.length ? `${shown} of ${all}` : all, ...words].join(" \u00b7 ");
}

/**
 * What is shown and in which order: for many images, or where it is set already.
 * @param {GridModel} model
 * @param {AbortSignal} signal
 */
function arrangement(model, signal) {
  const starred = h("button", {
    class: "thumbnb-icon thumbnb-grid-filter",
    title: "Show only those that are starred",
    "aria-label": "Only starred",
    onclick: () => setTraits(model, { show: model.get("show") === "all" ? "starred" : "all" }),
  });
  starred.textContent = "\u2605";
  const options = Object.entries(SORTS).map(([value, words]) => h("option", { value }, words));
  const sort = h("select", { class: "thumbnb-field", "aria-label": "Sort by" }, ...options);
  sort.addEventListener("change", () => setTraits(model, { sort: sort.value }), { signal });
  observe(
    model,
    ["show", "sort", "cells", "starred"],
    () => {
      const isOne = model.get("cells").length < 2;
      sort.value = model.get("sort");
      sort.hidden = isOne && !model.get("sort");
      starred.setAttribute("aria-pressed", String(model.get("show") === "starred"));
      starred.hidden = model.get("show") === "all" && !model.get("starred").length;
    },
    signal,
  );
  return [starred, sort];
}

/**
 * @param {{
 *   model: GridModel, shown: GridModel, signal: AbortSignal,
 *   actions: { download: Download, remove: (ids: number[]) => Promise<unknown> },
 *   fail: (words: string) => void,
 * }} context `shown` is the model of what is shown, in its order
 */
export function gridToolbar({ model, shown, signal, actions, fail }) {
  const title = h("strong", { class: "thumbnb-grid-title" });
  const count = h("span", { class: "thumbnb-quiet", role: "status" });
  const names = /** @type {(keyof typeof VIEWS)[]} */ (Object.keys(VIEWS));
  const views = segmentedButtons(
    "View",
    names,
    (name) => {
      setTraits(model, { view: VIEWS[/** @type {keyof typeof VIEWS} */ (name)] });
    },
    signal,
  );
  const selectedIds = () => shown.get("selected").map((at) => shown.get("cells")[at].id);
  /**
   * @param {HTMLButtonElement} control
   * @param {() => Promise<unknown>} action
   */
  const onPress = (control, action) => {
    const press = async () => {
      control.disabled = true;
      try {
        await action();
      } catch (error) {
        fail(errorText(error));
      }
      control.disabled = false;
      if (!control.hidden) control.focus();
    };
    control.addEventListener("click", press, { signal });
  };
  const save = h("button", { class: "thumbnb-button" });
  onPress(save, () => {
    const there = shown.get("cells").filter((cell) => !cell.state);
    const selected = selectedIds();
    const chosen = there.filter((cell) => selected.includes(cell.id));
    const ids = (chosen.length ? chosen : there).map((cell) => cell.id);
    return actions.download(ids, fail);
  });
  const remove = h("button", { class: "thumbnb-button", title: "From the grid (Delete)" });
  onPress(remove, () => actions.remove(selectedIds()));
  const undo = h("button", { class: "thumbnb-button" }, "Undo");
  onPress(undo, () => request(model, "restore", {}, { signal }));
  observe(
    model,
    ["title"],
    () => {
      title.textContent = model.get("title");
      title.hidden = !model.get("title");
    },
    signal,
  );
  observe(
    model,
    ["cells", "selected", "starred", "order", "removed"],
    () => {
      const words = countText(model);
      if (count.textContent !== words) count.textContent = words;
      const chosen = shown.get("selected").length;
      save.textContent = chosen ? `Download ${chosen}` : "Download all";
      save.hidden = !shown.get("cells").some((cell) => !cell.state);
      remove.textContent = `Remove ${chosen}`;
      remove.hidden = !chosen;
      undo.hidden = !model.get("removed");
      undo.title = `Bring back what was removed last (${model.get("removed")})`;
    },
    signal,
  );
  observe(
    model,
    ["view"],
    () => {
      views.press(names.find((name) => VIEWS[name] === model.get("view")) ?? "Grid");
    },
    signal,
  );
  const space = h("span", { class: "thumbnb-grow" });
  const line = [title, count, undo, space, ...arrangement(model, signal), views.el, remove, save];
  return h("div", { class: "thumbnb-bar-line" }, ...line);
}
