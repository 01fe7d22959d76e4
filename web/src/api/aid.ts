/** The hold queue, alarms by age, mutual aid and move-up: the shapes and the addresses. */

import { uuid7 } from "../kit/uuid7";
import { send } from "./client";

/** Something that lasts: from these figures the desk's own clock tells whether it sounds. */
export interface Alarm {
  quantity: string;
  /** What is wrong once it sounds. */
  words: string;
  since: string;
  steps_s: number[];
  /** After the last step it comes again at this distance; 0 when it does not. */
  again_s: number;
  source: string;
  /** Acknowledged up to this step. */
  silenced: { step: number; by: string; at: string } | null;
}

/** How a call stands in the hold queue. */
export interface Hold {
  since: string;
  on_purpose: boolean;
  reason: string;
  by: string | null;
  /** Slots that nobody is free for. */
  slots: string[];
  alarm: Alarm | null;
}

export interface ScopeHere {
  level?: string;
  verdict: "allow" | "deny" | "unknown";
  why: string;
}

/** One request to a neighbour. */
export interface Aid {
  id: string;
  call_id: string;
  neighbour: string;
  name: string;
  contact: string;
  type: string;
  level: string;
  note: string;
  state: "asked" | "accepted" | "declined" | "withdrawn" | "released";
  scope: ScopeHere;
  asked_at: string;
  asked_by: string;
  said_by: string;
  reason: string;
  unit: string | null;
  call_sign: string | null;
  due_at: string | null;
  arrived_at: string | null;
  left: number | null;
  alarm: Alarm | null;
}

export interface Neighbour {
  neighbour: string;
  name: string;
  contact: string;
  place: string;
  costs: string;
  agreement: string;
  source: string;
  lends: { type: string; has: number; left: number; keeps: number; cover: string; levels: string[]; scope: ScopeHere[] }[];
}

export interface Move {
  unit: string;
  post: string;
  /** Shares of the expected demand. */
  wins: number;
  costs: number;
  after: number;
  drive_s: number;
}

export interface MoveUp {
  why_not: string;
  covered: number | null;
  drive_s: number | null;
  source: string;
  free: number;
  moves: Move[];
}

const post = (path: string, body: object): Promise<void> => send("POST", path, { id: uuid7(), ...body });
const of = (call: string): string => `/api/calls/${encodeURIComponent(call)}`;

export const aidApi = {
  hold: (call: string, reason: string) => post(`${of(call)}/hold`, { reason }),
  goOn: (call: string) => post(`${of(call)}/hold/end`, {}),
  acknowledge: (quantity: string, about: string) => post("/api/alarms/acknowledge", { quantity, about }),
  ask: (call: string, said: { neighbour: string; type: string; level: string; note: string }) =>
    post(`${of(call)}/mutual-aid`, said),
  accept: (one: string, said: { call_sign: string; eta_min: number; said_by: string; left: number | null; send: boolean }) =>
    post(`/api/mutual-aid/${one}/accept`, said),
  decline: (one: string, reason: string) => post(`/api/mutual-aid/${one}/decline`, { reason }),
  withdraw: (one: string) => post(`/api/mutual-aid/${one}/withdraw`, {}),
  release: (one: string) => post(`/api/mutual-aid/${one}/release`, {}),
  move: (unit: string, to: string) => post("/api/move-up", { unit, post: to }),
  declineMove: (unit: string, to: string, reason: string) => post("/api/move-up/decline", { unit, post: to, reason }),
};
