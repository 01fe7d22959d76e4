/** Help from services that the house does not run, as commands. Part of COMMANDS. Nothing here sends a unit. */

import { coResponderApi, type CoResponder, type Said } from "../api/coResponders";
import type { Call } from "../api/types";
import { uuid7 } from "../kit/uuid7";
import type { Command } from "./commands";
import { doing } from "./incident";
import { store } from "./store";
import type { Words } from "./typed";

/** What a co-responder says, as it is typed and as it is read. */
export const SAYS: Record<Said, { typed: string; label: string }> = {
  coming: { typed: "COMING", label: "It is on its way" },
  there: { typed: "THERE", label: "It is there" },
  safe: { typed: "SAFE", label: "The scene is safe" },
  not_safe: { typed: "UNSAFE", label: "The scene is not safe" },
  cleared: { typed: "CLEARED", label: "It has left" },
  declined: { typed: "DECLINED", label: "It does not come" },
};

/** Requests of a call that are not over. */
export function openRequests(call: Call): CoResponder[] {
  return (call.co_responders ?? []).filter((one) => one.open);
}

/** Each throws the server's refusal, and returns what was done. */
export const coGestures = {
  async ask(call: string, service: string, task: string, note: string): Promise<string> {
    const asked = await coResponderApi.ask(call, uuid7(), service, task, note);
    return `${asked.label} asked for ${call}: ${asked.task_label.toLowerCase()}.${asked.contact && ` ${asked.contact}.`}`;
  },
  async said(one: CoResponder, said: Said, more: { eta_min?: number; said_by?: string; words?: string }): Promise<string> {
    await coResponderApi.said(one.request, uuid7(), said, more);
    return `${one.label}: ${SAYS[said].label.toLowerCase()}.`;
  },
  async cancel(one: CoResponder, reason: string): Promise<string> {
    await coResponderApi.cancel(one.request, uuid7(), reason);
    return `${one.label} is needed no longer.`;
  },
};

/** Why nobody can be asked for a call, in words. */
function closed(call: Call | null): string | null {
  if (!call) return "Pick a call first.";
  return call.state === "closed" ? `${call.id} is closed.` : null;
}

export const askProposed: Command = {
  id: "dispatch.co_ask_proposed",
  keys: "R",
  label: "Ask the co-responder that the plan proposes",
  group: "Incident",
  blocked({ state, call }) {
    const why = closed(call);
    if (why !== null) return why;
    if (state.busy) return "The last command is still on its way.";
    return call?.proposed?.[0] ? null : "Nobody more is proposed for it. O asks another.";
  },
  run({ call }) {
    const first = call?.proposed?.[0];
    return call && first ? doing(coGestures.ask(call.id, first.service, first.task, "")) : undefined;
  },
};

export const askCoResponder: Command = {
  id: "dispatch.co_ask",
  keys: "O",
  label: "Ask law enforcement, fire or another service for help",
  group: "Incident",
  blocked: ({ call }) => closed(call),
  run: ({ call }) => (call ? store.set({ gesture: { kind: "co_ask", of: call.id } }) : undefined),
  typed: {
    word: "CO",
    takes: "service [call] [words]",
    run(line) {
      const service = line.word();
      if (!service) return "Name a service, such as POLICE.";
      const call = line.call();
      if (typeof call === "string") return call;
      void doing(coGestures.ask(call.id, service, "", line.rest()));
      return undefined;
    },
  },
};

export const coResponderSaid: Command = {
  id: "dispatch.co_said",
  keys: "W",
  label: "Enter what a co-responder says",
  group: "Incident",
  blocked({ call }) {
    if (!call) return "Pick a call first.";
    return openRequests(call).length > 0 ? null : "Nobody was asked for it who has not answered and left.";
  },
  run: ({ call }) => (call ? store.set({ gesture: { kind: "co_said", of: call.id } }) : undefined),
  typed: {
    word: "SAID",
    takes: `service ${Object.values(SAYS).map((one) => one.typed).join("|")} [minutes] [call] [words]`,
    run(line) {
      const service = line.word();
      const word = line.word().toUpperCase();
      const said = (Object.keys(SAYS) as Said[]).find((key) => SAYS[key].typed === word);
      if (!said) return `Behind the service stands one of ${Object.values(SAYS).map((one) => one.typed).join(", ")}.`;
      const minutes = said === "coming" ? line.figure() : null;
      const one = requestOf(line, service);
      if (typeof one === "string") return one;
      const words = line.rest();
      if (said === "declined" && !words) return "Type why it does not come.";
      void doing(coGestures.said(one, said, { words, ...(minutes === null ? {} : { eta_min: minutes }) }));
      return undefined;
    },
  },
};

export const cancelCoResponder: Command = {
  id: "dispatch.co_cancel",
  keys: null,
  label: "A co-responder is needed no longer",
  group: "Incident",
  blocked: coResponderSaid.blocked,
  run: coResponderSaid.run,
  typed: {
    word: "UNCO",
    takes: "service [call] [reason]",
    run(line) {
      const one = requestOf(line, line.word());
      if (typeof one === "string") return one;
      void doing(coGestures.cancel(one, line.rest()));
      return undefined;
    },
  },
};

/** The request that a line means: of the call that it names, else of the one that is picked. */
function requestOf(line: Words, service: string): CoResponder | string {
  const wanted = service.toLowerCase();
  if (!wanted) return "Name a service, such as POLICE.";
  const call = line.call();
  if (typeof call === "string") return call;
  const found = openRequests(call).filter((one) => one.service === wanted || one.words_for.includes(wanted));
  if (found.length > 1) return `${found[0]?.label ?? ""} was asked for ${found.map((one) => one.task_label.toLowerCase()).join(" and ")}. W asks which.`;
  return found[0] ?? `No ${service} that was asked for ${call.id} has still to answer or leave.`;
}

export const CO_COMMANDS: readonly Command[] = [askProposed, askCoResponder, coResponderSaid, cancelCoResponder];
