import { useMemo, useState } from "react";
import { timelineAt, type Line, type Timeline } from "../api/incidents";
import type { Call } from "../api/types";
import { useAsk } from "../kit/ask";
import { wallTime } from "../kit/format";
import { RefusedWords } from "../kit/States";
import { inWords, plain, type Names } from "../kit/words";
import { incident } from "./incident";
import { useDesk } from "./store";
import { useNews } from "./useNews";

const FEW = 12;

/** Everything that happened on a call, the newest first; it grows while somebody looks. */
export function TimelinePart({ call }: { call: Call }) {
  const asked = useAsk<Timeline>(timelineAt(call.id));
  useNews(call.id, asked.again);
  return (
    <section aria-label="Everything that happened">
      <h3>Everything that happened</h3>
      {asked.refusal && <RefusedWords refusal={asked.refusal} again={asked.again} />}
      {asked.data ? <Lines call={call} entries={asked.data.entries} /> : <p className="muted">{asked.loading ? "Fetching." : ""}</p>}
    </section>
  );
}

function Lines({ call, entries }: { call: Call; entries: readonly Line[] }) {
  const [all, setAll] = useState(false);
  const newest = useMemo(() => [...entries].reverse(), [entries]);
  const shown = all ? newest : newest.slice(0, FEW);
  return (
    <>
      <ol className="events">
        {shown.map((line) => (
          <Event key={line.id} call={call} line={line} />
        ))}
      </ol>
      {newest.length > FEW && (
        <button type="button" className="button plain" onClick={() => setAll(!all)}>
          {all ? "Only the newest" : `All ${newest.length}`}
        </button>
      )}
    </>
  );
}

function Event({ call, line }: { call: Call; line: Line }) {
  const zone = useDesk((state) => state.picture?.board.region.time_zone) ?? "UTC";
  const names = useNames();
  const words = lineWords(line, call.id, names);
  return (
    <li data-struck={line.struck !== null} title={`${line.name}, by ${line.actor}`}>
      <span className="when">{wallTime(line.at, zone)}</span>
      <span>
        <span className="said">{words}</span>
        {line.times > 1 && <span className="muted"> {line.times} times{line.until && `, until ${wallTime(line.until, zone)}`}</span>}
        {line.late && <span className="late"> told late</span>}
        <span className="muted"> {line.actor}</span>
        {line.struck && (
          <span className="muted">
            {" "}
            Struck by {line.struck.by} {wallTime(line.struck.at, zone)}: {line.struck.reason}
          </span>
        )}
        {line.name === "calls.note_written" && line.struck === null && <Strike call={call.id} note={line.id} />}
      </span>
    </li>
  );
}

/** A note that was wrong is struck with a reason, and stays. */
function Strike({ call, note }: { call: string; note: string }) {
  const [open, setOpen] = useState(false);
  const [reason, setReason] = useState("");
  if (!open) {
    return (
      <button type="button" className="button plain small" onClick={() => setOpen(true)}>
        Strike
      </button>
    );
  }
  return (
    <form
      className="note-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (reason.trim()) void incident.strikeNote(call, note, reason.trim()).then((through) => through && setOpen(false));
      }}
    >
      {/* eslint-disable-next-line jsx-a11y/no-autofocus -- The button that was pressed is gone: the focus goes on. */}
      <input autoFocus aria-label="Why it was wrong" placeholder="Why it was wrong" value={reason} onChange={(event) => setReason(event.target.value)} />
      <button type="submit" className="button" aria-disabled={!reason.trim()}>
        Strike
      </button>
    </form>
  );
}

/** What a line says, without the number of the call on whose card it stands. */
export function lineWords(line: Line, call: string, names: Names): string {
  const said = inWords({ ...line, recorded_at: line.at }, names);
  const bare = said.replace(`${call}: `, "").replace(`${call} `, "").replace(`, ${call}`, "");
  return bare.charAt(0).toUpperCase() + bare.slice(1);
}

export function useNames(): Names {
  const board = useDesk((state) => state.picture?.board);
  const units = useDesk((state) => state.picture?.units);
  return useMemo<Names>(
    () => ({
      unit: (id) => units?.get(id)?.call_sign ?? id,
      hospital: (id) => board?.hospitals.find((one) => one.id === id)?.name ?? id,
      nature: (key) => board?.natures.find((one) => one.key === key)?.label ?? plain(key),
    }),
    [board, units],
  );
}
