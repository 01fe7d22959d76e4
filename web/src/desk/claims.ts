/** Who works on a call: said by itself when somebody types there, seen by every desk, in nobody's way. */

import { incidentsApi, type Claim } from "../api/incidents";
import { Refusal } from "../api/client";
import type { Call } from "../api/types";
import { simNow } from "../kit/ticker";
import { uuid7 } from "../kit/uuid7";
import { attempt } from "./actions";
import { meNow } from "./useMe";
import { store } from "./store";

const AGAIN_MS = 60_000; // While somebody types on, they say so once a minute.

let told = { call: "", atMs: -Infinity };

/** The claim that holds at a moment of the county's clock; it ends by itself. */
export function holding(call: Call | null | undefined, simMs: number): Claim | null {
  const claim = call?.claim;
  return claim && simMs < Date.parse(claim.until) ? claim : null;
}

export const claims = {
  /** Somebody types on a call at this desk. If another one has it, the card says so; what is typed is sent all the same. */
  typing(call: string): void {
    const nowMs = performance.now();
    if (told.call === call && nowMs - told.atMs < AGAIN_MS) return;
    told = { call, atMs: nowMs };
    incidentsApi.claim(call, uuid7(), "typing").catch((error: unknown) => {
      if (error instanceof Refusal && error.code === "claimed") store.set({ message: { tone: "refused", text: error.message } });
    });
  },

  /** Work on a call, or no longer. */
  toggle(call: Call): Promise<void> {
    return holding(call, simNow())?.by === meNow() ? claims.release(call.id) : claims.take(call.id);
  },

  take(call: string, from = ""): Promise<void> {
    return attempt(async () => {
      await incidentsApi.claim(call, uuid7(), "working", from);
      told = { call, atMs: performance.now() };
      return from ? `${call} is taken over from ${from}.` : `You work on ${call}: the other desks see it.`;
    });
  },

  release(call: string): Promise<void> {
    return attempt(async () => {
      await incidentsApi.release(call, uuid7());
      told = { call: "", atMs: -Infinity };
      return `${call} is let go.`;
    });
  },

  /** The card was closed: whoever only typed there lets go without a word. */
  left(call: string): void {
    if (told.call !== call) return;
    told = { call: "", atMs: -Infinity };
    incidentsApi.release(call, uuid7()).catch(() => undefined); // It ends by itself.
  },
};

/** Let go of a call when another one is looked at. */
export function followClaims(): void {
  let shown = store.get().selectedCall;
  store.subscribe(() => {
    const { selectedCall } = store.get();
    if (selectedCall === shown) return;
    if (shown !== null) claims.left(shown);
    shown = selectedCall;
  });
}
