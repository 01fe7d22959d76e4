/**
 * Follows the log: fetches the board, then hears every fact after its position.
 *
 * A cut connection is taken up again after the last position heard. When the log says that it began
 * anew, or when a position is missing, the board is fetched again: the picture is whole or says it is not.
 */

import type { Board, Fact, FeedClock, FeedFact, Moved, Unit } from "../api/types";
import type { SimClock } from "../kit/clock";
import { follows } from "./picture";
import type { Store } from "./store";

/** The part of EventSource that is used here. */
export interface Source {
  addEventListener: (type: string, listener: (message: MessageEvent<string>) => void) => void;
  close: () => void;
}

export interface Outside {
  fetchBoard: () => Promise<Board>;
  fetchTail: () => Promise<Fact[]>;
  open: (after: number, epoch: string | number) => Source;
  /** Real ms, only ever growing. */
  nowMs: () => number;
  /** Between 0 and 1: spreads the reconnecting of many desks after a cut. */
  jitter: () => number;
}

const SILENCE_MS = 5000; // The server's clock speaks once a second: five missing are a cut.
const BEHIND_MS = 5000; // So long may the head be ahead of us while nothing comes.
const FLUSH_MS = 150; // Facts that pour in are shown a few times a second.
const CALM_MS = 2000; // A board that is fetched anew must not be fetched in a loop.
const FIRST_RETRY_MS = 1000;
const LAST_RETRY_MS = 5000;

export class Feed {
  readonly #store: Store;
  readonly #clock: SimClock;
  readonly #outside: Outside;
  #source: Source | null = null;
  #attempts = 0;
  #generation = 0;
  #heard = 0;
  #openedMs = 0;
  #fetchedMs = -Infinity;
  /** What we hold cannot be continued: the next connection begins with a new board. */
  #outdated = false;
  #waiting: FeedFact[] = [];
  #flushTimer: ReturnType<typeof setTimeout> | null = null;
  #retryTimer: ReturnType<typeof setTimeout> | null = null;
  #watch: ReturnType<typeof setInterval> | null = null;
  #behindSinceMs: number | null = null;

  constructor(store: Store, clock: SimClock, outside: Outside) {
    this.#store = store;
    this.#clock = clock;
    this.#outside = outside;
  }

  start(): void {
    this.#watch = setInterval(() => this.#lookForSilence(), 1000);
    void this.#fetch();
  }

