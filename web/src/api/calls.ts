/** Calls while they are taken: places, drafts, questions, what is near. The shapes and the addresses. */

import { send } from "./client";

export interface FoundPlace {
  kind: string;
  label: string;
  lon: number;
  lat: number;
  municipality: string;
  street: string;
  number: number | null;
  /** Whether this very number is on record. */
  exact: boolean;
  /** What is uncertain about it, in words; "" for nothing. */
  note: string;
  score: number;
  distance_m: number | null;
}

export interface Places {
  q: string;
  /** The same words stand in several towns: a person says in which. */
  ambiguous: boolean;
  ask: string;
  places: FoundPlace[];
}

/** What is typed of a call, by field; half words and all. */
export type Fields = Record<string, string | number>;
/** A change of them; null empties one. */
export type Change = Record<string, string | number | null>;

export interface Draft {
  call_id: string;
  state: string;
  rang_at: string;
  owner: string;
  owned_since: string;
  version: number;
  changed_at: string | null;
  changed_by: string;
  reason: string;
  fields: Fields;
}

export interface AnswerKey {
  key: string;
  label: string;
  /** The digit that is pressed for it. */
  press: string;
}

export interface Question {
  key: string;
  ask: string;
  help: string;
  answers: AnswerKey[];
}

export interface GivenAnswer {
  question: string;
  answer: string;
  at: string;
  by: string;
  card?: string;
  ask?: string;
  label?: string;
  former?: { answer: string; at: string; by: string }[];
}

export interface ScriptStep {
  key: string;
  say: string;
  answers: AnswerKey[];
  /** Beats a minute while this is told; null for none. */
  metronome: number | null;
  /** The time that belongs to this step, such as first_compression. */
  stamps: string | null;
  /** The caller's answer is waited for before going on. */
  waits: boolean;
  told_at: string | null;
  answer: string;
}

export interface Script {
  id: string;
  title: string;
  version: string;
  training: boolean;
  /** The next step to tell; null at the end. */
  step: string | null;
  stopped_at: string | null;
  steps: ScriptStep[];
}

export interface Determinant {
  id: string;
  label: string;
  priority: number;
  /** bls or als_bls. */
  response: string;
  nature: string;
}

/** Where the questions of a call stand. Without `available` nothing can be asked here, and `what` says why. */
export interface Triage {
  call_id: string;
  available: boolean;
  what?: string;
  do?: string;
  training?: boolean;
  age_group: string;
  card?: { id: string; label: string; version: string; training: boolean };
  picked?: string;
  question?: Question | null;
  answers: GivenAnswer[];
  determinant?: Determinant | null;
  script?: Script | null;
  cards?: { id: string; label: string }[];
  recognised_at: string | null;
  first_compression_at: string | null;
}

export interface NearCall {
  call_id: string;
  received_at: string;
  nature: string;
  priority: number;
  patients: number;
  address: string;
  distance_m: number;
  minutes: number;
}

/** What is known of a place, and which open calls are near it. */
export interface Premise {
  notes: { note: string; kind: string; text: string; address: string; author: string; at: string; until: string | null }[];
  earlier: {
    months: number;
    count: number;
    calls: { call_id: string; received_at: string; nature: string; priority: number; outcome: string }[];
  };
  nearby: NearCall[];
  drafts: { call_id: string; owner: string; rang_at: string; nature: string; distance_m: number }[];
}

export interface DispositionKind {
  key: string;
  label: string;
  /** A call that is still taken is off the desk with it. */
  ends: boolean;
  /** It must be said to, or from, whom. */
  to: boolean;
  /** It must be said when somebody sees to it again. */
  follow_up: boolean;
}

/** All that is known of one call: its draft, its details. */
export interface KnownCall {
  call_id: string;
  version?: number;
  details?: Fields;
  draft: Draft | null;
}

export interface HeardLocation {
  at: string;
  lon: number;
  lat: number;
  accuracy_m: number | null;
  source: string;
  /** How far from where the call is taken for; null where that is not known. */
  off_m: number | null;
}

