import type { ReactNode } from "react";
import type { Asked } from "./ask";
import type { Refusal } from "../api/client";

/** A view of an answer: its own words while it loads, when it is refused, and when there is nothing in it. */
export function Answer<T>({
  asked,
  loading = "Fetching.",
  empty,
  children,
}: {
  asked: Asked<T>;
  loading?: string;
  /** Words for an answer that holds nothing; null when it holds something. */
  empty?: (data: T) => ReactNode | null;
  children: (data: T) => ReactNode;
}) {
  if (asked.refusal) return <RefusedWords refusal={asked.refusal} again={asked.again} />;
  if (asked.data === null) return <p className="empty" role="status">{asked.loading ? loading : ""}</p>;
  const nothing = empty?.(asked.data) ?? null;
  return (
    <div data-waiting={asked.loading || undefined} aria-busy={asked.loading} className="answer">
      {nothing === null ? children(asked.data) : <div className="empty">{nothing}</div>}
    </div>
  );
}

/** What the server would not do or show, and what can be done about it. */
export function RefusedWords({ refusal, again }: { refusal: Refusal; again?: () => void }) {
  return (
    <div className="refused" role="alert">
      <p>
        <strong>{refusal.what}</strong> {refusal.todo}
      </p>
      {refusal.code === "not_signed_in" && (
        <a className="button" href={`/signin?next=${encodeURIComponent(location.pathname + location.search)}`}>
          Sign in
        </a>
      )}
      {again && ["unreachable", "failed", "fault", "page"].includes(refusal.code) && (
        <button type="button" className="button" onClick={again}>
          Try again
        </button>
      )}
    </div>
  );
}
