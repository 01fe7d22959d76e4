/** Everything a dispatcher can do on one incident beside sending who is recommended. Part of COMMANDS. */

import type { Call } from "../api/types";
import { simNow } from "../kit/ticker";
import { claims, holding } from "./claims";
import type { Command } from "./commands";
import type { Desk } from "./deskOf";
import { arrivals, comingTo, doing, gestures, incident } from "./incident";
import { meNow } from "./useMe";
import { store, type Gesture } from "./store";
import type { Typed } from "./typed";

const BUSY = "The last command is still on its way.";

function open({ state, call }: Desk): string | null {
  if (!call) return "Pick a call first.";
  if (state.busy) return BUSY;
  return call.state === "closed" ? `${call.id} is closed.` : null;
}

function form(kind: Gesture["kind"], call: Call | null, unit?: string): void {
  if (call) store.set({ gesture: { kind, of: call.id, ...(unit === undefined ? {} : { unit }) } });
}

/** A word that opens the form of a call. */
function opening(word: string, kind: Gesture["kind"]): Typed {
  return {
    word,
    takes: "[call]",
    run(line) {
      const call = line.call();
      if (typeof call === "string") return call;
      form(kind, call);
      return undefined;
    },
  };
}

/** The form for somebody else stands on the card, folded away. */
function toOthers(): void {
  const field = document.getElementById("send-other");
  field?.closest("details")?.setAttribute("open", "");
  field?.focus();
}

/** A line that needs a reason: without one its form opens, so that nobody types one for the log's sake. */
function withReason(kind: Gesture["kind"], call: Call, reason: string, work: (reason: string) => Promise<string>): undefined {
  if (reason) void doing(work(reason));
  else form(kind, call);
  return undefined;
}

export const send: Command = {
  id: "dispatch.send",
  keys: null,
  label: "Send units to a call",
  group: "Incident",
  blocked: open,
  run: toOthers,
  typed: {
    word: "SEND",
    takes: "unit... [call] [reason]",
    run(line) {
      const units = line.units();
      if (typeof units === "string") return units;
      const call = line.call();
      if (typeof call === "string") return call;
      void incident.send(call, units, line.rest());
      return undefined;
    },
  },
};

export const divert: Command = {
  id: "dispatch.divert",
  keys: null,
  label: "Take units off their call for another one",
  group: "Incident",
  blocked: open,
  run: toOthers,
  typed: {
    word: "DIVERT",
    takes: "unit... [call] [reason]",
    run(line) {
      const units = line.units();
      if (typeof units === "string") return units;
      const call = line.call();
      if (typeof call === "string") return call;
      void incident.send(call, units, line.rest(), true);
      return undefined;
    },
  },
};

export const clear: Command = {
  id: "dispatch.clear",
  keys: null,
  label: "Clear a unit from its call",
  group: "Incident",
  blocked({ state }) {
    const unit = state.selectedUnit === null ? undefined : state.picture?.units.get(state.selectedUnit);
    if (!unit) return "Pick a unit first.";
    return unit.call_id === null ? `${unit.call_sign} is on no call.` : null;
  },
  run({ state }) {
    const unit = state.picture?.units.get(state.selectedUnit ?? "");
    return unit && incident.clear(unit, "");
  },
  typed: {
    word: "CLEAR",
    takes: "unit [reason]",
    run(line) {
      const unit = line.unit();
      if (typeof unit === "string") return unit;
      if (unit.call_id === null) return `${unit.call_sign} is on no call.`;
      void incident.clear(unit, line.rest());
      return undefined;
    },
  },
};

export const swap: Command = {
  id: "dispatch.swap",
  keys: "v",
  label: "Swap a unit for another",
  group: "Incident",
  blocked(desk) {
    const why = open(desk);
    if (why !== null || !desk.call) return why;
    return comingTo(desk.call).length > 0 ? null : "Nobody is on the way to it.";
  },
  run: ({ call }) => form("swap", call),
  typed: {
    word: "SWAP",
    takes: "unit for-unit [reason]",
    run(line) {
      const leaves = line.unit();
      if (typeof leaves === "string") return leaves;
      const comes = line.unit();
      if (typeof comes === "string") return comes;
      const call = leaves.call_id;
      if (call === null) return `${leaves.call_sign} is on no call.`;
      const reason = line.rest();
      void doing(() => gestures.swap(call, leaves.id, comes.id, reason));
      return undefined;
    },
  },
};

