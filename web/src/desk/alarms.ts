/** When an alarm sounds, and which is the most urgent. The server decides the same in dispatch/alarms.py. Pure. */

import type { Alarm } from "../api/aid";
import type { Call } from "../api/types";
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

/** What stands beside the mark, of whom where that is not said beside it: nothing before the first step. */
export function alarmWords(alarm: Alarm, simMs: number, name = ""): string {
  const step = stepOfAlarm(alarm, simMs);
  if (step === 0) return "";
  const limit = elapsed(alarm.steps_s[Math.min(step, alarm.steps_s.length) - 1]);
  const age = elapsed(secondsBetween(alarm.since, simMs));
  const what = name ? `${name} ${alarm.words}` : alarm.words;
  if (!sounds(alarm, simMs)) return `${alarm.silenced?.by ?? ""} has it: ${what}, ${age}`;
  return `${what}, ${age} of ${limit}`;
}

/** What may sound of a call beside its own age: co-responders that have not answered, pages that too few answered. */
export function alarmsOfCall(call: Call): { alarm: Alarm; about: string; name: string }[] {
  const asked = (call.co_responders ?? []).map((one) => ({ alarm: one.alarm, about: one.request, name: one.label }));
  const pages = (call.pages ?? []).map((one) => ({ alarm: one.alarm, about: one.id, name: one.unit.split("/").at(-1) ?? one.unit }));
  return [...asked, ...pages].flatMap(({ alarm, ...rest }) => (alarm ? [{ alarm, ...rest }] : []));
}

/** Everything that sounds now, calls first, then what was asked for them, then units: what it is and how to take it. */
export function sounding(picture: Picture | null, simMs: number): { alarm: Alarm; about: string; name: string }[] {
  if (!picture) return [];
  const inOrder = callsInOrder(picture.calls);
  const calls = inOrder.map((one) => ({ alarm: one.hold?.alarm, about: one.id, name: one.id }));
  const aid = picture.aid.map((one) => ({ alarm: one.alarm, about: one.id, name: one.name }));
  const units = [...picture.units.values()].map((one) => ({ alarm: one.alarm, about: one.id, name: one.call_sign }));
  return [...calls, ...inOrder.flatMap(alarmsOfCall), ...aid, ...units].flatMap(({ alarm, ...rest }) => (alarm && sounds(alarm, simMs) ? [{ alarm, ...rest }] : []));
}
