/** The shapes of the workforce's API. Days are 2026-05-04; spans are half open: `end` is the first day it no longer holds. */

import type { VerdictKey } from "../kit/Verdict";

// ---- Scope ----

export interface LevelWords {
  key: string;
  name: string;
  group: string;
  counts_as: string;
  care: boolean;
}

export interface SkillWords {
  key: string;
  name: string;
  category: string;
}

export interface PlaceWords {
  place: string;
  name: string;
  note: string;
  synthetic: boolean;
  /** Whether any rule book of it is loaded; without one, every answer is unknown. */
  book: boolean;
}

export interface Word {
  key: string;
  name: string;
}

export interface Vocabulary {
  today: string;
  /** The jurisdiction that this goldenhour serves, as a rule book calls it; "" when it serves none. */
  place: string;
  levels: LevelWords[];
  skills: SkillWords[];
  places: PlaceWords[];
  endorsements: string[];
  roles: Word[];
  settings: Word[];
  routes: Word[];
  orders: Word[];
}

export interface Finding {
  layer: "role" | "standing" | "state" | "national" | "conditions" | "agency" | "compact";
  verdict: VerdictKey;
  what: string;
  rule: string;
  source: string;
  start: string | null;
  end: string | null;
  confidence: string;
  unconfirmed: boolean;
}

export interface Decision {
  verdict: VerdictKey;
  findings: Finding[];
  rules_hash: string;
}

export interface Cell {
  verdict: VerdictKey;
  why: string;
  unconfirmed: boolean;
}

export interface ScopeTable {
  place: string;
  name: string;
  note: string;
  on: string;
  levels: { key: string; name: string }[];
  rows: { skill: string; name: string; category: string; cells: Record<string, Cell> }[];
}

export interface ScopeDiff {
  one: string;
  other: string;
  level: string;
  on: string;
  rows: { skill: string; name: string; category: string; one: Cell; other: Cell }[];
  /** How many skills have the same answer in both. */
  same: number;
}
