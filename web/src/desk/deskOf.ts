import type { Call, Chosen } from "../api/types";
import type { State } from "./store";

/** What a command looks at before it says whether it can run. */
export interface Desk {
  state: State;
  /** The selected call. */
  call: Call | null;
  /** Recommended units that nobody sent yet. */
  unsent: readonly Chosen[];
}

/** The desk as it stands. */
export function deskOf(state: State): Desk {
  const call = state.selectedCall === null ? null : (state.picture?.calls.get(state.selectedCall) ?? null);
  const sent = new Set(call?.units.map((one) => one.unit));
  return { state, call, unsent: call?.recommendation?.chosen.filter((one) => !sent.has(one.unit)) ?? [] };
}
