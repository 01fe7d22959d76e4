export type VerdictKey = "allow" | "deny" | "unknown";

export const VERDICTS: Record<VerdictKey, { sign: string; word: string }> = {
  allow: { sign: "✓", word: "Allowed" },
  deny: { sign: "✕", word: "Not allowed" },
  unknown: { sign: "?", word: "Unknown" },
};

/** A verdict: filled with a tick, outlined with a cross, dashed with a question mark; its word for everybody. */
export function Verdict({ verdict, brief = false, note }: { verdict: VerdictKey; brief?: boolean; note?: string }) {
  const { sign, word } = VERDICTS[verdict];
  return (
    <span className="verdict" data-verdict={verdict} title={brief ? [word, note].filter(Boolean).join(": ") : undefined}>
      <i aria-hidden="true">{sign}</i>
      <span className={brief ? "unseen" : undefined}>{word}</span>
    </span>
  );
}

/** The same in one word, for a rule that nobody has seen in its own text yet. */
export function Unconfirmed() {
  return (
    <span className="flag" title="Second-hand: nobody has yet seen this rule in its own text">
      unconfirmed
    </span>
  );
}
