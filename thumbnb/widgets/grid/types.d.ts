// The types that the files of the grid share.

import type { Model, WidgetTraits } from "../core/browser/types.js";

/** What is known of a cell before its image is asked for. */
export interface Cell {
  id: number;
  caption: string;
  /** The caption as two lines, where one would be too short. */
  lines?: [string, string];
  /** How it is counted, from 1, wherever it stands. */
  number?: number;
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
  sort: "" | "starred" | "score";
  show: "all" | "starred";
  order: number[];
  removed: number;
  more: string;
}

export type GridModel = Model<Traits>;

/** What can be done with an image from the dialog; what rejects does so with words. */
export interface ImageActions {
  download: Download;
  copy: (id: number) => Promise<unknown>;
  remove?: (ids: number[]) => Promise<unknown>;
  more?: (id: number) => Promise<unknown>;
}

/** Saves the images of these cells as a file; fail(words) is called where that fails. */
export type Download = (ids: number[], fail: (words: string) => void) => Promise<void>;
