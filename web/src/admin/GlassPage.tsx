import { useState } from "react";
import { useAsk } from "../kit/ask";
import { LongField, SelectField } from "../kit/Fields";
import { FormSheet } from "../kit/Sheet";
import { Answer } from "../kit/States";
import { Link, useWhere } from "../kit/where";
import { gesture } from "../workforce/gestures";
import { when } from "./when";
import type * as server from "../api/generated";

type Glass = server.GlassOut;

/** Records that somebody opened without a role for them, until somebody else has looked at why. */
export function GlassPage() {
  const done = useWhere().query.get("state") === "reviewed";
  const asked = useAsk<Glass[]>(`/api/glass${done ? "?state=reviewed" : ""}`);
  const [open, setOpen] = useState<Glass | null>(null);
  return (
    <>
      <div className="page-head">
        <h1>Broken glass</h1>
        <nav className="switch" aria-label="Which">
          <Link href="/admin/glass" aria-current={done ? undefined : "page"}>
            To review
          </Link>
          <Link href="/admin/glass?state=reviewed" aria-current={done ? "page" : undefined}>
            Reviewed
          </Link>
        </nav>
      </div>
      <Answer
        asked={asked}
        loading="Fetching the list."
        empty={(rows) => (rows.length ? null : done ? "Nothing was reviewed yet." : "Nothing waits for a review.")}
      >
        {(rows) => (
          <ul className="cards">
            {rows.map((one) => (
              <li key={one.glass} className="waiting-card">
                <h2>
                  {one.account} opened call {one.call_id}
                </h2>
                <p className="muted">
                  {when(one.at)} until {when(one.until)}. {one.why_words}.
                </p>
                <p>{one.reason || "The reason was forgotten with the call."}</p>
                <p className="muted small">
                  {one.reads.length === 0
                    ? "Nothing was read under it."
                    : `Read under it: ${one.reads.map((each) => each.address.replace("GET ", "")).join(", ")}`}
                </p>
                {one.reviewed_at ? (
                  <p>
                    {one.right ? "Right" : "Not right"}, says {one.reviewed_by}, {when(one.reviewed_at)}: {one.words}
                  </p>
                ) : (
                  <button type="button" className="button main" onClick={() => setOpen(one)}>
                    Review
                  </button>
                )}
              </li>
            ))}
          </ul>
        )}
      </Answer>
      {open && (
        <Review
          glass={open}
          onClose={() => {
            setOpen(null);
            asked.again();
          }}
        />
      )}
    </>
  );
}

function Review({ glass, onClose }: { glass: Glass; onClose: () => void }) {
  const [right, setRight] = useState("yes");
  const [words, setWords] = useState("");
  return (
    <FormSheet
      head={`${glass.account} opened call ${glass.call_id}`}
      action="Write down the review"
      fault={words.trim().length < 10 ? "Say in a few words what you found." : null}
      onClose={onClose}
      onSend={() => gesture(`/api/glass/${glass.glass}/review`, { right: right === "yes", words })}
    >
      <p>{glass.reason}</p>
      <SelectField
        label="Was it right to open it?"
        value={right}
        onChange={setRight}
        options={[
          { value: "yes", label: "Yes" },
          { value: "no", label: "No" },
        ]}
      />
      <LongField label="What you found" value={words} onChange={setWords} />
    </FormSheet>
  );
}
