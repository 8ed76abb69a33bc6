// The types that the files of the grid share.

import type { Model, WidgetTraits } from "../core/browser/types.js";

/** What is known of a cell before its image is asked for. */
export interface Cell {
  id: number;
  caption: string;
  state?: "waiting" | "failed";
  error?: string;
  size?: [number, number];
}

/** The traits of every widget with cells. */
export interface CellsTraits extends WidgetTraits {
  cells: Cell[];
  selected: number[];
  starred: number[];
  focused: number;
  title: string;
  titles: string[];
  durations: string[];
}

export type CellsModel = Model<CellsTraits>;

export interface Traits extends CellsTraits {
  view: "grid" | "compare" | "feed";
  columns: number | null;
}

export type GridModel = Model<Traits>;

/** Saves the images of these cells as a file; fail(words) is called where that fails. */
export type Download = (ids: number[], fail: (words: string) => void) => Promise<void>;
