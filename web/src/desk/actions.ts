/** What the desk does. Every outcome is said in words; nothing fails silently. */

import { api, Refusal } from "../api/client";
import type { Call, Chosen } from "../api/types";
import { currentTheme, remember, showTheme, soundIsOn } from "../kit/remembered";
import { announce } from "../kit/sound";
import { simNow } from "../kit/ticker";
import { uuid7 } from "../kit/uuid7";
import { camera } from "../map/camera";
import { whereIs } from "../map/motion";
import { asking } from "./asking";
import { deskOf } from "./deskOf";
import { store, type Place } from "./store";
import { taking } from "./taking";

export const SPEEDS = [1, 2, 5, 10, 20, 30, 60, 120] as const;

const LONGEST = 300; // Characters of a reason that the log keeps.

/** Run one command at a time against the server, and say what came of it. */
export async function attempt(work: () => Promise<string>): Promise<void> {
  if (store.get().busy) return;
  store.set({ busy: true, message: null });
  try {
    store.set({ message: { tone: "done", text: await work() } });
  } catch (error) {
    const text = error instanceof Refusal ? error.message : "Something on this page went wrong. Reload it.";
    store.set({ message: { tone: "refused", text } });
  } finally {
    store.set({ busy: false });
  }
}

/** Ask who should go. The answer is recorded, and comes to every desk through the feed. */
async function ask(call: string): Promise<void> {
  // Nobody pressed anything: the card goes on saying that there is no recommendation.
  await api.recommendation(call).catch(() => undefined);
}

export const actions = {
  selectCall(id: string | null): void {
    if (store.get().mode.kind !== "looking") taking.aside();
    store.selectCall(id);
    const { call } = deskOf(store.get());
    if (!call) return;
    if (call.state !== "closed") void asking.begin(call.id);
    actions.showCall(call);
    if (call.state === "waiting" && !call.recommendation) void ask(call.id);
  },

  /** Show a call and whoever is on it, or should be. */
  showCall(call: Call): void {
    const { picture } = store.get();
    const wanted = new Set([...call.units, ...(call.state === "waiting" ? (call.recommendation?.chosen ?? []) : [])].map((one) => one.unit));
    const units = [...wanted].map((id) => picture?.units.get(id)).filter((unit) => unit !== undefined);
    const coming = units.filter((unit) => unit.call_id === call.id || unit.call_id === null);
    const places = coming.map((unit) => whereIs(unit, simNow())).filter((where) => where !== null);
    camera.current?.show([call, ...places]);
  },

  selectUnit(id: string): void {
    store.set({ selectedUnit: id });
    const unit = store.get().picture?.units.get(id);
    const where = unit && whereIs(unit, simNow());
    if (where) camera.current?.goTo(where);
  },

  /** Send every recommended unit that is not on its way yet, each under an id of its own. */
  send(call: Call, units: readonly Chosen[]): Promise<void> {
    return attempt(async () => {
      const sent: string[] = [];
      const refused: Refusal[] = [];
      for (const one of units) {
        try {
          await api.assign(call.id, {
            id: uuid7(),
            unit: one.unit,
            slot: one.slot,
            reason: one.reason.slice(0, LONGEST),
            ...(one.from_call_id ? { divert_from: one.from_call_id } : {}),
          });
          sent.push(callSign(one.unit));
        } catch (error) {
          if (!(error instanceof Refusal)) throw error;
          refused.push(error); // One unit that cannot go does not hold the others back.
        }
      }
      const [first] = refused;
      if (!first) return `${sent.join(", ")} sent to ${call.id}.`;
      if (sent.length === 0) throw first;
      const what = `${sent.join(", ")} sent to ${call.id}, not everybody: ${first.what}`;
      throw new Refusal({ code: first.code, what, do: first.todo });
    });
  },

  sendOther(call: Call, unit: string, reason: string): Promise<void> {
    return attempt(async () => {
      await api.assign(call.id, { id: uuid7(), unit, slot: "", reason: reason.slice(0, LONGEST) });
      return `${callSign(unit)} sent to ${call.id}.`;
    });
  },

  askAgain(call: Call): Promise<void> {
    return attempt(async () => {
      await api.recommendation(call.id);
      return `Asked again for ${call.id}.`;
    });
  },

  /** Ask who should go, without anybody having pressed for it. */
  recommend: ask,

  setDemo(speed: number, paused: boolean): Promise<void> {
    return attempt(async () => {
      await api.setDemo({ speed, paused });
      return paused ? "The demo is paused." : `The demo runs at ${speed} times real time.`;
    });
  },

  /** A place was pointed out on the map for the call that is taken. */
  describe(place: Place): void {
    void taking.place(place);
  },

  toggleTheme(): void {
    showTheme(currentTheme() === "dark" ? "light" : "dark");
    store.set({}); // Whoever draws with the theme's colours reads them again.
  },

  toggleSound(): void {
    const on = !soundIsOn();
    remember("sound", on ? "on" : "off");
    if (on) announce(2);
    store.set({ message: { tone: "done", text: on ? "New calls sound." : "New calls are silent." } });
  },
};

export function callSign(unit: string): string {
  return store.get().picture?.units.get(unit)?.call_sign ?? unit;
}
