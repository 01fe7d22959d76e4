/** What a typed line means: a command, a call, a unit. Pure. */

import type { Picture } from "./picture";
import { COMMANDS, type Command } from "./commands";

export type Found = { kind: "command"; command: Command } | { kind: "call" | "unit"; id: string };

/** Everything that can be typed in full, for the list of suggestions. */
export function suggestions(picture: Picture): string[] {
  return [
    ...[...picture.calls.values()].map((call) => call.id),
    ...[...picture.units.values()].map((unit) => unit.call_sign),
    ...COMMANDS.map((command) => command.label),
  ];
}

/**
 * Find what was typed: a call by its number or the end of it ("44" is 26-0044), a unit by its call sign, a command by
 * the beginning of its label. Null when nothing, or more than one thing of a kind, fits.
 */
export function find(typed: string, picture: Picture): Found | null {
  const wanted = typed.trim().toLowerCase();
  if (!wanted) return null;
  const unit = [...picture.units.values()].find((one) => one.call_sign.toLowerCase() === wanted);
  if (unit) return { kind: "unit", id: unit.id };
  const calls = [...picture.calls.keys()];
  const call = calls.find((id) => id.toLowerCase() === wanted) ?? only(calls, (id) => endsInNumber(id, wanted));
  if (call !== null) return { kind: "call", id: call };
  const command = only(COMMANDS, (one) => one.label.toLowerCase().startsWith(wanted));
  return command && { kind: "command", command };
}

function endsInNumber(id: string, wanted: string): boolean {
  return /^\d+$/.test(wanted) && Number(id.split("-").at(-1)) === Number(wanted);
}

function only<T>(all: readonly T[], fits: (one: T) => boolean): T | null {
  const found = all.filter(fits);
  return found.length === 1 ? (found[0] ?? null) : null;
}
