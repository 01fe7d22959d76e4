/** The hold queue, alarms, mutual aid and move-up as commands. Part of COMMANDS. */

import { aidApi } from "../api/aid";
import type { Call } from "../api/types";
import { simNow } from "../kit/ticker";
import { actions, attempt } from "./actions";
import { sounding } from "./alarms";
import type { Command } from "./commands";
import type { Desk } from "./deskOf";
import { store } from "./store";

function open({ state, call }: Desk): string | null {
  if (!call) return "Pick a call first.";
  if (state.busy) return "The last command is still on its way.";
  return call.state === "closed" ? `${call.id} is closed.` : null;
}

/** Null for a call that nobody is on; why it cannot be held otherwise. */
function waits(call: Call): string | null {
  if (call.state === "closed") return `${call.id} is closed.`;
  return call.state === "waiting" ? null : `Somebody is on ${call.id}: it does not wait.`;
}

/** Holds a waiting call; pressed on one that is held, it lets it go on. */
export const holdCall: Command = {
  id: "dispatch.hold",
  keys: "H",
  label: "Hold this call, with a reason; or let it go on",
  group: "Incident",
  blocked(desk) {
    return open(desk) ?? (desk.call && waits(desk.call));
  },
  run({ call }) {
    if (!call) return undefined;
    return call.hold?.on_purpose ? letGoOn(call) : store.set({ sheet: "hold" });
  },
  typed: {
    word: "HOLD",
    takes: "[call] reason",
    run(line) {
      const call = line.call();
      if (typeof call === "string") return call;
      const why = waits(call);
      if (why !== null) return why;
      const reason = line.rest();
      if (!reason) {
        actions.selectCall(call.id);
        store.set({ sheet: "hold" });
        return undefined;
      }
      void attempt(async () => {
        await aidApi.hold(call.id, reason);
        return `${call.id} is held: ${reason}.`;
      });
      return undefined;
    },
  },
};

function letGoOn(call: Call): Promise<void> {
  return attempt(async () => {
    await aidApi.goOn(call.id);
    return `${call.id} goes on.`;
  });
}

export const goOn: Command = {
  id: "dispatch.go_on",
  keys: null,
  label: "Let a held call go on",
  group: "Incident",
  blocked: (desk) => open(desk) ?? (desk.call?.hold?.on_purpose ? null : "Nobody holds it."),
  run: ({ call }) => (call ? letGoOn(call) : undefined),
  typed: {
    word: "GO",
    takes: "[call]",
    run(line) {
      const call = line.call();
      if (typeof call === "string") return call;
      const more = line.rest();
      if (more) return `No call is "${more}".`;
      if (!call.hold?.on_purpose) return `Nobody holds ${call.id}.`;
      void letGoOn(call);
      return undefined;
    },
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
  typed: {
    word: "ACK",
    takes: "",
    run(_line, desk) {
      const why = takeAlarm.blocked(desk);
      if (why !== null) return why;
      void takeAlarm.run(desk);
      return undefined;
    },
  },
};

export const mutualAid: Command = {
  id: "dispatch.mutual_aid",
  keys: "A",
  label: "Mutual aid: ask a neighbour, enter what it says",
  group: "Incident",
  blocked: ({ state }) => (state.picture ? null : "The board is not there yet."),
  run: () => store.set({ sheet: "aid", message: null }),
  typed: {
    word: "AID",
    takes: "[call]",
    run(line) {
      const call = line.namedCall();
      const more = line.rest();
      if (more) return `No call is "${more}".`;
      if (call) actions.selectCall(call.id);
      store.set({ sheet: "aid", message: null });
      return undefined;
    },
  },
};

export const moveUp: Command = {
  id: "dispatch.move_up",
  keys: "U",
  label: "Move-up: who could wait where instead",
  group: "Incident",
  blocked: ({ state }) => (state.picture ? null : "The board is not there yet."),
  run: () => store.set({ sheet: "moves", message: null }),
  typed: {
    word: "MOVEUP",
    takes: "[unit station]",
    run(line, { state }) {
      const unit = line.unit();
      const wanted = line.rest().toLowerCase();
      if (typeof unit === "string") {
        if (wanted) return unit;
        store.set({ sheet: "moves", message: null });
        return undefined;
      }
      if (!wanted) return `Name the station that ${unit.call_sign} is to wait at.`;
      const posts = state.picture?.board.stations ?? [];
      const whole = posts.filter((one) => one.name.toLowerCase() === wanted || one.id === wanted);
      const found = whole.length > 0 ? whole : posts.filter((one) => one.name.toLowerCase().startsWith(wanted));
      const [post] = found;
      if (!post) return `No station is "${wanted}".`;
      if (found.length > 1) return `That is ${found.map((one) => one.name).join(" or ")}. Type more of it.`;
      void attempt(async () => {
        await aidApi.move(unit.id, post.id);
        return `${unit.call_sign} drives to ${post.name}, available.`;
      });
      return undefined;
    },
  },
};

export const AID_COMMANDS: readonly Command[] = [holdCall, goOn, takeAlarm, mutualAid, moveUp];
