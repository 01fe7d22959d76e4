/**
 * What is typed on the command line: a word, then units, a call, and a reason, such as SEND M12 26-0041.
 *
 * A word's line belongs to its command, so that the button, the key, the line and the help sheet speak of one thing. A
 * unit followed by a status, such as M12 ER, stamps that step.
 */

import type { Call, Unit } from "../api/types";
import type { Command } from "./commands";
import type { Desk } from "./deskOf";
import type { Picture } from "./picture";

/** How a command is typed. */
export interface Typed {
  word: string;
  /** What follows the word, for the help: "unit call". */
  takes: string;
  /** Does it, or returns why not, in words. */
  run: (line: Words, desk: Desk) => string | undefined;
}

/** The step that a status' two letters stand for, pressed for a unit. */
export const STEPS: Record<string, string> = {
  AK: "acknowledged",
  ER: "en_route",
  ST: "at_staging",
  AS: "on_scene",
  AP: "at_patient",
  TR: "left_scene",
  AH: "at_destination",
  TC: "transfer_of_care",
  RT: "back_in_service",
  CX: "cancelled",
  AV: "at_home",
};

/** A unit by its call sign, or by its whole id where two agencies use one. */
export function unitsNamed(word: string, picture: Picture): Unit[] {
  const wanted = word.toLowerCase();
  const all = [...picture.units.values()];
  const whole = all.filter((one) => one.id.toLowerCase() === wanted);
  return whole.length > 0 ? whole : all.filter((one) => one.call_sign.toLowerCase() === wanted);
}

/** A call by its number, or the end of it where only one has it: 44 is 26-0044. */
export function callNamed(word: string, picture: Picture): Call | null {
  const whole = picture.calls.get(word);
  if (whole || !/^\d+$/.test(word)) return whole ?? null;
  const found = [...picture.calls.values()].filter((one) => Number(one.id.split("-").at(-1)) === Number(word));
  return found.length === 1 ? (found[0] ?? null) : null;
}

/** The words after the first, read one by one. */
export class Words {
  readonly #left: string[];
  readonly #picture: Picture;
  readonly #selected: Call | null;

  constructor(line: string, picture: Picture, selected: Call | null) {
    this.#left = line.split(/\s+/).filter((word) => word !== "");
    this.#picture = picture;
    this.#selected = selected;
  }

  /** The next word as a unit; null, and nothing is read, where it is none. */
  unit(): Unit | string {
    const word = this.#left[0];
    if (word === undefined) return "Name a unit.";
    const found = unitsNamed(word, this.#picture);
    if (found.length > 1) return `${word} is ${found.map((one) => one.id).join(" or ")}. Type which.`;
    if (!found[0]) return `No unit is "${word}".`;
    this.#left.shift();
    return found[0];
  }

  /** All units that come next. */
  units(): Unit[] | string {
    const found: Unit[] = [];
    for (;;) {
      const next = this.unit();
      if (typeof next === "string") return found.length > 0 && !next.includes(" or ") ? found : next;
      found.push(next);
    }
  }

  /**
   * The next word as a call; the selected call where it is none. The mere end of a number is one only where nothing
   * follows it: "2 patients" speaks of no call.
   */
  call(): Call | string {
    const figure = this.#left.length > 1 && /^\d+$/.test(this.#left[0] ?? "");
    const named = figure ? null : this.namedCall();
    if (named) return named;
    if (this.#selected) return this.#selected;
    const word = this.#left[0];
    return word === undefined ? "Name a call, or pick one first." : `No call is "${word}", and none is picked.`;
  }

  /** The next word as a call, read only where it is one. */
  namedCall(): Call | null {
    const found = this.#left[0] === undefined ? null : callNamed(this.#left[0], this.#picture);
    if (found) this.#left.shift();
    return found;
  }

  /** The next word as a number, read only where it is one. */
  figure(): number | null {
    return /^\d+$/.test(this.#left[0] ?? "") ? Number(this.#left.shift()) : null;
  }

  /** The next word as it stands. */
  word(): string {
    return this.#left.shift() ?? "";
  }

  rest(): string {
    return this.#left.splice(0).join(" ");
  }
}

/** How a command is typed, in one line: "SEND unit call". */
export function usage(command: Command): string {
  return command.typed ? `${command.typed.word} ${command.typed.takes}`.trim() : "";
}
