/** Moments typed by the clock of a place, and told by it. */

import { wallDate, wallTime } from "./format";

const MINUTE_MS = 60_000;

/**
 * The instant (ISO, UTC) when a place's clock shows a day and a time, such as 2026-05-04 and 07:00.
 *
 * An hour that comes twice is the first of the two; one that is skipped is the moment just as far after the change.
 */
export function instantOf(day: string, time: string, zone: string): string {
  const asIfUtc = Date.parse(`${day}T${time}:00Z`);
  const shift = (at: number) => Date.parse(`${wallDate(at, zone)}T${wallTime(at, zone)}Z`) - at;
  const early = asIfUtc - Math.max(shift(asIfUtc - 24 * 60 * MINUTE_MS), shift(asIfUtc + 24 * 60 * MINUTE_MS));
  const exact = asIfUtc - shift(early) === early ? early : asIfUtc - shift(asIfUtc - shift(early));
  return new Date(exact).toISOString();
}

/** "2026-05-04 07:00" by a place's clock; "" when the time is missing. */
export function momentWords(at: string | null | undefined, zone: string): string {
  return at ? `${wallDate(at, zone)} ${wallTime(at, zone).slice(0, 5)}` : "";
}
