import { useEffect, useId, useRef, useState, type KeyboardEvent, type SubmitEvent } from "react";
import type { DispositionKind } from "../api/calls";
import { useAsk } from "../kit/ask";
import { wallDate, wallTime } from "../kit/format";
import { Answer } from "../kit/States";
import { simNow } from "../kit/ticker";
import { instantOf } from "../kit/zoned";
import { taking } from "./taking";
import { store, useDesk } from "./store";

const close = () => store.set({ disposing: null });

/** What is done about a call beside sending units, or instead of it. */
export function Otherwise() {
  const call = useDesk((state) => state.disposing);
  return call === null ? null : <Menu key={call} call={call} />;
}

function Menu({ call }: { call: string }) {
  const asked = useAsk<{ kinds: DispositionKind[] }>("/api/dispositions");
  const escape = (event: KeyboardEvent) => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation();
    close();
  };
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <section className="otherwise" aria-label="Do something else" onKeyDown={escape}>
      <header>
        <h3>Instead of sending, or beside it</h3>
        <button type="button" className="button plain" onClick={close}>
          Close <kbd aria-hidden="true">Esc</kbd>
        </button>
      </header>
      <Answer asked={asked}>{({ kinds }) => <Form call={call} kinds={kinds} />}</Answer>
    </section>
  );
}

function Form({ call, kinds }: { call: string; kinds: readonly DispositionKind[] }) {
  const zone = useDesk((state) => state.picture?.board.region.time_zone) ?? "UTC";
  const draft = useDesk((state) => state.mode.kind !== "looking");
  const [key, setKey] = useState(kinds[0]?.key ?? "");
  const [to, setTo] = useState("");
  const [note, setNote] = useState("");
  const [day, setDay] = useState(() => wallDate(simNow() + HOUR_MS, zone));
  const [time, setTime] = useState(() => wallTime(simNow() + HOUR_MS, zone).slice(0, 5));
  const [again, setAgain] = useState(false);
  const first = useRef<HTMLSelectElement>(null);
  const field = useId();
  useEffect(() => first.current?.focus(), []);
  const kind = kinds.find((one) => one.key === key);
  if (!kind) return <p className="muted">There is nothing to choose.</p>;
  const due = kind.follow_up || again;
  const fault = kind.to && !to.trim() ? "Say to whom: the center, line or service." : due && !(day && time) ? "Say when somebody sees to it." : null;
  const send = (event: SubmitEvent) => {
    event.preventDefault();
    if (fault !== null) {
      store.set({ message: { tone: "refused", text: fault } });
      return;
    }
    const said = { kind: kind.key, to: to.trim(), note: note.trim(), due_at: due ? instantOf(day, time, zone) : null };
    void taking.dispose(call, said, kind.label, kind.ends);
  };
  return (
    <form onSubmit={send} noValidate>
      <label className="field" htmlFor={`${field}-kind`}>
        <span>What</span>
        <select ref={first} id={`${field}-kind`} value={key} onChange={(event) => setKey(event.target.value)}>
          {kinds.map((one) => (
            <option key={one.key} value={one.key}>
              {one.label}
            </option>
          ))}
        </select>
      </label>
      {kind.to && (
        <label className="field" htmlFor={`${field}-to`}>
          <span>To, or from, whom</span>
          <input id={`${field}-to`} value={to} onChange={(event) => setTo(event.target.value)} />
        </label>
      )}
      {!kind.follow_up && (
        <label className="tick">
          <input type="checkbox" checked={again} onChange={(event) => setAgain(event.target.checked)} />
          Somebody sees to it again
        </label>
      )}
      {due && (
        <div className="when">
          <label className="field" htmlFor={`${field}-day`}>
            <span>Again on</span>
            <input id={`${field}-day`} type="date" value={day} onChange={(event) => setDay(event.target.value)} />
          </label>
          <label className="field" htmlFor={`${field}-time`}>
            <span>at</span>
            <input id={`${field}-time`} type="time" value={time} onChange={(event) => setTime(event.target.value)} />
          </label>
        </div>
      )}
      <label className="field" htmlFor={`${field}-note`}>
        <span>Note</span>
        <input id={`${field}-note`} value={note} onChange={(event) => setNote(event.target.value)} />
      </label>
      <div className="actions">
        <button type="submit" className="button main" aria-disabled={fault !== null} title={fault ?? undefined}>
          {kind.label}
        </button>
        {draft && kind.ends && <span className="muted">The call is off the desk with it.</span>}
      </div>
    </form>
  );
}

const HOUR_MS = 3_600_000;
