/** A station that nobody touches locks itself. The server locks it; the page says when a hand is there, and hides. */

import { send } from "../api/client";
import type * as server from "../api/generated";

export type Lock = server.LockOut;

const LOCKED = "goldenhour-locked";
const LOOK_MS = 5_000;
const SAY_MS = 60_000;

/** Tell the page that the server shows it nothing any more. */
export function sayLocked(): void {
  window.dispatchEvent(new Event(LOCKED));
}

/** What a feed's last word means: a locked station waits where it is, everything else goes on with `otherwise`. */
export function closed(message: Event, otherwise: () => void): void {
  if (message instanceof MessageEvent && codeOf(message.data) === "locked") sayLocked();
  else otherwise();
}

function codeOf(data: unknown): string {
  try {
    return (JSON.parse(String(data)) as { code?: string }).code ?? "";
  } catch {
    return "";
  }
}

/** When to say that a hand is there, and when to ask whether the station has locked itself. Times are real ms. */
export class Hands {
  readonly #afterMs: number;
  #lastMs: number;
  #saidMs: number;

  constructor(afterS: number, nowMs: number) {
    this.#afterMs = afterS * 1000;
    this.#lastMs = this.#saidMs = nowMs;
  }

  /** A hand did something; return whether the server is to hear of it. */
  touch(nowMs: number): boolean {
    this.#lastMs = nowMs;
    if (nowMs - this.#saidMs < Math.min(SAY_MS, this.#afterMs / 4)) return false;
    this.#saidMs = nowMs;
    return true;
  }

  /** Whether nobody has done anything for so long that the server may have locked the station. */
  due(nowMs: number): boolean {
    return nowMs - this.#lastMs > this.#afterMs;
  }
}

type SessionBody = Pick<server.SessionOut, "signed_in"> & Partial<server.SessionOut>;

/** Watch hands and the server from here on; `show` hides the page and asks for a proof. */
export async function watchLock(show: () => void): Promise<void> {
  window.addEventListener(LOCKED, show);
  const lock = await lockNow();
  if (lock?.locked) show();
  if (!lock?.after_s) return;
  const hands = new Hands(lock.after_s, performance.now());
  const touched = () => {
    if (hands.touch(performance.now())) send("POST", "/api/session/here").catch(() => undefined);
  };
  for (const kind of ["pointerdown", "keydown", "wheel"]) window.addEventListener(kind, touched, { passive: true });
  setInterval(() => {
    if (hands.due(performance.now())) void lockNow().then((now) => now?.locked && show());
  }, LOOK_MS);
}

async function lockNow(): Promise<Lock | null> {
  try {
    return (await send<SessionBody>("GET", "/api/session")).lock ?? null;
  } catch {
    return null; // The line is cut: the page says so itself, and the server shows nothing anyway.
  }
}
