import { useState, type SyntheticEvent } from "react";
import type { Refusal } from "../api/client";
import { asRefusal, useAsk } from "../kit/ask";
import { LongField, SelectField, TextField } from "../kit/Fields";
import { Answer, RefusedWords } from "../kit/States";
import { plain } from "../kit/words";
import { gesture } from "../workforce/gestures";
import { when } from "./when";
import type * as server from "../api/generated";

type Opened = server.OpenedOut;

type Record = server.KnownCallOut;

const WHY = [
  { value: "care", label: "I care for this patient now" },
  { value: "safety", label: "Somebody's safety depends on it" },
  { value: "rights", label: "The patient, or the law, asks for it" },
  { value: "other", label: "Another reason" },
];

/** Opens one call's record to somebody who has no role for it, after a reason. */
export function BreakGlassPage() {
  const [call, setCall] = useState("");
  const [why, setWhy] = useState("care");
  const [reason, setReason] = useState("");
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [opened, setOpened] = useState<Opened | null>(null);
  const fault = !call.trim() ? "Type the call's number." : reason.trim().length < 10 ? "Say in a few words why." : null;
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    if (fault) return;
    gesture<Opened>("/api/glass", { call_id: call.trim(), why, reason }).then(setOpened, (error: unknown) =>
      setRefusal(asRefusal(error)),
    );
  };
  if (opened) return <CallRecord opened={opened} />;
  return (
    <section className="glass-record">
      <div className="page-head">
        <h1>Another call's record</h1>
      </div>
      <p>
        For a patient's sake you can open one call's record that your role does not open: to read, for a while. That you did, and why, is written down before
        you see it, and somebody else looks at it afterwards.
      </p>
      <form onSubmit={submit}>
        <TextField label="Call" value={call} onChange={setCall} placeholder="26-0041" />
        <SelectField label="Why" value={why} onChange={setWhy} options={WHY} />
        <LongField label="In words" value={reason} onChange={setReason} hint="What makes you need it now." />
        {refusal && <RefusedWords refusal={refusal} />}
        <button type="submit" className="button main" aria-disabled={fault !== null} title={fault ?? undefined}>
          Open the record
        </button>
      </form>
    </section>
  );
}

function CallRecord({ opened }: { opened: Opened }) {
  const asked = useAsk<Record>(`/api/calls/${encodeURIComponent(opened.call_id)}`);
  return (
    <section className="glass-record">
      <div className="page-head">
        <h1>Call {opened.call_id}</h1>
      </div>
      <p className="note">Open to you until {when(opened.until)}.</p>
      <Answer asked={asked} loading="Opening.">
        {(record) => (
          <>
            <dl className="facts">
              <dt>Received</dt>
              <dd>{when(record.received_at ?? null)}</dd>
              <dt>Address</dt>
              <dd>{record.address || "Not known"}</dd>
              <dt>Nature</dt>
              <dd>{record.nature ? plain(record.nature) : "Not known"}</dd>
              <dt>Priority</dt>
              <dd>{record.priority ?? "Not known"}</dd>
              <dt>Triage</dt>
              <dd>{record.triage ? `${record.triage.label}, ${plain(record.triage.response)}` : "No questions asked"}</dd>
            </dl>
            {record.texts.length > 0 && (
              <ul aria-label="Texts with the caller">
                {record.texts.map((one) => (
                  <li key={one.at}>
                    {when(one.at)}: {one.text}
                  </li>
                ))}
              </ul>
            )}
          </>
        )}
      </Answer>
    </section>
  );
}
