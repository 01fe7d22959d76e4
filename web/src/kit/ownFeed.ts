/**
 * Follows the feed of a page that shows its own part alone. Each message is the page as it now is, whole, so there is
 * nothing to resume: a cut connection begins anew, and until it does the page says how old it is.
 */

import type { Link } from "./link";
import type { Reading, SimClock } from "./clock";

/** The part of EventSource that is used here. */
export interface Source {
  addEventListener: (type: string, listener: (message: MessageEvent<string>) => void) => void;
  close: () => void;
}

export interface Outside {
  open: () => Source;
  /** Real ms, only ever growing. */
  nowMs: () => number;
  /** Between 0 and 1: spreads the reconnecting of many pages after a cut. */
  jitter: () => number;
}

export interface Shown<View> {
  link: Link;
  view: View | null;
}

const SILENCE_MS = 5000; // The server's clock speaks once a second: five missing are a cut.
const FIRST_RETRY_MS = 1000;
const LAST_RETRY_MS = 5000;

export class OwnFeed<View> {
  readonly #name: string;
  readonly #clock: SimClock;
  readonly #outside: Outside;
  readonly #listeners = new Set<() => void>();
  #shown: Shown<View>;
  #source: Source | null = null;
  #openedMs = 0;
  #attempts = 0;
  #retry: ReturnType<typeof setTimeout> | null = null;
  #watch: ReturnType<typeof setInterval> | null = null;

  /** `name` is the message that holds the page; `last` what it showed when it was last heard, where that is kept. */
  constructor(name: string, clock: SimClock, outside: Outside, last: View | null = null) {
    this.#name = name;
    this.#clock = clock;
    this.#outside = outside;
    this.#shown = { link: { kind: "connecting", heardMs: null, retryMs: null }, view: last };
  }

  readonly get = (): Shown<View> => this.#shown;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  start(): void {
    this.#watch ??= setInterval(() => this.#lookForSilence(), 1000);
    this.#connect();
  }

  stop(): void {
    this.#disconnect();
    if (this.#watch) clearInterval(this.#watch);
    this.#watch = null;
  }

  /** Try at once, such as when the machine is online again. */
  retryNow(): void {
    if (this.#retry) this.#connect();
  }

  #connect(): void {
    this.#disconnect();
    const source = this.#outside.open();
    this.#source = source;
    this.#openedMs = this.#outside.nowMs();
    this.#set({ link: { ...this.#shown.link, kind: "connecting", retryMs: null } });
    const mine = (act: (data: string) => void) => (message: MessageEvent<string>) => {
      if (source === this.#source) act(message.data);
    };
    source.addEventListener(this.#name, mine((data) => this.#heard({ view: JSON.parse(data) as View })));
    source.addEventListener("clock", mine((data) => {
      this.#clock.hear(JSON.parse(data) as Reading, this.#outside.nowMs());
      this.#heard({});
    }));
    source.addEventListener("error", mine(() => this.#retryLater()));
  }

  #heard(change: Partial<Shown<View>>): void {
    this.#attempts = 0;
    this.#set({ ...change, link: { kind: "live", heardMs: this.#outside.nowMs(), retryMs: null } });
  }

  #lookForSilence(): void {
    if (!this.#source) return;
    const heardMs = Math.max(this.#shown.link.heardMs ?? 0, this.#openedMs);
    if (this.#outside.nowMs() - heardMs > SILENCE_MS) this.#retryLater();
  }

  #retryLater(): void {
    this.#disconnect();
    const wait = Math.min(LAST_RETRY_MS, FIRST_RETRY_MS * 2 ** this.#attempts) * (0.75 + 0.5 * this.#outside.jitter());
    this.#attempts += 1;
    this.#set({ link: { ...this.#shown.link, kind: "down", retryMs: this.#outside.nowMs() + wait } });
    this.#retry = setTimeout(() => this.#connect(), wait);
  }

  #disconnect(): void {
    this.#source?.close();
    this.#source = null;
    if (this.#retry) clearTimeout(this.#retry);
    this.#retry = null;
  }

  #set(change: Partial<Shown<View>>): void {
    this.#shown = { ...this.#shown, ...change };
    for (const listener of this.#listeners) listener();
  }
}
