import { useState } from "react";
import { useAsk } from "../kit/ask";
import { LongField } from "../kit/Fields";
import { holds, useSession } from "../kit/session";
import { FormSheet } from "../kit/Sheet";
import { Answer } from "../kit/States";
import { Link } from "../kit/where";
import { momentWords } from "../kit/zoned";
import { gesture, paths } from "./gestures";
import { say } from "./saying";
import { useSetting } from "./setting";
import type { Proposal } from "./types";

/** Changes that only take hold once a second person has confirmed them. */
export function WaitingPage() {
  const [all, setAll] = useState(false);
  const asked = useAsk<{ proposals: Proposal[] }>(`/api/workforce/proposals?waiting=${String(!all)}`);
  const [deciding, setDeciding] = useState<{ proposal: Proposal; confirm: boolean } | null>(null);
  const officer = holds(useSession(), "credentialing");
  const zone = useSetting()?.time_zone ?? "UTC";
  return (
    <>
      <header className="page-head">
        <h1>Second person</h1>
        <div className="switch" role="group" aria-label="Which changes">
          <button type="button" aria-pressed={!all} onClick={() => setAll(false)}>
            Waiting
          </button>
          <button type="button" aria-pressed={all} onClick={() => setAll(true)}>
            All
          </button>
        </div>
      </header>
      <p className="lead">
        A change that would take a live licence from more than 5 % of a place's people, and a correction that gives somebody more than
        they had, wait here until another officer has looked.
      </p>
      <Answer
        asked={asked}
        empty={({ proposals }) =>
          proposals.length === 0 ? (all ? "Nothing has ever waited." : "Nothing waits for a second person.") : null
        }
      >
        {({ proposals }) => (
          <ul className="cards">
            {proposals.map((one) => (
              <li key={one.id} className="waiting-card" data-state={one.state}>
                <h2>{one.kind === "import" ? "A file of people" : "A correction"}</h2>
                <p className="muted">
                  Proposed by {one.proposed_by}, {momentWords(one.proposed_at, zone)}
                </p>
                {one.of > 0 && (
                  <p>
                    On {one.day} it would leave <strong>{one.dropped} of {one.of}</strong> live-licensed people of {one.where} without a
                    licence.
                  </p>
                )}
                {one.person && (
                  <p>
                    It concerns <Link href={`/workforce/people/${encodeURIComponent(one.person)}`}>{one.person}</Link>
                    {one.credential && `, ${one.credential}`}.
                  </p>
                )}
                {one.state !== "waiting" && (
                  <p>
                    {one.state === "confirmed" ? "Confirmed" : "Dropped"} by {one.decided_by}
                    {one.decided_at && `, ${one.decided_at.slice(0, 10)}`}
                  </p>
                )}
                {one.state === "waiting" && officer && (
                  <div className="actions">
                    <button
                      type="button"
                      className="button main"
                      aria-disabled={one.yours}
                      title={one.yours ? "You proposed it: another officer confirms it." : undefined}
                      onClick={() => !one.yours && setDeciding({ proposal: one, confirm: true })}
                    >
                      Confirm
                    </button>
                    <button type="button" className="button" onClick={() => setDeciding({ proposal: one, confirm: false })}>
                      {one.yours ? "Withdraw" : "Turn down"}
                    </button>
                    {one.yours && <span className="why-not">You proposed it: another officer confirms it.</span>}
                  </div>
                )}
              </li>
            ))}
          </ul>
        )}
      </Answer>
      {deciding && <Decide {...deciding} onClose={() => setDeciding(null)} onDone={asked.again} />}
    </>
  );
}

function Decide({ proposal, confirm, onClose, onDone }: { proposal: Proposal; confirm: boolean; onClose: () => void; onDone: () => void }) {
  const [reason, setReason] = useState("");
  const head = confirm ? "Confirm the change" : proposal.yours ? "Withdraw the change" : "Turn the change down";
  return (
    <FormSheet
      head={head}
      action={confirm ? "Confirm it" : proposal.yours ? "Withdraw it" : "Turn it down"}
      onClose={onClose}
      onSend={async () => {
        await gesture(paths.proposal(proposal.id, confirm ? "confirm" : "drop"), confirm ? {} : { reason });
        say(confirm ? "The change is confirmed and done." : "The change is dropped; nothing was changed.");
        onDone();
      }}
    >
      {confirm ? (
        <p>
          It takes hold at once
          {proposal.of > 0 && ` and leaves ${proposal.dropped} of ${proposal.of} people of ${proposal.where} without a live licence`}.
        </p>
      ) : (
        <LongField label="Reason" value={reason} onChange={setReason} rows={2} />
      )}
    </FormSheet>
  );
}
