/** In which order the lists stand, and how they hold still while somebody uses them. Pure. */

import type { Call, Status, Unit } from "../api/types";
import { byCallSign } from "../kit/format";
import { STATUS_ORDER } from "../kit/words";

const STATE_ORDER = { waiting: 0, assigned: 1, on_scene: 1, transporting: 1, closed: 2 };

/** Waiting above held above running above closed; then by priority; then the oldest first. */
export function callsInOrder(calls: ReadonlyMap<string, Call> | undefined): Call[] {
  return [...(calls?.values() ?? [])].sort(
    (a, b) =>
      STATE_ORDER[a.state] - STATE_ORDER[b.state] ||
      a.priority - b.priority ||
      a.received_at.localeCompare(b.received_at) ||
      a.id.localeCompare(b.id),
  );
}

/** One line of a list: what it shows and under which head it stands. */
export interface Line {
  id: string;
  group: string;
}

export function callLines(calls: ReadonlyMap<string, Call>): Line[] {
  return callsInOrder(calls).map((call) => ({
    id: call.id,
    group: call.state === "closed" ? "closed" : call.hold ? "held" : call.state === "waiting" ? "waiting" : "running",
  }));
}

export function unitLines(units: ReadonlyMap<string, Unit>): Line[] {
  const rank = new Map<Status, number>(STATUS_ORDER.map((status, place) => [status, place]));
  return [...units.values()]
    .sort((a, b) => (rank.get(a.status) ?? 0) - (rank.get(b.status) ?? 0) || byCallSign(a.call_sign, b.call_sign))
    .map((unit) => ({ id: unit.id, group: unit.status }));
}

/**
 * The lines to show while a list is in use: those that stood there stay where they were, new ones wait.
 *
 * Lines that are no longer wanted at all go away; nothing else moves.
 */
export function held(standing: readonly Line[], wanted: readonly Line[]): { lines: Line[]; waiting: string[] } {
  const known = new Set(standing.map((line) => line.id));
  const still = new Set(wanted.map((line) => line.id));
  return {
    lines: standing.filter((line) => still.has(line.id)),
    waiting: wanted.filter((line) => !known.has(line.id)).map((line) => line.id),
  };
}
