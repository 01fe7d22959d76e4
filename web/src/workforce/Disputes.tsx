import { useState } from "react";
import { useAsk } from "../kit/ask";
import { LongField } from "../kit/Fields";
import { FormSheet } from "../kit/Sheet";
import { Answer } from "../kit/States";
import { momentWords } from "../kit/zoned";
import { gesture } from "./gestures";
import { say } from "./saying";
import type { Dispute, Vocabulary } from "./types";

const PATH = "/api/workforce/scope/disputes";

/** Says that a rule is wrong: the medical directors have it at once, and no answer changes until the book does. */
export function DisputeButton({ rule }: { rule: string }) {
  const [open, setOpen] = useState(false);
  const [words, setWords] = useState("");
  return (
    <>
      <button type="button" className="button plain" onClick={() => setOpen(true)} aria-label={`This rule is wrong: ${rule}`}>
        This rule is wrong
      </button>
      {open && (
        <FormSheet
          head="This rule is wrong"
          action="Tell the medical directors"
          fault={words.trim() === "" ? "Say what is wrong with it." : null}
          onClose={() => setOpen(false)}
          onSend={async () => {
            await gesture(PATH, { rule, words });
            setWords("");
            say(`The medical directors have your word about ${rule}.`);
          }}
        >
          <p>
            The rule {rule} goes on answering as it does until its book is corrected. A verdict never blocks care.
          </p>
          <LongField label="What is wrong" value={words} onChange={setWords} hint="Where it stands right, if you know. No patient's name." />
        </FormSheet>
      )}
    </>
  );
}

/** What was said to be wrong, for medical directors. */
export function DisputesView({ setting }: { setting: Vocabulary }) {
  const asked = useAsk<{ disputes: Dispute[] }>(PATH);
  return (
    <Answer
      asked={asked}
      loading="Fetching what was said."
      empty={({ disputes }) => (disputes.length === 0 ? "Nobody has said that a rule is wrong." : null)}
    >
      {({ disputes }) => (
        <ul className="cards">
          {disputes.map((one) => (
            <li key={`${one.rule} ${one.said_at} ${one.said_by}`} className="waiting-card">
              <h2>{one.rule}</h2>
              <p className="muted">
                {one.place}, said by {one.said_by}, {momentWords(one.said_at, setting.time_zone)}
              </p>
              <p>{one.words}</p>
              <p className="muted small">
                {one.as_then
                  ? "The rule books have not changed since."
                  : one.still_there
                    ? "The rule books have changed since."
                    : "The rule is in no book any more."}{" "}
                What was decided while it was in force: <code>goldenhour scope past {one.rule}</code>
              </p>
            </li>
          ))}
        </ul>
      )}
    </Answer>
  );
}
