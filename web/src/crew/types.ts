/** What a crew's page is told: its unit, the call it is on, and nothing of anybody else's. */

import type { Crew, MaydayCalled, RoutePoint, Status } from "../api/types";

export interface Press {
  /** The id of the tap, by which it is taken back. */
  id: string;
  stamp: string;
  at: string;
  flags: readonly string[];
  by: string;
}

export interface Times {
  call_id: string;
  stamps: Readonly<Record<string, string>>;
  presses: readonly Press[];
  route: { to: string; started_at: string; arrive_at: string; points: readonly RoutePoint[] } | null;
}

export interface OtherUnit {
  unit: string;
  call_sign: string;
  type: string;
  slot: string;
  status: Status;
  eta: string | null;
}

export interface Ask {
  id: string;
  kind: string;
  at: string;
  by: string;
  /** "" until somebody saw to it. */
  answer: string;
  words: string;
  answered_at: string | null;
  answered_by: string;
}

export interface SentPrealert {
  id: string;
  words: string;
  sent_at: string;
  acknowledged_at: string | null;
  acknowledged_by: string;
}

export interface CrewNote {
  note: string;
  text: string;
  at: string;
  by: string;
}

export interface CrewCall extends Times {
  received_at: string;
  priority: number;
  nature: string;
  nature_words: string;
  address: string;
  lon: number;
  lat: number;
  caller: Readonly<Record<string, string | number>>;
  determinant: string;
  recognised: readonly string[];
  answers: readonly { ask: string; answer: string; at: string }[];
  premise: { notes: readonly { kind: string; text: string; at: string; distance_m: number }[]; earlier: number; months: number };
  notes: readonly CrewNote[];
  /** Where the units wait until somebody clears the scene; null: they need not. */
  staging: { where: string; label: string; note: string; since: string } | null;
  /** When the call turned out to be elsewhere while this unit was on its way. */
  moved_at: string | null;
  units: readonly OtherUnit[];
  /** Services that the house does not run and that were asked for help; their word on safety comes through the desk. */
  co_responders?: readonly { request: string; label: string; task_label: string; state: string; due_at: string | null }[];
  /** How many of those on call come, by unit, without names. */
  volunteers: readonly { call_sign: string; words: string; missing: string }[];
  destination: { facility: string; name: string; eta: string | null; accepted_at: string | null } | null;
  prealerts: readonly SentPrealert[];
  asks: readonly Ask[];
  reassessed: { at: string; times: number } | null;
  /** The crew is asked whether it is all right on scenes of this kind. */
  par_here: boolean;
  /** When each item of a checklist was ticked. */
  ticks: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

export interface Par {
  call_id: string;
  because: string;
  interval_s: number;
  grace_s: number;
  ask_at: string;
  due_at: string;
  missed_at: string | null;
}

export interface CrewLimit {
  seconds: number;
  grace_s: number;
  source: string;
}

export interface CrewView {
  at: string;
  time_zone: string;
  demo: boolean;
  unit: { id: string; call_sign: string; agency: string; type: string; station: string; can_transport: boolean; status: Status; since: string };
  crew: Crew;
  chain: { leads_to: Readonly<Record<string, Status>>; follows: Readonly<Record<string, readonly string[]>> };
  mayday: MaydayCalled | null;
  par: Par | null;
  limits: Readonly<Record<"par" | "reassess" | "delayed", CrewLimit | null>>;
  call: CrewCall | null;
  /** The call it came from, of which times may still be completed. */
  before: Times | null;
}

export interface SeatRow {
  name: string;
  level: string;
  endorsements: readonly string[];
  required: boolean;
  person: string | null;
  name_of_person: string;
  you: boolean;
  rostered: string | null;
  rostered_name: string;
  licence: { live: boolean; level: string; words: string; until: string | null; why: string } | null;
  lacks: readonly string[];
  warnings: readonly string[];
  for_you: { lacks: readonly string[]; warnings: readonly string[] } | null;
}

export interface ShiftCheck {
  unit: string;
  you: string | null;
  you_aboard: string | null;
  seats: readonly SeatRow[];
  crew: Crew;
  missing: readonly string[];
}

export interface Checklist {
  id: string;
  title: string;
  version: string;
  training: boolean;
  approved_by: string;
  items: readonly { key: string; say: string }[];
}

export interface Destination {
  facility: string;
  name: string;
  kind: string;
  advised: boolean;
  travel_s: number | null;
  diverting: boolean;
  why: string;
}
