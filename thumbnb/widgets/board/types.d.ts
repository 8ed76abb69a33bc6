// The types that the files of the board share.

import type { Model } from "../core/browser/types.js";
import type { Cell, CellsTraits } from "../grid/types.js";

/** What is known of a cell of the board before its image and its brief are asked for. */
export interface BoardCell extends Cell {
  /** Its place on each axis. */
  at: number[];
  progress?: "waiting" | "running" | "failed" | "stopped";
  score?: number;
}

export interface Axis {
  name: string;
  labels: string[];
}

export type Mode = "table" | "list" | "compare" | "feed";

export interface Progress {
  state?: "running" | "paused" | "stopped" | "finished";
  made: number;
  failed: number;
  running: number;
  total: number;
  problem: string;
  words: string;
}

export interface BoardTraits extends CellsTraits {
  cells: BoardCell[];
  axes: Axis[];
  rows: string;
  columns: string;
  tabs: Record<string, number>;
  mode: Mode;
  sort: string;
  sorts: { key: string; label: string }[];
  show: string;
  order: number[];
  size: number;
  rejected: number[];
  ratings: Record<string, number>;
  notes: Record<string, string>;
  progress: Progress;
}

export type BoardModel = Model<BoardTraits>;

/** A cell's whole brief, and what became of it. */
export interface Brief {
  labels: [string, string][];
  prompt: string;
  fields: [string, string][];
  state: "waiting" | "running" | "done" | "failed" | "stopped";
  error: string;
  cost: string;
  scores: [string, number][];
}

/** How two briefs differ. */
export interface Difference {
  fields: { name: string; parts: [kind: "same" | "added" | "removed", text: string][] }[];
  same: string[];
}

/** What the parts of a board do with each other. */
export interface Actions {
  open(index: number): void;
  compare(index: number): void;
  remix(index: number): void;
  retry(indices: number[]): void;
  write(index: number): void;
}
