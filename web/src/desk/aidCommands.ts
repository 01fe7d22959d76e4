/** The hold queue, alarms, mutual aid and move-up as commands. Part of COMMANDS. */

import { aidApi } from "../api/aid";
import { simNow } from "../kit/ticker";
import { attempt } from "./actions";
import { sounding } from "./alarms";
import type { Command } from "./commands";
import type { Desk } from "./deskOf";
import { store } from "./store";

function open({ state, call }: Desk): string | null {
  if (!call) return "Pick a call first.";
  if (state.busy) return "The last command is still on its way.";
  return call.state === "closed" ? `${call.id} is closed.` : null;
}

/** Holds a waiting call; pressed on one that is held, it lets it go on. */
export const holdCall: Command = {
  id: "dispatch.hold",
  keys: "H",
  label: "Hold this call, with a reason; or let it go on",
  group: "Incident",
  blocked(desk) {
    const why = open(desk);
    if (why !== null || !desk.call) return why;
    return desk.call.state === "waiting" ? null : `Somebody is on ${desk.call.id}: it does not wait.`;
  },
  run({ call }) {
    if (!call) return undefined;
    if (!call.hold?.on_purpose) return store.set({ sheet: "hold" });
    return attempt(async () => {
      await aidApi.goOn(call.id);
      return `${call.id} goes on.`;
    });
  },
};

/** Takes the most urgent alarm that sounds. */
export const takeAlarm: Command = {
  id: "dispatch.acknowledge",
  keys: "K",
  label: "Take the most urgent alarm: silent until its next step",
  group: "Incident",
  inHand: true,
  blocked({ state }) {
    if (state.busy) return "The last command is still on its way.";
    return sounding(state.picture, simNow()).length > 0 ? null : "Nothing sounds.";
  },
  run({ state }) {
    const [first] = sounding(state.picture, simNow());
    if (!first) return undefined;
    return attempt(async () => {
      await aidApi.acknowledge(first.alarm.quantity, first.about);
      return `You have it: ${first.name} ${first.alarm.words}.`;
    });
  },
};

export const mutualAid: Command = {
  id: "dispatch.mutual_aid",
  keys: "A",
  label: "Mutual aid: ask a neighbour, enter what it says",
  group: "Incident",
  blocked: ({ state }) => (state.picture ? null : "The board is not there yet."),
  run: () => store.set({ sheet: "aid", message: null }),
};

export const moveUp: Command = {
  id: "dispatch.move_up",
  keys: "U",
  label: "Move-up: who could wait where instead",
  group: "Incident",
  blocked: ({ state }) => (state.picture ? null : "The board is not there yet."),
  run: () => store.set({ sheet: "moves", message: null }),
};

export const AID_COMMANDS: readonly Command[] = [holdCall, takeAlarm, mutualAid, moveUp];
