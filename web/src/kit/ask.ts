/** What a view shows of the server: its answer, that it is on its way, or its refusal in words. */

import { useCallback, useEffect, useState } from "react";
import { Refusal, send } from "../api/client";

export interface Asked<T> {
  /** The last answer; kept while a new one is on its way, so that nothing jumps. */
  data: T | null;
  refusal: Refusal | null;
  /** No answer to this question yet. */
  loading: boolean;
  /** Ask once more, after something changed. */
  again: () => void;
}

interface Held<T> {
  key: string;
  data: T | null;
  refusal: Refusal | null;
}

/**
 * Ask the server for what stands at an address; null asks nothing.
 *
 * With `said`, the question is in the body (POST): for what must not stand in an address, such as a name.
 */
export function useAsk<T>(path: string | null, said?: object): Asked<T> {
  const [held, setHeld] = useState<Held<T> | null>(null);
  const [turn, setTurn] = useState(0);
  const body = said ? JSON.stringify(said) : "";
  const key = `${path ?? ""} ${body}`;
  useEffect(() => {
    if (path === null) return undefined;
    let wanted = true;
    send<T>(body ? "POST" : "GET", path, body ? (JSON.parse(body) as object) : undefined).then(
      (data) => wanted && setHeld({ key, data, refusal: null }),
      (error: unknown) => wanted && setHeld({ key, data: null, refusal: asRefusal(error) }),
    );
    return () => {
      wanted = false; // A slow answer to an old question must not replace the new one's.
    };
  }, [path, body, key, turn]);
  const again = useCallback(() => setTurn((before) => before + 1), []);
  const answered = path === null || held?.key === key;
  return { data: held?.data ?? null, refusal: answered ? (held?.refusal ?? null) : null, loading: !answered, again };
}

export function asRefusal(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  return new Refusal({ code: "page", what: "Something on this page went wrong.", do: "Load it again." });
}

/** A value that follows another one once it has stood still: for what a person is typing. */
export function useSettled<T>(value: T, ms = 200): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), ms);
    return () => clearTimeout(timer);
  }, [value, ms]);
  return settled;
}

/** Ask again every so often while the page is looked at: for what changes by the clock. */
export function useEvery(again: () => void, ms: number): void {
  useEffect(() => {
    const timer = setInterval(() => {
      if (!document.hidden) again();
    }, ms);
    return () => clearInterval(timer);
  }, [again, ms]);
}
