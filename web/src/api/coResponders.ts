/** Help from services that the house does not run: tasks on a call, never units. The addresses. */

import { send } from "./client";
import type * as server from "./generated";

export type CoResponder = server.CoResponderOut;
export type Proposed = server.ProposedOut;
export type SaidSafe = server.SaidSafeOut;

/** What one may say of a request. */
export type Said = "coming" | "declined" | "there" | "safe" | "not_safe" | "cleared";

export type Services = server.ServicesOut;

export const SERVICES = "/api/co-responders";
const at = (request: string) => `/api/co-responders/${encodeURIComponent(request)}`;

export const coResponderApi = {
  /** `service` is a key, or a word for it; without a task what is proposed is meant. */
  ask: (call: string, id: string, service: string, task: string, note: string) =>
    send<CoResponder>("POST", `/api/calls/${encodeURIComponent(call)}/co-responders`, { id, service, task, note }),
  said: (request: string, id: string, said: Said, more: { eta_min?: number; said_by?: string; words?: string }): Promise<undefined> =>
    send("POST", `${at(request)}/said`, { id, said, ...more }),
  cancel: (request: string, id: string, reason: string): Promise<undefined> => send("POST", `${at(request)}/cancel`, { id, reason }),
};
