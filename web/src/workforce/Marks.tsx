import { STATUS_WORDS } from "./words";
import type { CredentialStatus, Standing } from "./types";

/** How a credential stands: a sign and its word. */
export function StatusWord({ status }: { status: CredentialStatus }) {
  const { mark, word } = STATUS_WORDS[status];
  return (
    <span className="stands" data-stands={status}>
      <i aria-hidden="true">{mark}</i>
      {word}
    </span>
  );
}

/** Whether somebody holds a live licence here: the level when they do, the word when they do not. */
export function StandingWord({ standing }: { standing: Standing }) {
  const status = !standing.live ? "lapsed" : standing.restrictions.length > 0 ? "restricted" : "live";
  const words = standing.live ? standing.level_words || "Live" : "No live licence";
  const word = words.charAt(0).toUpperCase() + words.slice(1);
  return (
    <span className="stands" data-stands={status} title={standing.why || undefined}>
      <i aria-hidden="true">{STATUS_WORDS[status].mark}</i>
      {word}
      {status === "restricted" && ", restricted"}
    </span>
  );
}

/** How soon something ends: the shorter, the fuller the mark; the days always stand beside it. */
export function DaysLeft({ days, notice }: { days: number; notice: number }) {
  return (
    <span className="days" data-notice={notice}>
      <i aria-hidden="true" />
      {days === 0 ? "today" : `${days} d`}
    </span>
  );
}
