/**
 * The taps of a crew, kept on the device until the site has them: in order, each once, over reloads and dead zones.
 *
 * A tap carries its id, so sending it again is harmless, and the time it was pressed by this device's clock with how far
 * that clock is off. What the site refuses is set aside with its words, and those behind it go on.
 */

import { Refusal } from "../api/client";

export interface Tap {
  /** The id of the gesture: the site knows by it that it has it already. */
  id: string;
  path: string;
  body: Readonly<Record<string, unknown>>;
  /** What it is, for people: "On scene". */
  label: string;
  /** When it was pressed, by the site's clock as this device knows it. */
  atMs: number;
  /** Why the site would not take it; null while it waits to be sent. */
  refused: string | null;
  failures: number;
  /** When the site took it, by its own clock as this device knows it; null while it has not. */
  takenMs: number | null;
}

/** The storage, the line and the clock that the queue uses. */
export interface Outside {
  read: () => string | null;
  write: (text: string) => void;
  /** Sends one tap; throws a Refusal. */
  send: (path: string, body: object) => Promise<unknown>;
  /** The site's time now, as this device knows it. */
  siteMs: () => number;
  /** Calls back after so many ms; returns how to forget it. */
  later: (ms: number, act: () => void) => () => void;
  /** Lets one page at a time send, where several are open on the device. */
  alone: (work: () => Promise<void>) => Promise<void>;
}

export interface Kept {
  /** Those that the site has not taken: they wait, or were refused. */
  taps: readonly Tap[];
  /** Those that the site has taken and the page has not heard of: after a cut line that may be long. */
  told: readonly Tap[];
  /** Why nothing can be sent although the line is there, such as nobody being signed in; null otherwise. */
  held: string | null;
}

const FIRST_WAIT_MS = 2000;
const LAST_WAIT_MS = 15_000;
const HEARD_MS = 3000; // A view so much younger than a taken tap that does not show it has heard something else since.
const MOST_FAILURES = 5; // So often may the site itself fail on one tap before those behind it go on.
const NO_LINE = new Set(["unreachable", "log_unavailable", "reads_unavailable"]);
const FAULTS = new Set(["failed", "fault"]);
const SIGNED_OUT = new Set(["not_signed_in", "idle", "locked"]);

export class TapQueue {
  readonly #outside: Outside;
  readonly #sent: () => void;
  readonly #listeners = new Set<() => void>();
  #kept: Kept = { taps: [], told: [], held: null };
  #sending = false;
  #wait = FIRST_WAIT_MS;
  #forget: (() => void) | null = null;

  /** `sent` is told after each tap that the site took. */
  constructor(outside: Outside, sent: () => void = () => undefined) {
    this.#outside = outside;
    this.#sent = sent;
    this.look();
  }

  readonly get = (): Kept => this.#kept;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Keep a tap, and try to send what is kept. It stands in the storage before this returns. */
  add(tap: Omit<Tap, "refused" | "failures" | "takenMs">): void {
    this.#change((taps) => [...taps, { ...tap, refused: null, failures: 0, takenMs: null }]);
    void this.flush();
  }

  /** Forget a tap that was refused: a person has read why. */
  dismiss(id: string): void {
    this.#change((taps) => taps.filter((one) => one.id !== id || one.refused === null));
  }

  /** Forget the taken taps of which the page has heard by now: what it was shown at that time of the site shows them. */
  heard(atMs: number, isShown: (tap: Tap) => boolean): void {
    const known = (tap: Tap) => tap.takenMs !== null && (atMs - tap.takenMs > HEARD_MS || isShown(tap));
    if (this.#kept.told.some(known)) this.#change((taps) => taps.filter((one) => !known(one)));
  }

  /** Read the storage anew: another page of this device may have changed it. */
  look(): void {
    this.#show(this.#stored());
  }

  /** Send what is kept now, in order. */
  async flush(): Promise<void> {
    if (this.#sending) return;
    this.#sending = true;
    this.#forget?.();
    this.#forget = null;
    try {
      await this.#outside.alone(() => this.#sendAll());
    } finally {
      this.#sending = false;
    }
  }

  async #sendAll(): Promise<void> {
    for (;;) {
      this.look();
      const next = this.#kept.taps.find((one) => one.refused === null);
      if (!next) return;
      try {
        await this.#outside.send(next.path, next.body);
      } catch (error) {
        if (this.#goesOn(next, error)) continue;
        this.#again();
        return;
      }
      this.#wait = FIRST_WAIT_MS;
      this.#set({ ...this.#kept, held: null });
      const takenMs = this.#outside.siteMs();
      this.#change((taps) => taps.map((one) => (one.id === next.id ? { ...one, takenMs } : one)));
      this.#sent();
    }
  }

  /** Deal with what came back; return whether those behind it go on. */
  #goesOn(tap: Tap, error: unknown): boolean {
    const refusal = error instanceof Refusal ? error : null;
    const code = refusal?.code ?? "page";
    if (SIGNED_OUT.has(code)) {
      this.#set({ ...this.#kept, held: "Sign in again to send what is kept." });
      return false;
    }
    if (NO_LINE.has(code)) return false;
    const failures = tap.failures + 1;
    const aside = !FAULTS.has(code) || failures >= MOST_FAILURES;
    const words = aside ? (refusal?.message ?? "This page failed on it.") : null;
    this.#change((taps) => taps.map((one) => (one.id === tap.id ? { ...one, failures, refused: words } : one)));
    return aside;
  }

  #again(): void {
    this.#forget = this.#outside.later(this.#wait, () => void this.flush());
    this.#wait = Math.min(LAST_WAIT_MS, this.#wait * 2);
  }

  #stored(): Tap[] {
    const text = this.#outside.read();
    if (!text) return [];
    try {
      const found: unknown = JSON.parse(text);
      return Array.isArray(found) ? (found as Tap[]) : [];
    } catch {
      return []; // Half a write, as a dying phone leaves it: nothing in it can be trusted.
    }
  }

  #change(act: (taps: Tap[]) => Tap[]): void {
    const taps = act(this.#stored());
    this.#outside.write(JSON.stringify(taps));
    this.#show(taps);
  }

  #show(all: readonly Tap[]): void {
    const taken = (one: Tap) => typeof one.takenMs === "number";
    this.#set({ ...this.#kept, taps: all.filter((one) => !taken(one)), told: all.filter(taken) });
  }

  #set(kept: Kept): void {
    this.#kept = kept;
    for (const listener of this.#listeners) listener();
  }
}

/** What the page says of taps that the site does not have: "3 taps kept, not sent yet"; "" for none. */
export function keptWords(taps: readonly Tap[]): string {
  const waiting = taps.filter((one) => one.refused === null).length;
  if (waiting === 0) return "";
  return `${waiting} ${waiting === 1 ? "tap" : "taps"} kept, not sent yet`;
}
