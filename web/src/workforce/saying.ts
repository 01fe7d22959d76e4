/** What the office last said to its person, in the bottom line. */

import { useSyncExternalStore } from "react";

export interface Said {
  tone: "done" | "refused";
  text: string;
}

let said: Said | null = null;
const listeners = new Set<() => void>();

export function say(text: string, tone: Said["tone"] = "done"): void {
  said = { tone, text };
  for (const listener of listeners) listener();
}

export function hush(): void {
  if (said === null) return;
  said = null;
  for (const listener of listeners) listener();
}

export function useSaid(): Said | null {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => said,
  );
}