  stop(): void {
    this.#disconnect();
    if (this.#watch) clearInterval(this.#watch);
  }

  /** Try at once, such as when the machine is online again. */
  retryNow(): void {
    if (this.#retryTimer) this.#connect();
  }

  async #fetch(): Promise<void> {
    this.#disconnect();
    const generation = this.#generation;
    try {
      const board = await this.#outside.fetchBoard();
      const tail = await this.#outside.fetchTail().catch(() => []); // The board is worth showing without it.
      if (generation !== this.#generation) return;
      const nowMs = this.#outside.nowMs();
      this.#fetchedMs = nowMs;
      this.#outdated = false;
      this.#clock.hear(board.clock, nowMs);
      this.#heard = board.position;
      this.#store.boardCame(board, tail.filter((fact) => fact.position <= board.position));
      this.#store.set({ link: { kind: "connecting", heardMs: nowMs, retryMs: null } });
      this.#open();
    } catch (error) {
      if (generation !== this.#generation) return;
      const why = error instanceof Error ? error.message : "The board could not be fetched.";
      if (!this.#store.get().picture) this.#store.set({ phase: "failed", failure: why });
      this.#retryLater();
    }
  }

  #fetchAnew(): void {
    this.#outdated = true;
    if (this.#outside.nowMs() - this.#fetchedMs > CALM_MS) void this.#fetch();
    else this.#retryLater();
  }

  #connect(): void {
    this.#clearRetry();
    this.#store.set({ link: { ...this.#store.get().link, kind: "connecting", retryMs: null } });
    if (this.#store.get().picture && !this.#outdated) this.#open();
    else void this.#fetch();
  }

  #open(): void {
    this.#disconnect();
    const source = this.#outside.open(this.#heard, this.#store.get().picture?.board.epoch ?? "");
    const mine = (act: (data: string) => void) => (message: MessageEvent<string>) => {
      if (source === this.#source) act(message.data);
    };
    this.#source = source;
    this.#openedMs = this.#outside.nowMs();
    source.addEventListener("fact", mine((data) => this.#hearFact(JSON.parse(data) as FeedFact)));
    source.addEventListener("units", mine((data) => this.#hearUnits(JSON.parse(data) as { units: Unit[] })));
    source.addEventListener("positions", mine((data) => this.#hearPositions(JSON.parse(data) as { positions: Moved[] })));
    source.addEventListener("clock", mine((data) => this.#hearClock(JSON.parse(data) as FeedClock)));
    source.addEventListener("reset", mine(() => this.#fetchAnew()));
    source.addEventListener("error", mine(() => this.#retryLater()));
  }

  #hearFact(fact: FeedFact): void {
    this.#hearSomething();
    const place = follows(this.#heard, fact.position);
    if (place === "seen") return;
    if (place === "gap") {
      this.#fetchAnew();
      return;
    }
    this.#heard = fact.position;
    this.#behindSinceMs = null;
    this.#waiting.push(fact);
    this.#flushTimer ??= setTimeout(() => this.#flush(), FLUSH_MS);
  }

  /** What the clock alone changed comes after the facts before it. */
  #hearUnits({ units }: { units: Unit[] }): void {
    this.#hearSomething();
    if (this.#flushTimer) clearTimeout(this.#flushTimer);
    this.#flush();
    this.#store.unitsCame(units);
  }

  /** Where units are between facts; it comes after the facts before it, as theirs may be older. */
  #hearPositions({ positions }: { positions: Moved[] }): void {
    this.#hearSomething();
    if (this.#flushTimer) clearTimeout(this.#flushTimer);
    this.#flush();
    this.#store.positionsCame(positions);
  }

  #hearClock(clock: FeedClock): void {
    const nowMs = this.#hearSomething();
    this.#clock.hear(clock, nowMs);
    const board = this.#store.get().picture?.board;
    if (clock.epoch !== undefined && board && clock.epoch !== board.epoch) {
      this.#fetchAnew();
      return;
    }
    const shown = board?.clock;
    if (shown && (shown.speed !== clock.speed || shown.paused !== clock.paused)) this.#showSpeed(clock);
    if (clock.head <= this.#heard) this.#behindSinceMs = null;
    else this.#behindSinceMs ??= nowMs;
    if (this.#behindSinceMs !== null && nowMs - this.#behindSinceMs > BEHIND_MS) this.#fetchAnew();
  }

  #showSpeed({ at, speed, paused }: FeedClock): void {
    const { picture } = this.#store.get();
    if (picture) {
      this.#store.set({ picture: { ...picture, board: { ...picture.board, clock: { at, speed, paused } } } });
    }
  }

  #hearSomething(): number {
    const nowMs = this.#outside.nowMs();
    this.#attempts = 0;
    const { link } = this.#store.get();
    // The bottom line counts whole seconds: more often than twice a second tells nobody anything.
    if (link.kind !== "live" || link.heardMs === null || nowMs - link.heardMs > 500) {
      this.#store.set({ link: { kind: "live", heardMs: nowMs, retryMs: null } });
    }
    return nowMs;
  }

  #flush(): void {
    this.#flushTimer = null;
    const facts = this.#waiting;
    this.#waiting = [];
    if (facts.length > 0) this.#store.factsCame(facts, this.#clock.read(this.#outside.nowMs()));
  }

  #lookForSilence(): void {
    if (!this.#source) return;
    const heardMs = Math.max(this.#store.get().link.heardMs ?? 0, this.#openedMs);
    if (this.#outside.nowMs() - heardMs > SILENCE_MS) this.#retryLater();
  }

  #retryLater(): void {
    this.#disconnect();
    const wait = Math.min(LAST_RETRY_MS, FIRST_RETRY_MS * 2 ** this.#attempts) * (0.75 + 0.5 * this.#outside.jitter());
    this.#attempts += 1;
    const nowMs = this.#outside.nowMs();
    this.#store.set({ link: { kind: "down", heardMs: this.#store.get().link.heardMs, retryMs: nowMs + wait } });
    this.#retryTimer = setTimeout(() => this.#connect(), wait);
  }

  /** Let go of the source; facts already heard are shown, answers still under way are not. */
  #disconnect(): void {
    this.#generation += 1;
    this.#source?.close();
    this.#source = null;
    this.#behindSinceMs = null;
    this.#clearRetry();
    if (this.#flushTimer) {
      clearTimeout(this.#flushTimer);
      this.#flush();
    }
  }

  #clearRetry(): void {
    if (this.#retryTimer) clearTimeout(this.#retryTimer);
    this.#retryTimer = null;
  }
}
