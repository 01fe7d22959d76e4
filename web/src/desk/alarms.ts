/** When an alarm sounds, and which is the most urgent. The server decides the same in dispatch/alarms.py. Pure. */

import type { Alarm } from "../api/aid";
import { elapsed, secondsBetween } from "../kit/format";
import { callsInOrder } from "./order";
import type { Picture } from "./picture";

/** How many steps have come; 0 before the first. */
export function stepOfAlarm(alarm: Alarm, simMs: number): number {
  const age_s = secondsBetween(alarm.since, simMs) ?? 0;
  const past = alarm.steps_s.filter((one) => age_s >= one).length;
  const last = alarm.steps_s.at(-1) ?? 0;
  if (past < alarm.steps_s.length || alarm.again_s === 0) return past;
  return past + Math.floor((age_s - last) / alarm.again_s);
}

/** A step has come that nobody acknowledged. */
export function sounds(alarm: Alarm | null | undefined, simMs: number): boolean {
  return alarm != null && stepOfAlarm(alarm, simMs) > (alarm.silenced?.step ?? 0);
}

/** What stands beside the mark: nothing before the first step. */
export function alarmWords(alarm: Alarm, simMs: number): string {
  const step = stepOfAlarm(alarm, simMs);
  if (step === 0) return "";
  const limit = elapsed(alarm.steps_s[Math.min(step, alarm.steps_s.length) - 1]);
  const age = elapsed(secondsBetween(alarm.since, simMs));
  if (!sounds(alarm, simMs)) return `${alarm.silenced?.by ?? ""} has it: ${alarm.words}, ${age}`;
  return `${alarm.words}, ${age} of ${limit}`;
}

/** Everything that sounds now, calls first, then requests, then units: what it is and how to take it. */
export function sounding(picture: Picture | null, simMs: number): { alarm: Alarm; about: string; name: string }[] {
  if (!picture) return [];
  const calls = callsInOrder(picture.calls).map((one) => ({ alarm: one.hold?.alarm, about: one.id, name: one.id }));
  const aid = picture.aid.map((one) => ({ alarm: one.alarm, about: one.id, name: one.name }));
  const units = [...picture.units.values()].map((one) => ({ alarm: one.alarm, about: one.id, name: one.call_sign }));
  return [...calls, ...aid, ...units].flatMap(({ alarm, ...rest }) => (alarm && sounds(alarm, simMs) ? [{ alarm, ...rest }] : []));
}