export const cancelUnits: Command = {
  id: "dispatch.cancel_units",
  keys: null,
  label: "Cancel everybody on the way",
  group: "Incident",
  blocked(desk) {
    const why = open(desk);
    if (why !== null || !desk.call) return why;
    return comingTo(desk.call).length > 0 ? null : "Nobody is on the way to it.";
  },
  run: ({ call }) => form("cancel", call),
  typed: {
    word: "CANCEL",
    takes: "[call] reason",
    run(line) {
      const call = line.call();
      if (typeof call === "string") return call;
      return withReason("cancel", call, line.rest(), (reason) => gestures.cancelUnits(call.id, reason));
    },
  },
};

export const stage: Command = {
  id: "dispatch.stage",
  keys: "h",
  label: "Hold units away from the scene",
  group: "Incident",
  blocked: open,
  run: ({ call }) => form("stage", call),
  typed: opening("STAGE", "stage"),
};

export const enter: Command = {
  id: "dispatch.enter",
  keys: "y",
  label: "Clear to enter the scene",
  group: "Incident",
  blocked(desk) {
    const why = open(desk);
    return why ?? (desk.call?.staging ? null : "Nobody was told to wait for it.");
  },
  run: ({ call }) => form("enter", call),
  typed: {
    word: "ENTER",
    takes: "[call] reason",
    run(line) {
      const call = line.call();
      if (typeof call === "string") return call;
      return withReason("enter", call, line.rest(), (reason) => gestures.enter(call.id, reason));
    },
  },
};

export const note: Command = {
  id: "calls.note",
  keys: "e",
  label: "Enter a note",
  group: "Incident",
  place: "looking",
  blocked: ({ call }) => (call ? null : "Pick a call first."),
  run: () => document.getElementById("note-text")?.focus(),
  typed: {
    word: "NOTE",
    takes: "[call] text",
    run(line) {
      const call = line.call();
      if (typeof call === "string") return call;
      const text = line.rest();
      if (!text) return "Type what is to be noted.";
      void incident.note(call.id, text, "crews");
      return undefined;
    },
  },
};

export const claim: Command = {
  id: "calls.claim",
  keys: "i",
  label: "I work on this call, or no longer",
  group: "Incident",
  blocked(desk) {
    const why = open(desk);
    if (why !== null) return why;
    const held = holding(desk.call, simNow());
    return held && held.by !== meNow() ? `${held.by} works on it. Take it over if you must.` : null;
  },
  run: ({ call }) => (call ? claims.toggle(call) : undefined),
  typed: {
    word: "CLAIM",
    takes: "[call]",
    run(line) {
      const call = line.call();
      if (typeof call === "string") return call;
      void claims.take(call.id);
      return undefined;
    },
  },
};

export const takeOver: Command = {
  id: "calls.take_over",
  keys: null,
  label: "Take a call over",
  group: "Incident",
  blocked(desk) {
    const held = holding(desk.call, simNow());
    return open(desk) ?? (held && held.by !== meNow() ? null : "Nobody else works on it.");
  },
  run({ call }) {
    const held = holding(call, simNow());
    return call && held ? claims.take(call.id, held.by) : undefined;
  },
  typed: {
    word: "TAKE",
    takes: "[call]",
    run(line) {
      const call = line.call();
      if (typeof call === "string") return call;
      void claims.take(call.id, holding(call, simNow())?.by);
      return undefined;
    },
  },
};

