// Where the cells stand in the table, by the axes that are its rows and columns.

/** @import { BoardModel } from "../types.js" */
/**
 * @typedef {{ rows: string[], columns: string[], places: Map<string, number> }} TableLayout
 *   places: the index of the cell at "row,column"
 */

/**
 * The axes that are neither rows nor columns, each with its number.
 * @param {BoardModel} model
 */
export function otherAxes(model) {
  return model
    .get("axes")
    .map((axis, number) => ({ ...axis, number }))
    .filter(({ name }) => name !== model.get("rows") && name !== model.get("columns"));
}

/**
 * @param {BoardModel} model
 * @returns {TableLayout}
 */
export function tableLayout(model) {
  const axes = model.get("axes");
  const row = axes.findIndex((axis) => axis.name === model.get("rows"));
  const column = axes.findIndex((axis) => axis.name === model.get("columns"));
  const tabs = model.get("tabs");
  const others = otherAxes(model);
  /** @type {Map<string, number>} */
  const places = new Map();
  model.get("cells").forEach(({ at }, index) => {
    if (others.some(({ name, number }) => at[number] !== (tabs[name] ?? 0))) return;
    places.set(`${at[row] ?? 0},${at[column] ?? 0}`, index);
  });
  return {
    rows: axes[row]?.labels ?? [""],
    columns: axes[column]?.labels ?? [""],
    places,
  };
}

/**
 * The cell next to a place in a direction: over the gaps of a sweep that leaves some out.
 * @param {TableLayout} layout
 * @param {[number, number]} from row and column
 * @param {[number, number]} step
 * @returns {number | undefined} its index
 */
export function neighbour({ rows, columns, places }, [row, column], [down, right]) {
  let [r, c] = [row + down, column + right];
  while (r >= 0 && c >= 0 && r < rows.length && c < columns.length) {
    const index = places.get(`${r},${c}`);
    if (index !== undefined) return index;
    [r, c] = [r + down, c + right];
  }
  return undefined;
}

/**
 * The place of a cell; none where another tab has it.
 * @param {TableLayout} layout
 * @param {number} index
 * @returns {[number, number] | undefined}
 */
export function placeOf({ places }, index) {
  for (const [key, each] of places) {
    if (each !== index) continue;
    const [row, column] = key.split(",").map(Number);
    return [row, column];
  }
  return undefined;
}
