import { useId, useState, type SubmitEvent } from "react";
import { callsApi, type KnownCall } from "../api/calls";
import { useAsk } from "../kit/ask";
import { wallTime } from "../kit/format";
import { simNow } from "../kit/ticker";
import { plain } from "../kit/words";
import { uuid7 } from "../kit/uuid7";
import { attempt } from "./actions";
import { useDesk } from "./store";

const SHOWN = ["caller", "callback", "patient", "age_years", "sex", "apartment", "language"];

/** What is known of the caller and the patient, and the lines that people noted; one more can be added. */
export function KnownPart({ call, open }: { call: string; open: boolean }) {
  const zone = useDesk((state) => state.picture?.board.region.time_zone) ?? "UTC";
  const asked = useAsk<KnownCall>(`/api/calls/${encodeURIComponent(call)}`);
  const [line, setLine] = useState("");
  const field = useId();
  const details = asked.data?.details ?? {};
  const note = String(details.note ?? "");
  const send = (event: SubmitEvent) => {
    event.preventDefault();
    const said = line.trim();
    if (!said) return;
    void attempt(async () => {
      // Read anew, so that a line that came meanwhile is not written over.
      const now = await callsApi.known(call);
      const before = String(now.details?.note ?? "");
      const after = [...(before ? [before] : []), `${wallTime(simNow(), zone)} ${said}`].join("\n");
      await callsApi.details(call, uuid7(), now.version ?? 0, { note: after });
      setLine("");
      asked.again();
      return `Noted on ${call}.`;
    });
  };
  const rows = SHOWN.filter((name) => details[name] !== undefined && details[name] !== "");
  return (
    <section>
      <h3>Notes</h3>
      {rows.length > 0 && (
        <dl className="answers">
          {rows.map((name) => (
            <div key={name} className="row">
              <dt>{plain(name)}</dt>
              <dd>{String(details[name])}</dd>
            </div>
          ))}
        </dl>
      )}
      {note ? <p className="note-lines">{note}</p> : <p className="muted">{asked.loading ? "" : "Nothing noted."}</p>}
      {open && (
        <form className="note-form" onSubmit={send}>
          <label className="unseen" htmlFor={`${field}-line`}>
            Add a line to the notes of {call}
          </label>
          <input id={`${field}-line`} placeholder="Add a line" autoComplete="off" value={line} onChange={(event) => setLine(event.target.value)} />
          <button type="submit" className="button" aria-disabled={!line.trim()}>
            Note
          </button>
        </form>
      )}
    </section>
  );
}
