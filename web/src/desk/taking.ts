/** Taking a call at this desk: the panel's draft, the list of everybody's, and sending it to dispatch. */

import { callsApi } from "../api/calls";
import type { Change, Draft, FoundPlace, NearCall } from "../api/calls";
import { Refusal } from "../api/client";
import { simNow } from "../kit/ticker";
import { uuid7 } from "../kit/uuid7";
import { camera } from "../map/camera";
import { actions, attempt } from "./actions";
import { asking } from "./asking";
import { DraftSaver, NOTHING, tab, type Kept, type Typed } from "./draft";
import { store, type Place } from "./store";

let saver: DraftSaver | null = null;

const outside = {
  begin: callsApi.begin,
  change: callsApi.change,
  draft: callsApi.draft,
  keep: tab,
  id: () => uuid7(),
  now: simNow,
};

function show(typed: Typed): void {
  if (store.get().mode.kind === "looking") return; // Put aside: it is saved on, and shown in the list.
  store.set({ taking: typed });
}

function open(from?: { begun?: string; draft?: Draft; unsaved?: Change }): void {
  // It looks again at once, so that what was typed before is shown on the new panel only.
  store.set({ selectedCall: null, selectedUnit: null, message: null, mode: { kind: "placing" }, taking: NOTHING, nearby: [], disposing: null, inHand: true });
  void asking.begin(null);
  saver = new DraftSaver(outside, show, from);
  store.set({ taking: saver.typed });
  const place = placeOf(saver.typed);
  if (place) {
    store.set({ mode: { kind: "describing", place } });
    camera.current?.reveal(place);
    if (saver.typed.call !== null) void asking.begin(saver.typed.call);
  }
}

