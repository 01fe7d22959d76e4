/** What a typed line means: a command with its words, a unit's step, an explanation; a command, a call, a unit. Pure. */

import type { Call, Unit } from "../api/types";
import type { Picture } from "./picture";
import { COMMANDS, type Command } from "./commands";
import { callNamed, STEPS, unitsNamed, usage, Words } from "./typed";

export type Found =
  | { kind: "command"; command: Command }
  | { kind: "line"; command: Command; words: Words }
  | { kind: "step"; unit: Unit; stamp: string }
  | { kind: "explained"; text: string }
  | { kind: "refused"; text: string }
  | { kind: "call" | "unit"; id: string };

/** Everything that can be typed in full, for the list of suggestions. */
export function suggestions(picture: Picture): string[] {
  return [
    ...COMMANDS.flatMap((command) => (command.typed ? [`${command.typed.word} `] : [])),
    ...[...picture.calls.values()].map((call) => call.id),
    ...[...picture.units.values()].map((unit) => unit.call_sign),
    ...COMMANDS.map((command) => command.label),
  ];
}

/**
 * Find what was typed: a command's word with what follows it, a unit with a step (M12 ER), "?" with a word; a call by its
 * number or the end of it ("44" is 26-0044), a unit by its call sign, a command by the beginning of its label. Null when
 * nothing, or more than one thing of a kind, fits.
 */
export function find(typed: string, picture: Picture, selected: Call | null = null): Found | null {
  const line = typed.trim();
  if (!line) return null;
  const [first = "", second = "", ...more] = line.split(/\s+/);
  if (first.startsWith("?")) return explained(`${first.slice(1)} ${second}`.trim());
  const command = wordOf(first);
  if (command) return { kind: "line", command, words: new Words(line.slice(first.length), picture, selected) };
  const units = unitsNamed(first, picture);
  if (second && units.length > 0) return step(units, first, second, more.length > 0);
  if (units[0]) return { kind: "unit", id: units[0].id };
  const call = callNamed(line, picture);
  if (call !== null) return { kind: "call", id: call.id };
  const labelled = only(COMMANDS, (one) => one.label.toLowerCase().startsWith(line.toLowerCase()));
  return labelled && { kind: "command", command: labelled };
}

function wordOf(word: string): Command | undefined {
  return COMMANDS.find((one) => one.typed?.word === word.toUpperCase());
}

function step(units: readonly Unit[], name: string, mark: string, more: boolean): Found {
  if (units.length > 1) return { kind: "refused", text: `${name} is ${units.map((one) => one.id).join(" or ")}. Type which.` };
  const [unit] = units;
  const stamp = STEPS[mark.toUpperCase()];
  if (!unit || stamp === undefined || more) {
    return { kind: "refused", text: `Behind a unit stands one of ${Object.keys(STEPS).join(", ")}. Nothing was changed.` };
  }
  return { kind: "step", unit, stamp };
}

function explained(word: string): Found {
  const sheet = COMMANDS.find((one) => one.id === "desk.help");
  if (!word && sheet) return { kind: "command", command: sheet };
  const command = wordOf(word);
  if (command) return { kind: "explained", text: `${usage(command)}: ${command.label.toLowerCase()}.` };
  const words = COMMANDS.flatMap((one) => (one.typed ? [one.typed.word] : []));
  return { kind: "refused", text: `No word is "${word}". There are ${words.join(", ")}.` };
}

function only<T>(all: readonly T[], fits: (one: T) => boolean): T | null {
  const found = all.filter(fits);
  return found.length === 1 ? (found[0] ?? null) : null;
}
