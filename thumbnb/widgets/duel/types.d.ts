// The types that the files of the duel share.

import type { Model } from "../core/browser/types.js";
import type { CellsTraits } from "../grid/types.js";

export interface Standing {
  index: number;
  strength: number;
  low: number;
  high: number;
  /** The probability that it is the best. */
  best: number;
}

export interface DuelTraits extends CellsTraits {
  mode: "pair" | "feed";
  blind: boolean;
  pair: number[];
  votes: number;
  verdict: { clear?: boolean; sentence?: string; top?: number[] };
  standings: Standing[];
}

export type DuelModel = Model<DuelTraits>;

export type Outcome = "left" | "right" | "tie";
