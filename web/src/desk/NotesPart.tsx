import { useId, useState, type SubmitEvent } from "react";
import type { ShownTo } from "../api/incidents";
import { incident } from "./incident";

const READERS: Record<ShownTo, string> = {
  crews: "Desk and crews",
  desk: "Desk only",
  hospital: "Desk, crews, hospital",
};

/** Write something down on a call. It is read in the timeline. */
export function NotesPart({ call }: { call: string }) {
  const [text, setText] = useState("");
  const [shownTo, setShownTo] = useState<ShownTo>("crews");
  const field = useId();
  const send = (event: SubmitEvent) => {
    event.preventDefault();
    const said = text.trim();
    if (said) void incident.note(call, said, shownTo).then((through) => through && setText(""));
  };
  const type = (said: string) => {
    setText(said);
  };
  return (
    <section aria-label="Write a note">
      <form className="note-form" onSubmit={send}>
        <label className="unseen" htmlFor="note-text">
          A note on {call}
        </label>
        <input id="note-text" maxLength={2000} placeholder="Note (e)" autoComplete="off" value={text} onChange={(event) => type(event.target.value)} onKeyDown={(event) => event.key === "Escape" && event.currentTarget.blur()} />
        <label className="unseen" htmlFor={`${field}-who`}>
          Who reads it
        </label>
        <select id={`${field}-who`} value={shownTo} onChange={(event) => setShownTo(event.target.value as ShownTo)}>
          {Object.entries(READERS).map(([key, label]) => (
            <option key={key} value={key}>
              {label}
            </option>
          ))}
        </select>
        <button type="submit" className="button" aria-disabled={!text.trim()}>
          Note
        </button>
      </form>
    </section>
  );
}
