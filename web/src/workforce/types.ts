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
  time_zone: string;
  levels: LevelWords[];
  skills: SkillWords[];
  places: PlaceWords[];
  endorsements: string[];
  roles: Word[];
  settings: Word[];
  routes: Word[];
  orders: Word[];
  /** What somebody may have that a way into another state asks for. */
  facts: Word[];
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

/** Somebody's word that a rule is wrong. */
export interface Dispute {
  rule: string;
  place: string;
  words: string;
  said_by: string;
  said_at: string;
  rules_hash: string;
  /** The rule books have not changed since. */
  as_then: boolean;
  still_there: boolean;
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

// ---- Moving ----

export interface MovingStep {
  what: string;
  state: "met" | "to_do" | "blocked" | "unknown";
  rule: string;
  source: string;
}

export interface MovingWay {
  way: string;
  verdict: "open" | "to_do" | "closed" | "unknown" | "";
  what: string;
  steps: MovingStep[];
  rule: string;
  source: string;
  start: string | null;
  end: string | null;
  confidence: string;
  unconfirmed: boolean;
  note: string;
}

export interface MovingPath {
  verdict: "may_practise" | "steps_to_take" | "not_recognised" | "unknown";
  what: string;
  do: string;
  level: string;
  licence: string;
  to: string;
  on: string;
  ways: MovingWay[];
}

// ---- Training ----

export interface HourRange {
  basis: string;
  low: number | null;
  high: number | null;
  beyond: string | number | null;
  detail: string;
  place: string;
  dated: string | boolean | null;
  unconfirmed: boolean;
  source: string;
  judged: string | null;
}

export interface CourseHours {
  level: string;
  words: string;
  agree: boolean;
  ranges: HourRange[];
}

export interface Course {
  id: string;
  agency: string;
  programme: string;
  level: string;
  state: string;
  place_kind: string;
  place: string;
  hours: Record<string, number>;
  total: number;
  sheets: string[];
  start: string;
  end: string | null;
  cancelled: boolean | string;
  known_hours: CourseHours;
}

export interface InCourse {
  completed: boolean;
  eligible: boolean;
  eligible_now: boolean;
  progress: number;
  missing: string[];
  checks: { what: string; met: boolean; do: string }[];
  done: Record<string, number>;
  planned: Record<string, number>;
  uncounted: { hours: number; why: string }[];
  notes: string[];
  status: string;
  completed_on: string | null;
  why: string;
}

export interface Attempt {
  id: string;
  person: string;
  sheet: string;
  version: string;
  day: string;
  done: string[];
  critical: string[];
  points: number;
  of: number;
  passed: boolean;
  examiner: string;
  struck: boolean;
}

export interface CourseWhole extends Course {
  sessions: { session: string; day: string; topic: string; hours: number; instructor: string; struck: boolean; counts: boolean }[];
  attempts: Attempt[];
  people: (InCourse & { person: string })[];
}

export interface SkillSheet {
  id: string;
  version: string;
  title: string;
  skill: string;
  levels: string[];
  approved: string | boolean | null;
  steps: Record<string, string>;
  critical: Record<string, string>;
  pass_points: number;
  source: string;
}

export interface RenewalProgress {
  model: string;
  total: number;
  counted: number;
  fraction: number;
  done: boolean;
  split_known: boolean;
  parts: { name: string; asked: number; counted: number; missing: number }[];
  distributive: { counted: number; max: number | null };
  missing: string[];
  uncounted: { entry: string; hours: number; why: string }[];
  notes: string[];
  unconfirmed: boolean;
  rule: string;
  source: string;
}

export interface Renewal {
  credential: string;
  kind: string;
  authority: string;
  level: string;
  start: string;
  ends: string;
  what: string;
  progress: RenewalProgress | null;
}

export interface TrainingOf {
  person: string;
  on: string;
  courses: (InCourse & { course: string; level: string; attempts: Attempt[] })[];
  renewals: Renewal[];
  education: {
    entry: string;
    day: string;
    hours: number;
    component: string;
    format: string;
    topic: string;
    about_children: boolean;
    accredited: boolean;
  }[];
}

export interface Team {
  id: string;
  agency: string;
  site: string;
  state: string;
  level: string;
  asks: string;
  least: number;
  shifts: { name: string; hours: string }[];
  members: { person: string; hours: string; start: string; end: string | null }[];
}

export interface Coverage {
  team: string;
  site: string;
  least: number;
  start: string;
  end: string;
  shifts: {
    name: string;
    hours: number;
    covered_hours: number;
    fraction: number;
    gaps: { start: string; end: string }[];
    stretches: { start: string; end: string; who: string[]; not_counted: string[]; enough: boolean }[];
  }[];
}

export interface Worth {
  team: string;
  members: number;
  covered: number;
  gained_min_per_call: number;
  answered_per_year: number;
  gained_min_per_year: number;
  training_h: number;
  response_h: number;
  away_h: number;
  gained_min_per_hour_away: number | null;
  words: string;
}

// ---- Crews ----

export interface CrewCounts {
  levels: string[];
  /** How many are aboard by name; null where nobody is named and the agency's word counts. */
  aboard: number | null;
  can_transport: boolean;
  why_no_transport: string;
  unconfirmed: string[];
  warnings: string[];
  next_change: { at: string; levels: string[]; can_transport: boolean; why: string } | null;
}

export interface UnitCrew {
  unit: string;
  crew: CrewCounts;
  on_call: { volunteers: number; chance_of_one: number; chance_of_two: number; turnout_s: number; source: string } | null;
}

export interface SeatRow {
  name: string;
  level: string;
  endorsements: string[];
  required: boolean;
  person: string | null;
  since: string | null;
  role: string | null;
  rostered: string | null;
}

export interface Aboard {
  unit: string;
  seats: SeatRow[];
  crew: CrewCounts;
}

export interface Roster {
  unit: string;
  lines: { duty: string; person: string; seat: string; start: string; end: string; hours: string }[];
  duties: { person: string; seat: string; start: string; end: string }[];
  faults: { kind: string; what: string; start: string; end: string; source: string }[];
}
