/** What the page says of patients and of the hospital. Pure. */

import { elapsed, left, secondsBetween, wallTime } from "../kit/format";
import type { HospitalView, Inbound, Prealert, Standing } from "./types";

/** "67 years, female", "female", "3 weeks": what is missing is left out. */
export function whoWords({ age, age_unit, sex }: Pick<Prealert, "age" | "age_unit" | "sex">): string {
  const unit = age === 1 ? age_unit.replace(/s$/, "") : age_unit;
  return [age === null ? "" : `${age} ${unit}`, sex === "unknown" ? "sex unknown" : sex].filter(Boolean).join(", ");
}

/** When a patient will be here: "6:12", "due", "at the scene"; "" when nobody can say. */
export function etaWords(row: Pick<Inbound, "state" | "eta">, simMs: number): string {
  if (row.state === "to_come") return "At scene";
  const gone = secondsBetween(row.eta, simMs);
  if (gone === null) return "No ETA";
  return gone < 0 ? elapsed(-gone) : "Due";
}

/** What an ETA counts from, in the board's words for a position: "position reported"; "" without an ETA. */
export function etaFromWords({ eta_from }: Pick<Inbound, "eta_from">): string {
  return eta_from ? `position ${eta_from}` : "";
}

/** What is left of the offload limit; "" when the arrival was not stamped, "18:20" when no rule gives a limit. */
export function offloadWords(arrived_at: string | null, limit_s: number | null, simMs: number): string {
  const gone = secondsBetween(arrived_at, simMs);
  if (gone === null) return "";
  return limit_s === null ? elapsed(Math.max(0, gone)) : left(limit_s - Math.max(0, gone));
}

/** For how long a pre-alert has had no answer: "0:12", "1:40, too long". */
export function waitWords(sent_at: string, limit_s: number | null, simMs: number): string {
  const gone = Math.max(0, secondsBetween(sent_at, simMs) ?? 0);
  return limit_s !== null && gone > limit_s ? `${elapsed(gone)}, too long` : elapsed(gone);
}

/** Whether a patient at the door waits longer than the limit. */
export function isOver(row: Pick<Inbound, "state" | "arrived_at">, limit_s: number | null, simMs: number): boolean {
  const gone = secondsBetween(row.arrived_at, simMs);
  return row.state === "here" && gone !== null && limit_s !== null && gone > limit_s;
}

/** "Diversion: Stroke until 15:00". */
export function standingWords(one: Standing, zone: string): string {
  const until = one.until ? ` until ${wallTime(one.until, zone).slice(0, 5)}` : "";
  return `${one.words}${until}`;
}

/** The pre-alerts that nobody has acknowledged, the longest waiting first. */
export function waiting(view: HospitalView | null): { row: Inbound; alert: Prealert }[] {
  const found = (view?.inbound ?? []).flatMap((row) =>
    row.prealerts.filter((one) => one.acknowledged_at === null).map((alert) => ({ row, alert })),
  );
  return found.sort((a, b) => a.alert.sent_at.localeCompare(b.alert.sent_at));
}
