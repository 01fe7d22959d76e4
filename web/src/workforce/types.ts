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
  note: string;
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

// ---- People ----

export interface Affiliation {
  agency: string;
  service: string;
  pay: string;
  role: string;
  /** The level the agency lets them practise at; "" for the licence's own. */
  practice: string;
  director: string;
  start: string;
  end: string | null;
}

export interface Standing {
  live: boolean;
  by: "licence" | "privilege" | "elsewhere" | "certificate" | "";
  licence: string;
  level: string;
  level_words: string;
  practice: string;
  endorsements: string[];
  restrictions: string[];
  verified: boolean;
  until: string | null;
  why: string;
}

export interface Expiry {
  person: string;
  credential: string;
  kind: string;
  place: string;
  level: string;
  name: string;
  /** The last day it holds. */
  expires: string;
  ends_at: string;
  days_left: number;
  notice: number;
  name_of_person?: string;
}

export interface PersonRow {
  id: string;
  name: string;
  given_name: string;
  family_name: string;
  affiliations: Affiliation[];
  standing: Standing;
  credentials: number;
  unverified: number;
  next_end: Expiry | null;
}

export interface People {
  total: number;
  people: PersonRow[];
}

export type CredentialStatus = "not_yet" | "live" | "restricted" | "suspended" | "lapsed" | "revoked" | "surrendered";

export interface Span {
  start: string;
  end: string | null;
  status: CredentialStatus;
  level: string;
  words: string[];
}

export interface Change {
  position: number;
  what: string;
  day: string;
  start: string | null;
  until: string | null;
  level: string;
  strikes: number;
  holds_until: string | null;
  words: string;
  actor: string;
  at: string | null;
}

export interface Credential {
  id: string;
  kind: string;
  place: string;
  issuer: string;
  level: string;
  level_words: string;
  name: string;
  number: string;
  status: CredentialStatus;
  words: string[];
  since: string | null;
  until: string | null;
  expires: string | null;
  verified: { by: string; at: string; how: string } | null;
  spans: Span[];
  history: Change[];
}

export interface Person extends Omit<PersonRow, "credentials"> {
  on: string;
  born: string | null;
  email: string;
  phone: string;
  languages: string[];
  immunisations: { name: string; year: number }[];
  credentials: Credential[];
  next_change: string | null;
}

export interface Proposal {
  id: string;
  kind: string;
  state: string;
  proposed_by: string;
  proposed_at: string;
  decided_by: string;
  decided_at: string | null;
  dropped: number;
  of: number;
  where: string;
  day: string;
  person: string;
  credential: string;
  yours: boolean;
}

export interface ImportReport {
  done: boolean;
  checked: boolean;
  facts: number;
  proposal: string | null;
  why: string | null;
  lines: { line: number; means: "fault" | "change" | "same" | "note"; what: string; do: string }[];
}

export interface Lacking {
  place: string;
  people: { id: string; name: string; fits: boolean; lacks: string[] }[];
}

export interface MaySkill {
  skill: string;
  name: string;
  verdict: VerdictKey;
  why: string;
  rule: string;
  source: string;
  unconfirmed: boolean;
}

export interface OwnPage {
  person: string;
  place: string;
  on: string;
  standing: Standing;
  may: { category: string; allow: number; deny: number; unknown: number; skills: MaySkill[] }[];
  ends: { credential: string; kind: string; expires: string; ends_at: string; days_left: number; notice: number }[];
  owes: { credential: string; what: string; by: string }[];
}