export const taking = {
  /** A new call: nothing is saved before something is typed. */
  begin(): void {
    open();
  },

  /** A call that was typed before, here or at another desk. */
  async goOn(call: string): Promise<void> {
    await attempt(async () => {
      open({ draft: await callsApi.draft(call) });
      return `Call ${call} goes on here.`;
    });
  },

  takeOver(call: string): Promise<void> {
    return attempt(async () => {
      open({ draft: await callsApi.takeOver(call, uuid7()) });
      void taking.fetchDrafts();
      return `Call ${call} is taken here now.`;
    });
  },

  /** After a reload: what this tab was typing. */
  async bringBack(kept: Kept | null = tab.read()): Promise<void> {
    if (!kept) return;
    if (kept.call === null) {
      if (Object.keys(kept.unsaved).length > 0) open({ begun: kept.begun, unsaved: kept.unsaved });
      return;
    }
    try {
      const draft = await callsApi.draft(kept.call);
      if (draft.state === "open") open({ begun: kept.begun, draft, unsaved: kept.unsaved });
      else tab.write(null);
    } catch (error) {
      if (error instanceof Refusal) store.set({ message: { tone: "refused", text: `${kept.call} is not brought back: ${error.message}` } });
    }
  },

  type(change: Change): void {
    saver?.type(change);
  },

  save(): Promise<void> {
    return saver?.save() ?? Promise.resolve();
  },

  anew(): Promise<void> {
    return attempt(async () => {
      await saver?.anew();
      return "What was typed here is saved upon what is there now.";
    });
  },

  /** The place is known: the map shows it, and the questions begin. */
  async place(place: Place & { address?: string; exact?: boolean; typed?: string }): Promise<void> {
    if (!saver) open();
    store.set({ mode: { kind: "describing", place: { lon: place.lon, lat: place.lat } } });
    camera.current?.reveal(place);
    taking.type({
      lon: Number(place.lon.toFixed(6)),
      lat: Number(place.lat.toFixed(6)),
      address: place.address ?? null,
      ...(place.typed === undefined ? {} : { place: place.typed }),
      exact: place.exact === undefined ? null : place.exact ? 1 : 0,
    });
    const mine = saver;
    try {
      await mine?.save();
    } catch {
      return; // The panel says why; it is tried again.
    }
    if (mine === saver && mine?.typed.call) await asking.begin(mine.typed.call);
  },

  pick(found: FoundPlace, typed: string): Promise<void> {
    return taking.place({ lon: found.lon, lat: found.lat, address: found.label, exact: found.exact, typed });
  },

  /** Close the panel. What was typed stays at the server, in everybody's list. */
  aside(): void {
    const mine = saver;
    saver = null;
    const typed = mine?.typed;
    store.set({ mode: { kind: "looking" }, taking: null, disposing: null, inHand: false });
    if (!mine || !typed) return;
    const there = typed.call !== null || Object.keys(typed.fields).length > 0;
    mine
      .save()
      .then(() => {
        if (saver === null) tab.write(null);
        if (there && mine.typed.call) {
          store.set({ message: { tone: "done", text: `Call ${mine.typed.call} is put aside, saved. It stands in the list.` } });
        }
        void taking.fetchDrafts();
      })
      .catch(() => store.set({ message: { tone: "refused", text: "What was typed is not saved yet. This page goes on trying." } }));
  },

  /** To dispatch: it becomes the call of its number, and somebody is recommended. */
  dispatch(): Promise<void> {
    return attempt(async () => {
      const mine = saver;
      if (!mine) throw new Refusal({ code: "page", what: "No call is taken here.", do: "Press a." });
      await mine.save();
      const { call, version } = mine.typed;
      if (call === null) throw new Refusal({ code: "page", what: "It has no number yet.", do: "Wait a moment, then again." });
      await callsApi.dispatch(call, uuid7(), version);
      ended(mine);
      store.set({ mode: { kind: "looking" }, taking: null, disposing: null, selectedCall: call });
      void actions.recommend(call);
      void asking.begin(call);
      return `Call ${call} added.`;
    });
  },

  /** Another caller about a call that is there already. */
  sameAs(other: NearCall): Promise<void> {
    return attempt(async () => {
      const mine = saver;
      await mine?.save();
      const call = mine?.typed.call;
      if (!mine || !call) throw new Refusal({ code: "page", what: "Nothing is typed yet.", do: "Begin with the place." });
      await callsApi.sameAs(call, uuid7(), other.call_id);
      ended(mine);
      actions.selectCall(other.call_id);
      void taking.fetchDrafts();
      return `Call ${call} is linked to ${other.call_id}.`;
    });
  },

  /** Advice, referral and so on: `ends` takes a call that is still typed off the desk. */
  dispose(call: string, said: { kind: string; to: string; note: string; due_at: string | null }, words: string, ends: boolean): Promise<void> {
    return attempt(async () => {
      const mine = saver;
      const typing = mine?.typed.call === call ? mine : null;
      await typing?.save();
      await callsApi.dispose(call, { ...said, id: uuid7() });
      if (typing && ends) {
        ended(typing);
        store.set({ mode: { kind: "looking" }, taking: null, disposing: null, inHand: false });
      }
      store.set({ disposing: null });
      void taking.fetchDrafts();
      return `${call}: ${words.toLowerCase()}.`;
    });
  },

  discard(reason: string): Promise<void> {
    return attempt(async () => {
      const mine = saver;
      await mine?.save();
      const call = mine?.typed.call;
      if (mine && call) {
        await callsApi.discard(call, uuid7(), reason);
        ended(mine);
      }
      store.set({ mode: { kind: "looking" }, taking: null, disposing: null, inHand: false });
      void taking.fetchDrafts();
      return call ? `${call} is discarded: ${reason}.` : "Nothing was typed.";
    });
  },

  async fetchDrafts(): Promise<void> {
    try {
      store.set({ drafts: await callsApi.drafts() });
    } catch {
      // Whoever may not take calls has no list; a server that is away is told of by the line below.
    }
  },
};

function ended(mine: DraftSaver): void {
  mine.end();
  if (saver === mine) saver = null;
}

/** Where a call that is typed is, as far as that is known. */
export function placeOf(typed: Typed | null): Place | null {
  const { lon, lat } = typed?.fields ?? {};
  return typeof lon === "number" && typeof lat === "number" ? { lon, lat } : null;
}

/** Bring the drafts to this page, and keep their list true. */
export function followDrafts(): void {
  let seen = -1;
  let due: ReturnType<typeof setTimeout> | null = null;
  let first = true;
  store.subscribe(() => {
    const { picture, tail } = store.get();
    if (!picture) return;
    if (first) {
      first = false;
      void taking.bringBack();
    }
    const last = tail.find((fact) => ABOUT.test(fact.name))?.position ?? 0;
    if (last === seen) return;
    seen = last;
    due ??= setTimeout(() => {
      due = null;
      void taking.fetchDrafts();
    }, 200);
  });
}

const ABOUT = /^calls\.(draft_|call_received|disposition|duplicate)/;
