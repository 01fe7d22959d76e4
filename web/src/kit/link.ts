/** The truth about the connection, in words. */

import { count, elapsed } from "./format";

export interface Link {
  kind: "connecting" | "live" | "down";
  /** When anything was last heard from the server, in real ms; null when never. */
  heardMs: number | null;
  /** When the next attempt starts, in real ms; null when one is under way. */
  retryMs: number | null;
}

export const STALE_AFTER_MS = 10_000;

/** True when what the page shows may no longer be so. */
export function isStale(link: Link, nowMs: number): boolean {
  return link.heardMs !== null && nowMs - link.heardMs >= STALE_AFTER_MS;
}

export interface LinkWords {
  tone: "live" | "reconnecting" | "stale";
  text: string;
}

/** What the bottom line says about the connection at an instant. */
export function linkWords(link: Link, nowMs: number, online = true): LinkWords {
  if (link.kind === "live" && !isStale(link, nowMs)) return { tone: "live", text: "Live" };
  const retry = !online
    ? "This machine is offline"
    : link.retryMs !== null && link.retryMs > nowMs
      ? `Reconnecting in ${Math.ceil((link.retryMs - nowMs) / 1000)} s`
      : "Connecting";
  if (link.heardMs !== null && isStale(link, nowMs)) {
    return { tone: "stale", text: `Stale: ${elapsed((nowMs - link.heardMs) / 1000)} old. ${retry}` };
  }
  return { tone: "reconnecting", text: retry };
}

/** "2 new calls", for the head of the list. */
export function newCallWords(n: number): string {
  return count(n, "new call");
}