export const release: Command = {
  id: "calls.release",
  keys: null,
  label: "Let a call go",
  group: "Incident",
  blocked: (desk) => open(desk) ?? (holding(desk.call, simNow())?.by === meNow() ? null : "You do not work on it."),
  run: ({ call }) => (call ? claims.release(call.id) : undefined),
  typed: {
    word: "UNCLAIM",
    takes: "[call]",
    run(line) {
      const call = line.call();
      if (typeof call === "string") return call;
      void claims.release(call.id);
      return undefined;
    },
  },
};

export const priority: Command = {
  id: "calls.priority",
  keys: "u",
  label: "Change the priority",
  group: "Incident",
  blocked: open,
  run: ({ call }) => form("priority", call),
  typed: {
    word: "PRI",
    takes: "[call] 1-4 [reason]",
    run(line, desk) {
      // Of "PRI 2", the figure is the priority of the call that is picked, and not the end of a number.
      const rest = line.rest();
      const [, number, wanted, reason] = /^(?:(\S*-\S+|\d+(?=\s+[1-4](?:\s|$)))\s+)?([1-4])(?:\s+(.*))?$/.exec(rest) ?? [];
      if (wanted === undefined) return "Type the priority, 1 to 4.";
      const call = number === undefined ? desk.call : (desk.state.picture?.calls.get(number) ?? lastly(desk, number));
      if (!call) return number === undefined ? "Pick a call first." : `No call is "${number}".`;
      void doing(() => gestures.priority(call.id, Number(wanted), reason ?? ""));
      return undefined;
    },
  },
};

function lastly({ state }: Desk, number: string): Call | null {
  const found = [...(state.picture?.calls.values() ?? [])].filter((one) => Number(one.id.split("-").at(-1)) === Number(number));
  return found.length === 1 ? (found[0] ?? null) : null;
}

export const close: Command = {
  id: "calls.close",
  keys: "z",
  label: "Close the call",
  group: "Incident",
  blocked(desk) {
    const why = open(desk);
    if (why !== null || !desk.call) return why;
    const here = desk.call.units.map((one) => desk.state.picture?.units.get(one.unit)).filter((unit) => unit?.call_id === desk.call?.id);
    const on = here.map((unit) => unit?.call_sign ?? "").join(", ");
    return on ? `Still on it: ${on}. Clear them first.` : null;
  },
  run: ({ call }) => form("close", call),
  typed: opening("CLOSE", "close"),
};

export const reopen: Command = {
  id: "calls.reopen",
  keys: null,
  label: "Open a closed call again",
  group: "Incident",
  blocked({ state, call }) {
    if (!call) return "Pick a call first.";
    if (state.busy) return BUSY;
    return call.state === "closed" ? null : `${call.id} is open.`;
  },
  run: ({ call }) => form("reopen", call),
  typed: {
    word: "REOPEN",
    takes: "call reason",
    run(line) {
      const known = line.namedCall();
      const number = known?.id ?? line.word(); // Also one that is off the board by now.
      if (!number) return "Name the call.";
      const reason = line.rest();
      if (known) return withReason("reopen", known, reason, (why) => gestures.reopen(known.id, why));
      if (!reason) return "Type why, behind its number.";
      void doing(() => gestures.reopen(number, reason));
      return undefined;
    },
  },
};

export const link: Command = {
  id: "calls.link",
  keys: null,
  label: "Link to another incident of the same event",
  group: "Incident",
  blocked: ({ state, call }) => (call ? (state.busy ? BUSY : null) : "Pick a call first."),
  run: ({ call }) => form("link", call),
  typed: {
    word: "LINK",
    takes: "call [call] [reason]",
    run(line, desk) {
      const first = line.namedCall();
      if (!first) return "Name the other call.";
      const second = line.namedCall() ?? desk.call;
      if (!second) return "Name both calls, or pick one first.";
      const reason = line.rest();
      void doing(() => gestures.link(second.id, first.id, reason));
      return undefined;
    },
  },
};

