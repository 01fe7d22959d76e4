/** Calls while they are taken: places, drafts, questions, what is near. The shapes and the addresses. */

import { send } from "./client";
import type * as server from "./generated";

export type FoundPlace = server.FoundPlaceOut;

export type Places = server.PlacesOut;

/** What is typed of a call, by field; half words and all. */
export type Fields = Record<string, string | number>;
/** A change of them; null empties one. */
export type Change = Record<string, string | number | null>;

export type Draft = Omit<server.DraftEntryOut, "fields"> & { fields: Fields };

export type AnswerKey = server.AnswerKeyOut;

export type Question = server.QuestionOut;

export type GivenAnswer = server.GivenAnswerOut;

export type ScriptStep = server.ScriptStepOut;

export type Script = server.ScriptOut;

export type Determinant = server.DeterminantOut;

/** Where the questions of a call stand. Without `available` nothing can be asked here, and `what` says why. */
export type Triage = server.TriageOut;

export type NearCall = server.NearCallOut;

/** What is known of a place, and which open calls are near it. */
export type Premise = server.PremiseOut;

export type DispositionKind = server.DispositionKindOut;

/** All that is known of one call: its draft, its details. */
export type KnownCall = Pick<server.KnownCallOut, "call_id" | "version"> & { details?: Fields; draft: Draft | null };

export type HeardLocation = server.LocationOut;

export type FollowUp = server.FollowUpOut & Partial<Pick<server.DueOut, "overdue">>;

/** What was heard beside the questions of a call, and who sees to it again. */
export type HeardCall = KnownCall & Pick<server.KnownCallOut, "locations" | "texts" | "interpreter" | "follow_ups">;

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
