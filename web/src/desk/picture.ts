/** The board as this page holds it, and how a fact of the feed changes it. Pure. */

import type { Aid } from "../api/aid";
import type { Board, Call, Fact, FeedFact, Hospital, Measures, Moved, Unit } from "../api/types";

export interface Picture {
  /** The log position that this picture shows. */
  position: number;
  board: Board;
  units: ReadonlyMap<string, Unit>;
  calls: ReadonlyMap<string, Call>;
  hospitals: ReadonlyMap<string, Hospital>;
  measures: Measures;
  /** What neighbours were asked for, the oldest first. */
  aid: readonly Aid[];
}

const CLOSED_STAYS_MS = 15 * 60 * 1000;
const TAIL = 200;

export function pictureOf(board: Board): Picture {
  return {
    position: board.position,
    board,
    units: byId(board.units),
    calls: byId(board.calls),
    hospitals: byId(board.hospitals),
    measures: board.measures,
    aid: board.aid ?? [],
  };
}

/**
 * The picture after some facts, in order. Facts at or before its position are dropped: they are in it.
 *
 * Only call this with facts that follow without a gap; `follows` tells.
 */
export function merged(picture: Picture, facts: readonly FeedFact[]): Picture {
  const fresh = facts.filter((fact) => fact.position > picture.position);
  const last = fresh.at(-1);
  if (!last) return picture;
  return {
    ...picture,
    position: last.position,
    units: withoutGone(replaced(picture.units, fresh, (changed) => changed.units)),
    calls: replaced(picture.calls, fresh, (changed) => changed.calls),
    hospitals: replaced(picture.hospitals, fresh, (changed) => changed.hospitals),
    measures: fresh.findLast((fact) => fact.changed?.measures)?.changed?.measures ?? picture.measures,
    aid: fresh.findLast((fact) => fact.changed?.aid)?.changed?.aid ?? picture.aid,
  };
}

/** The picture with whole entries of units that changed by the clock alone; its position stays. */
export function withUnits(picture: Picture, units: readonly Unit[]): Picture {
  return { ...picture, units: new Map([...picture.units, ...byId(units)]) };
}

/** The picture with where units are between facts; a unit that it does not know is left out. */
export function withPositions(picture: Picture, moved: readonly Moved[]): Picture {
  const known = moved.flatMap(({ unit, position, suggestion }) => {
    const before = picture.units.get(unit);
    return before ? [{ ...before, position, suggestion }] : [];
  });
  return known.length === 0 ? picture : withUnits(picture, known);
}

/** What a position means to a page that has seen everything up to `seen`. The log has no gaps of its own. */
export function follows(seen: number, position: number): "next" | "seen" | "gap" {
  if (position <= seen) return "seen";
  return position === seen + 1 ? "next" : "gap";
}

/** Calls without those that were closed more than 15 minutes ago; the same map when nothing goes. */
export function withoutLongClosed(calls: ReadonlyMap<string, Call>, simMs: number): ReadonlyMap<string, Call> {
  const gone = [...calls.values()].filter(
    (call) => call.state === "closed" && simMs - lastHeardOf(call) > CLOSED_STAYS_MS,
  );
  if (gone.length === 0) return calls;
  const kept = new Map(calls);
  for (const call of gone) kept.delete(call.id);
  return kept;
}

/** The log's tail, newest first, each position once. */
export function tailWith(tail: readonly Fact[], facts: readonly Fact[]): readonly Fact[] {
  const known = new Set(tail.map((fact) => fact.position));
  const fresh = facts.filter((fact) => !known.has(fact.position));
  if (fresh.length === 0) return tail;
  return [...fresh, ...tail].sort((a, b) => b.position - a.position).slice(0, TAIL);
}

/** Lent units that went home are on the board no longer. */
function withoutGone(units: ReadonlyMap<string, Unit>): ReadonlyMap<string, Unit> {
  const gone = [...units.values()].some((unit) => unit.gone);
  return gone ? new Map([...units].filter(([, unit]) => !unit.gone)) : units;
}

function lastHeardOf(call: Call): number {
  const times = call.units.flatMap((unit) => Object.values(unit.stamps)).map((at) => Date.parse(at));
  return Math.max(Date.parse(call.received_at), ...times.filter((at) => !Number.isNaN(at)));
}

function byId<T extends { id: string }>(entries: readonly T[]): ReadonlyMap<string, T> {
  return new Map(entries.map((entry) => [entry.id, entry]));
}

function replaced<T extends { id: string }>(
  entries: ReadonlyMap<string, T>,
  facts: readonly FeedFact[],
  pick: (changed: NonNullable<FeedFact["changed"]>) => readonly T[] | undefined,
): ReadonlyMap<string, T> {
  const news = facts.flatMap((fact) => (fact.changed ? (pick(fact.changed) ?? []) : []));
  if (news.length === 0) return entries;
  const next = new Map(entries);
  for (const entry of news) next.set(entry.id, entry);
  return next;
}