export const unlink: Command = {
  id: "calls.unlink",
  keys: null,
  label: "Undo a link",
  group: "Incident",
  blocked: ({ call }) => (call ? ((call.linked ?? []).length > 0 ? null : "It is linked to none.") : "Pick a call first."),
  run: ({ call }) => (call?.linked?.[0] ? doing(() => gestures.unlink(call.id, call.linked?.[0] ?? "", "")) : undefined),
  typed: {
    word: "UNLINK",
    takes: "call [call]",
    run(line, desk) {
      const first = line.namedCall();
      if (!first) return "Name the other call.";
      const second = line.namedCall() ?? desk.call;
      if (!second) return "Name both calls, or pick one first.";
      void doing(() => gestures.unlink(second.id, first.id, ""));
      return undefined;
    },
  },
};

export const split: Command = {
  id: "calls.split",
  keys: null,
  label: "Make a second incident out of it",
  group: "Incident",
  blocked: open,
  run: ({ call }) => form("split", call),
  typed: {
    word: "SPLIT",
    takes: "[call] unit... reason",
    run(line) {
      const call = line.call();
      if (typeof call === "string") return call;
      const units = line.units();
      const reason = line.rest();
      if (typeof units === "string" || !reason) {
        form("split", call);
        return undefined;
      }
      void doing(() => gestures.split(call.id, { units: units.map((one) => one.id), reason }));
      return undefined;
    },
  },
};

export const place: Command = {
  id: "calls.place",
  keys: null,
  label: "The call is somewhere else",
  group: "Incident",
  blocked: open,
  run: ({ call }) => form("place", call),
  typed: opening("MOVE", "place"),
};

/** A hospital asks by telephone to be passed over, or takes patients again. */
export const diversion: Command = {
  id: "hospitals.diversion",
  keys: null,
  label: "A hospital diverts, or takes patients again",
  group: "Incident",
  blocked: ({ state }) => ((state.picture?.hospitals.size ?? 0) > 0 ? null : "No hospital is registered here."),
  run({ state }) {
    const all = [...(state.picture?.hospitals.values() ?? [])];
    const first = all.find((one) => one.diverting) ?? all[0];
    if (first) store.set({ gesture: { kind: "diversion", of: first.id } });
  },
  typed: {
    word: "HOSPITAL",
    takes: "name",
    run(line, { state }) {
      const wanted = line.rest().toLowerCase();
      const found = [...(state.picture?.hospitals.values() ?? [])].filter((one) => one.name.toLowerCase().startsWith(wanted));
      if (found.length !== 1 || !found[0]) return found.length === 0 ? `No hospital is "${wanted}".` : `That is ${found.map((one) => one.name).join(" or ")}. Type more of it.`;
      store.set({ gesture: { kind: "diversion", of: found[0].id } });
      return undefined;
    },
  },
};

export const confirmArrival: Command = {
  id: "units.confirm_arrival",
  keys: "]",
  label: "Arrived: as the unit's position suggests",
  group: "Incident",
  place: "looking",
  blocked: arrivalBlocked,
  run: (desk) => answer(desk, true),
};

export const dismissArrival: Command = {
  id: "units.dismiss_arrival",
  keys: "[",
  label: "Not arrived, whatever its position suggests",
  group: "Incident",
  place: "looking",
  blocked: arrivalBlocked,
  run: (desk) => answer(desk, false),
};

/** The selected unit where it is asked about, else whoever is asked about the longest. */
export function askedAbout({ state }: Desk) {
  const all = arrivals(state.picture?.units.values());
  return all.find((one) => one.id === state.selectedUnit) ?? all[0];
}

function arrivalBlocked(desk: Desk): string | null {
  if (desk.state.busy) return BUSY;
  return askedAbout(desk) ? null : "No unit's position suggests that it arrived.";
}

function answer(desk: Desk, there: boolean): Promise<void> | undefined {
  const unit = askedAbout(desk);
  return unit && incident.answerArrival(unit, there);
}

export const INCIDENT_COMMANDS: readonly Command[] = [
  note,
  claim,
  takeOver,
  release,
  send,
  divert,
  swap,
  clear,
  cancelUnits,
  stage,
  enter,
  priority,
  close,
  reopen,
  link,
  unlink,
  split,
  place,
  diversion,
  confirmArrival,
  dismissArrival,
];