export interface FollowUp {
  follow_up: string;
  call_id: string;
  kind: string;
  due_at: string;
  note: string;
  by: string;
  done_at: string | null;
  done_by: string;
  outcome: string;
  done_note: string;
  overdue?: boolean;
}

/** What was heard beside the questions of a call, and who sees to it again. */
export interface HeardCall extends KnownCall {
  locations: HeardLocation[];
  texts: { at: string; by: string; direction: string; text: string }[];
  interpreter: { language: string; wanted_at: string | null; joined_at: string | null } | null;
  follow_ups: FollowUp[];
}

export const FOLLOW_UPS = "/api/follow-ups";

const at = (call: string) => `/api/calls/${encodeURIComponent(call)}`;
const draftAt = (call: string) => `/api/drafts/${encodeURIComponent(call)}`;

export const premiseAt = (place: { lon: number; lat: number }, call: string) =>
  `/api/premises?lon=${place.lon.toFixed(6)}&lat=${place.lat.toFixed(6)}&call_id=${encodeURIComponent(call)}`;

export const placesAt = (typed: string) => `/api/places?q=${encodeURIComponent(typed)}`;

export const callsApi = {
  begin: (id: string, fields: Change) => send<{ call_id: string }>("POST", "/api/drafts", { id, fields }),
  drafts: () => send<Draft[]>("GET", "/api/drafts"),
  draft: (call: string) => send<Draft>("GET", draftAt(call)),
  change: (call: string, id: string, seen: number, fields: Change) =>
    send<{ version: number }>("POST", `${draftAt(call)}/changes`, { id, seen, fields }),
  takeOver: (call: string, id: string) => send<Draft>("POST", `${draftAt(call)}/take-over`, { id }),
  discard: (call: string, id: string, reason: string) => send<undefined>("POST", `${draftAt(call)}/discard`, { id, reason }),
  dispatch: (call: string, id: string, seen: number) =>
    send<{ call_id: string }>("POST", "/api/calls", { id, draft: call, seen }),
  triage: (call: string) => send<Triage>("GET", `${at(call)}/triage`),
  answer: (call: string, id: string, question: string, answer: string) =>
    send<Triage>("POST", `${at(call)}/triage/answers`, { id, question, answer }),
  card: (call: string, id: string, card: string) => send<Triage>("POST", `${at(call)}/triage/card`, { id, card }),
  tell: (call: string, id: string, script: string, step: string, answer: string) =>
    send<Triage>("POST", `${at(call)}/triage/steps`, { id, script, step, answer }),
  stop: (call: string, id: string, script: string) => send<Triage>("POST", `${at(call)}/triage/stop`, { id, script }),
  compression: (call: string, id: string) => send<undefined>("POST", `${at(call)}/triage/first-compression`, { id }),
  known: (call: string) => send<KnownCall>("GET", at(call)),
  details: (call: string, id: string, seen: number, fields: Change) =>
    send<{ version: number }>("POST", `${at(call)}/details`, { id, seen, fields }),
  sameAs: (call: string, id: string, same_as: string) =>
    send<undefined>("POST", `${at(call)}/duplicate`, { id, same_as, reason: "" }),
  heardLocation: (call: string, id: string, heard: Pick<HeardLocation, "lon" | "lat" | "accuracy_m" | "source">) =>
    send<undefined>("POST", `${at(call)}/locations`, { id, ...heard }),
  place: (call: string, id: string, place: { lon: number; lat: number; address: string; reason: string }) =>
    send<undefined>("POST", `${at(call)}/place`, { id, ...place }),
  text: (call: string, id: string, direction: string, text: string) =>
    send<undefined>("POST", `${at(call)}/texts`, { id, direction, text }),
  interpreter: (call: string, id: string, language: string, joined: boolean) =>
    send<undefined>("POST", `${at(call)}/interpreter`, { id, language, joined }),
  endFollowUp: (follow_up: string, id: string, outcome: string) =>
    send<undefined>("POST", `/api/follow-ups/${encodeURIComponent(follow_up)}/done`, { id, outcome }),
  dispose: (call: string, said: { id: string; kind: string; to: string; note: string; due_at: string | null }) =>
    send<undefined>("POST", `${at(call)}/disposition`, said),
};
