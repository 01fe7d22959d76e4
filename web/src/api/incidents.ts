/** One incident from several desks: its timeline, notes, claims, units changed about. The shapes and the addresses. */

import { send } from "./client";
import type * as server from "./generated";

/** Who works on a call, until it ends by itself. */
export type Claim = server.ClaimOut;

/** Where the units of a call wait, away from the scene. */
export type Staging = server.StagingOut;

export type Struck = server.StruckOut;

/** One line of a timeline: a fact, or several of one person in a row. */
export type Line = server.LineOut;

export type Timeline = server.TimelineOut;

export type ShownTo = "desk" | "crews" | "hospital";

export type StagingReasons = server.StagingReasonsOut;

/** A second incident: what is left out is as in the first. */
export interface Second {
  units: string[];
  reason: string;
  nature?: string;
  priority?: number;
  patients?: number;
}

export type Suggestion = server.SuggestionOut;

const at = (call: string) => `/api/calls/${encodeURIComponent(call)}`;
/** A unit's id holds its agency, so it stands in an address with its slash. */
const unitAt = (unit: string) => `/api/units/${unit.split("/").map(encodeURIComponent).join("/")}`;

export const timelineAt = (call: string) => `${at(call)}/timeline`;
export const STAGING_REASONS = "/api/staging-reasons";

type Sent = Promise<undefined>;

export const incidentsApi = {
  note: (call: string, id: string, text: string, shown_to: ShownTo) =>
    send<{ note: string }>("POST", `${at(call)}/notes`, { id, text, shown_to }),
  strikeNote: (call: string, id: string, note: string, reason: string): Sent =>
    send("POST", `${at(call)}/notes/${encodeURIComponent(note)}/strike`, { id, reason }),
  claim: (call: string, id: string, doing: Claim["doing"], take_over_from = ""): Sent =>
    send("POST", `${at(call)}/claim`, { id, doing, take_over_from }),
  release: (call: string, id: string): Sent => send("POST", `${at(call)}/claim/release`, { id }),
  link: (call: string, id: string, other: string, reason: string): Sent =>
    send("POST", `${at(call)}/links`, { id, other, reason }),
  unlink: (call: string, id: string, other: string, reason: string): Sent =>
    send("POST", `${at(call)}/links/undo`, { id, other, reason }),
  split: (call: string, id: string, said: Second) =>
    send<{ call_id: string }>("POST", `${at(call)}/split`, { id, ...said }),
  undoSplit: (call: string, id: string, reason: string) =>
    send<{ call_id: string }>("POST", `${at(call)}/split/undo`, { id, reason }),
  reopen: (call: string, id: string, reason: string): Sent => send("POST", `${at(call)}/reopen`, { id, reason }),
  close: (call: string, id: string, outcome: string): Sent => send("POST", `${at(call)}/close`, { id, outcome }),
  priority: (call: string, id: string, priority: number, reason: string): Sent =>
    send("POST", `${at(call)}/priority`, { id, priority, reason }),
  swap: (call: string, id: string, said: { unit: string; for_unit: string; reason: string; exchange: boolean }): Sent =>
    send("POST", `${at(call)}/swap`, { id, ...said }),
  cancelUnits: (call: string, id: string, reason: string) =>
    send<{ cancelled: string[]; stay: string[] }>("POST", `${at(call)}/cancel-units`, { id, reason }),
  stage: (call: string, id: string, reason: string, note: string): Sent =>
    send("POST", `${at(call)}/stage`, { id, reason, note }),
  enter: (call: string, id: string, reason: string): Sent => send("POST", `${at(call)}/enter`, { id, reason }),
  clear: (unit: string, id: string, call_id: string, reason: string): Sent =>
    send("POST", `${unitAt(unit)}/clear`, { id, call_id, reason }),
  stamp: (unit: string, id: string, stamp: string): Sent => send("POST", `${unitAt(unit)}/stamps`, { id, stamp }),
  confirmArrival: (unit: string, id: string, stamp: string, since: string): Sent =>
    send("POST", `${unitAt(unit)}/arrival/confirm`, { id, stamp, since }),
  dismissArrival: (unit: string, id: string, stamp: string, since: string): Sent =>
    send("POST", `${unitAt(unit)}/arrival/dismiss`, { id, stamp, since }),
  divert: (hospital: string, said: { services: string[]; until?: string; reason: string }): Sent =>
    send("POST", `/api/hospitals/${encodeURIComponent(hospital)}/diversion`, said),
  endDiversion: (hospital: string): Sent => send("DELETE", `/api/hospitals/${encodeURIComponent(hospital)}/diversion`),
};
