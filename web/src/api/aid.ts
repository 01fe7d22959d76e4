/** The hold queue, alarms by age, mutual aid and move-up: the shapes and the addresses. */

import { uuid7 } from "../kit/uuid7";
import { send } from "./client";
import type * as server from "./generated";

/** Something that lasts: from these figures the desk's own clock tells whether it sounds. */
export type Alarm = server.AlarmOut;

/** How a call stands in the hold queue. */
export type Hold = server.HoldOut;

export type ScopeHere = server.AidScopeOut & Partial<Pick<server.ScopeHereOut, "level">>;

/** One request to a neighbour. */
export type Aid = server.AidOut;

export type Neighbour = server.NeighbourOut;

export type Move = server.MoveOut;

export type MoveUp = server.MoveUpOut;

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
