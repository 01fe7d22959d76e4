import type { Call } from "../api/types";
import { wallTime } from "../kit/format";
import { actions } from "./actions";
import { askCoResponder } from "./coCommands";
import { CommandButton } from "./CommandButton";
import { cancelUnits, close, enter, link, note, place, priority, reopen, split, stage, swap } from "./incidentCommands";
import { doing, gestures } from "./incident";
import { store, useDesk } from "./store";

/** What is out of the ordinary about a call: units that wait, a new place, other incidents of the event. */
export function IncidentState({ call }: { call: Call }) {
  const zone = useDesk((state) => state.picture?.board.region.time_zone) ?? "UTC";
  const linked = call.linked ?? [];
  const { staging, reopened, said_safe: safe } = call;
  if (!staging && !reopened && !call.place_changed_at && linked.length === 0) return null;
  return (
    <div className="incident-state">
      {staging && (
        <p className="shortfall">
          <strong>Units wait.</strong>{" "}
          <span>
            {staging.label}.{staging.where && ` At ${staging.where}`}, since {wallTime(staging.since, zone)}, {staging.by}.
            {staging.note && ` ${staging.note}`}{" "}
            {safe && (
              <strong>
                {safe.label} said at {wallTime(safe.at, zone)} that it is safe{safe.said_by && ` (${safe.said_by})`}.{" "}
              </strong>
            )}
            <CommandButton command={enter} look="main" label="Clear to enter" />
          </span>
        </p>
      )}
      {call.place_changed_at && <p>Its place changed at {wallTime(call.place_changed_at, zone)}. Whoever was on the way goes to the new one.</p>}
      {reopened && (
        <p>
          Opened again at {wallTime(reopened.at, zone)} by {reopened.by}: {reopened.reason}
        </p>
      )}
      {linked.map((other) => (
        <p key={other} className="linked">
          {call.split_from === other ? "Made out of" : "Same event as"}{" "}
          <button type="button" className="button plain" onClick={() => actions.selectCall(other)}>
            {other}
          </button>
          {call.split_from === other && call.state !== "closed" ? (
            <button type="button" className="button plain" onClick={() => store.set({ gesture: { kind: "undo_split", of: call.id } })}>
              Undo
            </button>
          ) : (
            <button type="button" className="button plain" onClick={() => void doing(() => gestures.unlink(call.id, other, ""))}>
              Undo
            </button>
          )}
        </p>
      ))}
    </div>
  );
}

/** What can be done on an incident; each also has a key or a word on the command line. */
export function IncidentActions({ call }: { call: Call }) {
  return (
    <section aria-label="What can be done">
      <div className="actions">
        {call.state === "closed" ? (
          <CommandButton command={reopen} label="Open again" />
        ) : (
          <>
            <CommandButton command={note} label="Note" />
            <CommandButton command={priority} label="Priority" />
            <CommandButton command={stage} label="Stage" />
            <CommandButton command={swap} label="Swap" />
            <CommandButton command={close} label="Close call" />
          </>
        )}
      </div>
      <details>
        <summary>More</summary>
        <div className="actions">
          <CommandButton command={askCoResponder} label="Ask another service" />
          <CommandButton command={cancelUnits} />
          <CommandButton command={split} label="Second incident" />
          <CommandButton command={link} label="Link" />
          <CommandButton command={place} label="It is elsewhere" />
        </div>
      </details>
    </section>
  );
}
