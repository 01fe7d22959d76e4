import { useEffect } from "react";
import { store } from "./store";

const SOON_MS = 200; // Several facts of one gesture are one look.

const ANYTHING = /^/;

/** Look again whenever the feed told something about a call; `about` says by its name what counts. */
export function useNews(call: string, again: () => void, about = ANYTHING): void {
  useEffect(() => {
    let seen = newest(call, about);
    let due: ReturnType<typeof setTimeout> | null = null;
    const stop = store.subscribe(() => {
      const last = newest(call, about);
      if (last <= seen) return;
      seen = last;
      due ??= setTimeout(() => {
        due = null;
        again();
      }, SOON_MS);
    });
    return () => {
      stop();
      if (due) clearTimeout(due);
    };
  }, [call, again, about]);
}

/** The position of the newest fact that speaks of a call, as far as this page heard. */
function newest(call: string, about: RegExp): number {
  return store.get().tail.find((fact) => about.test(fact.name) && speaksOf(fact.stream, fact.payload, call))?.position ?? 0;
}

function speaksOf(stream: string, payload: Record<string, unknown>, call: string): boolean {
  return stream === `call/${call}` || NAMES.some((name) => payload[name] === call);
}

const NAMES = ["call_id", "from_call_id", "to_call_id", "same_as"];
