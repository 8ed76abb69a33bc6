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

export interface Traits extends WidgetTraits {
  cells: Cell[];
  selected: number[];
  starred: number[];
  focused: number;
  view: "grid" | "compare" | "feed";
  columns: number | null;
  title: string;
  titles: string[];
  durations: string[];
}

export type GridModel = Model<Traits>;

/** Saves the images of these cells as a file; fail(words) is called where that fails. */
export type Download = (ids: number[], fail: (words: string) => void) => Promise<void>;
