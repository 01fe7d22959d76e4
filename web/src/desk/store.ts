/** Everything the page knows. Components read slices of it; the map reads it between frames. */

import { useSyncExternalStore } from "react";
import type { Board, Fact, FeedFact, Moved, Unit } from "../api/types";
import type { Draft, NearCall, Question, Triage } from "../api/calls";
import type { Typed } from "./draft";
import type { Link } from "../kit/link";
import { merged, pictureOf, tailWith, withPositions, withUnits, withoutLongClosed, type Picture } from "./picture";

export interface Place {
  lon: number;
  lat: number;
}

/**
 * What the pointer and the keys mean on the map: looking; a call is taken whose place is wanted; one whose place is known.
 */
export type Mode = { kind: "looking" } | { kind: "placing" } | { kind: "describing"; place: Place };

/** Where the questions of one call stand, as this desk last heard. */
export interface Asking {
  /** The call's number; null while a call that is taken has none yet. */
  call: string | null;
  triage: Triage | null;
  /** An answer is on its way. */
  busy: boolean;
  /** Questions that were asked here, so that an answer can be changed. */
  asked: Readonly<Record<string, Question>>;
}

export const NOT_ASKING: Asking = { call: null, triage: null, busy: false, asked: {} };

/** A gesture that asks for more than one key: which, on what, and what is filled in already. */
export interface Gesture {
  kind: "priority" | "close" | "reopen" | "swap" | "cancel" | "stage" | "enter" | "link" | "split" | "undo_split" | "place" | "diversion" | "co_ask" | "co_said";
  /** The call, or the hospital, that it is about. */
  of: string;
  unit?: string;
}

/** What the desk last said to its person. `tone` decides the mark, not only the colour. */
export interface Message {
  tone: "done" | "refused";
  text: string;
}

export interface State {
  phase: "loading" | "ready" | "failed";
  /** Why the board could not be fetched, in words. */
  failure: string;
  picture: Picture | null;
  tail: readonly Fact[];
  link: Link;
  /** Calls that came in while this page was open and that nobody here looked at or answered yet. */
  unseen: readonly string[];
  selectedCall: string | null;
  /** A unit that was picked in a list or on the map; the map rings it. */
  selectedUnit: string | null;
  mode: Mode;
  /** The call that is typed at this desk; null when none is. */
  taking: Typed | null;
  /** Every call that somebody is typing. */
  drafts: readonly Draft[];
  /** Open calls near the place of the call that is taken, the likeliest first. */
  nearby: readonly NearCall[];
  /** The call for which something else than sending is chosen; null while nothing is. */
  disposing: string | null;
  /** The sheet of holding, mutual aid or move-up that is open; null while none is. */
  sheet: "hold" | "aid" | "moves" | null;
  /** The gesture whose form is open; null while none is. */
  gesture: Gesture | null;
  asking: Asking;
  /** The keys answer the questions of the call in front. */
  inHand: boolean;
  /** The metronome may beat. */
  beat: boolean;
  message: Message | null;
  helpOpen: boolean;
  /** A command on its way to the server, so that it is not sent twice. */
  busy: boolean;
  /** This browser cannot draw the map. */
  mapFault: boolean;
}

export const START: State = {
  phase: "loading",
  failure: "",
  picture: null,
  tail: [],
  link: { kind: "connecting", heardMs: null, retryMs: null },
  unseen: [],
  selectedCall: null,
  selectedUnit: null,
  mode: { kind: "looking" },
  taking: null,
  drafts: [],
  nearby: [],
  disposing: null,
  sheet: null,
  gesture: null,
  asking: NOT_ASKING,
  inHand: false,
  beat: true,
  message: null,
  helpOpen: false,
  busy: false,
  mapFault: false,
};

export class Store {
  #state: State = START;
  readonly #listeners = new Set<() => void>();

  readonly get = (): State => this.#state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly set = (change: Partial<State>): void => {
    this.#state = { ...this.#state, ...change };
    for (const listener of this.#listeners) listener();
  };

  /** Units changed by the clock alone, such as at the midnight on which a licence lapsed. */
  readonly unitsCame = (units: readonly Unit[]): void => {
    const { picture } = this.#state;
    if (picture) this.set({ picture: withUnits(picture, units) });
  };

  /** Units moved, between facts. */
  readonly positionsCame = (moved: readonly Moved[]): void => {
    const { picture } = this.#state;
    if (picture) this.set({ picture: withPositions(picture, moved) });
  };

  /** A whole board came: the first one, or a new one after a gap. */
  readonly boardCame = (board: Board, tail: readonly Fact[]): void => {
    const before = this.#state.picture;
    const picture = pictureOf(board);
    const sameLog = before?.board.epoch === board.epoch;
    this.set({
      phase: "ready",
      failure: "",
      picture,
      tail: tailWith(sameLog ? this.#state.tail : [], tail),
      unseen: before && sameLog ? this.#stillUnseen(picture, newWaiting(before, picture)) : [],
    });
  };

  /** Facts came, in order and without a gap. */
  readonly factsCame = (facts: readonly FeedFact[], simMs: number): void => {
    const before = this.#state.picture;
    if (!before) return;
    const after = merged(before, facts);
    if (after === before) return;
    const picture = { ...after, calls: withoutLongClosed(after.calls, simMs) };
    this.set({
      picture,
      tail: tailWith(this.#state.tail, facts),
      unseen: this.#stillUnseen(picture, newWaiting(before, picture)),
    });
  };

  readonly selectCall = (id: string | null): void => {
    this.set({
      selectedCall: id,
      unseen: this.#state.unseen.filter((one) => one !== id),
      message: null,
      mode: { kind: "looking" },
      taking: null,
      disposing: null,
      gesture: null,
      ...(id === this.#state.selectedCall ? {} : { inHand: false }),
    });
  };

  #stillUnseen(picture: Picture, fresh: readonly string[]): readonly string[] {
    const all = [...this.#state.unseen, ...fresh.filter((id) => !this.#state.unseen.includes(id))];
    const kept = all.filter((id) => picture.calls.get(id)?.state === "waiting" && id !== this.#state.selectedCall);
    return kept.length === 0 && this.#state.unseen.length === 0 ? this.#state.unseen : kept;
  }
}

function newWaiting(before: Picture, after: Picture): string[] {
  if (before.calls === after.calls) return [];
  return [...after.calls.values()]
    .filter((call) => call.state === "waiting" && !before.calls.has(call.id))
    .map((call) => call.id);
}

export const store = new Store();

/** Read a slice of the store; the component renders again only when that slice is another one. */
export function useDesk<T>(select: (state: State) => T): T {
  return useSyncExternalStore(store.subscribe, () => select(store.get()));
}
