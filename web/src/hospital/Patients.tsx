import { useCallback, useEffect, useRef, useState } from "react";
import { count, elapsed, wallTime } from "../kit/format";
import { Ticking } from "../kit/Ticking";
import { tick } from "../kit/ticker";
import type { Gestures } from "./gestures";
import { SignSheet } from "./sheets";
import type { HandedOver, HospitalView, Inbound, Prealert } from "./types";
import { etaFromWords, etaWords, isOver, offloadWords, waiting, waitWords, whoWords } from "./words";

const MANY = 3; // More patients than fit a wall in its largest letters.

/** Everybody who comes: at the door with the offload clock, on the way by when they are here, then those taken over. */
export function Patients({ view, gestures, wall }: { view: HospitalView; gestures: Gestures; wall: boolean }) {
  const [signing, setSigning] = useState<Inbound | HandedOver | null>(null);
  const of = (...states: Inbound["state"][]) => view.inbound.filter((row) => states.includes(row.state));
  const groups = [
    { head: "At the door", rows: of("here") },
    { head: "On the way", rows: of("on_the_way", "to_come") },
    { head: "Accepted", rows: wall ? [] : of("accepted") }, // Nobody scrolls a wall: there only who is still to be taken over.
  ].filter((group) => group.rows.length > 0);
  const shown = groups.reduce((sum, group) => sum + group.rows.length, 0);
  const unanswered = waiting(view).length; // On a full wall one may stand below the edge: it is told at the top.
  const row = (one: Inbound) => (
    <Row key={`${one.call_id} ${one.unit}`} row={one} view={view} gestures={gestures} wall={wall} onSign={() => setSigning(one)} />
  );
  return (
    <div className="patients" data-many={shown > MANY}>
      {shown === 0 && (wall || view.inbound.length === 0) && (
        <div className="empty nobody">
          <p>Nobody is on the way.</p>
          <p>A patient shows here as soon as a crew or the desk chooses this hospital.</p>
        </div>
      )}
      {wall && shown > MANY && unanswered > 0 && (
        <p className="unanswered" role="status">
          {count(unanswered, "pre-alert")} to acknowledge
        </p>
      )}
      {groups.map(({ head, rows }) => (
        <section key={head} aria-label={head}>
          <h2 className="group-head">
            {head} <span className="count">{count(rows.length, "patient")}</span>
          </h2>
          <ul>{rows.map(row)}</ul>
        </section>
      ))}
      <NotComing view={view} />
      {!wall && view.handed_over.length > 0 && (
        <section aria-label="Handed over in the last hour">
          <h2 className="group-head">
            Handed over in the last hour <span className="count">{view.handed_over.length}</span>
          </h2>
          <ul className="handed-over">
            {view.handed_over.map((one) => (
              <li key={`${one.call_id} ${one.unit}`}>
                <strong>{one.call_sign}</strong>
                <span className="muted">{one.call_id}</span>
                <span>Accepted {wallTime(one.accepted_at, view.time_zone).slice(0, 5)}</span>
                <Signature one={one} onSign={() => setSigning(one)} />
              </li>
            ))}
          </ul>
        </section>
      )}
      {signing && <SignSheet patient={signing} gestures={gestures} onClose={() => setSigning(null)} />}
    </div>
  );
}

interface RowProps {
  row: Inbound;
  view: HospitalView;
  gestures: Gestures;
  wall: boolean;
  onSign: () => void;
}

function Row({ row, view, gestures, wall, onSign }: RowProps) {
  return (
    <li className="patient" data-state={row.state} data-testid="patient" data-call={row.call_id}>
      <Clock row={row} view={view} />
      <div className="what">
        {row.prealerts.map((alert) => (
          <Band key={alert.id} row={row} alert={alert} gestures={gestures} view={view} />
        ))}
        {row.prealerts.length === 0 && <p className="nature">{row.nature || "Nobody has said what it is"}</p>}
        {row.notes.map((one) => (
          <p key={one.note}>
            {one.text} <span className="muted">desk, {wallTime(one.at, view.time_zone).slice(0, 5)}</span>
          </p>
        ))}
        <p className="who muted">
          <strong>{row.call_sign}</strong> <span>{row.call_id}</span>
          {row.prealerts.length > 0 && <span>{row.nature}</span>}
        </p>
      </div>
      <div className="gestures">
        {row.state === "accepted" ? (
          <>
            {row.accepted_at && !wall && (
              <button type="button" className="button" onClick={() => gestures.undo(row)}>
                Undo
              </button>
            )}
            {!wall && <Signature one={row} onSign={onSign} />}
          </>
        ) : (
          <Accept row={row} gestures={gestures} />
        )}
      </div>
    </li>
  );
}

/** One tap takes the patient over. Before the crew is here it says what it waits for. */
function Accept({ row, gestures }: { row: Inbound; gestures: Gestures }) {
  const blocked = row.state === "to_come";
  return (
    <button
      type="button"
      className={row.state === "here" ? "button main accept" : "button accept"}
      aria-disabled={blocked}
      title={blocked ? `${row.call_sign} has not left the scene` : undefined}
      onClick={() => !blocked && gestures.accept(row)}
    >
      {row.state === "here" ? "Accept patient" : blocked ? "Not here yet" : "Is here: accept"}
      <span className="unseen"> of {row.call_sign}</span>
    </button>
  );
}

function Signature({ one, onSign }: { one: Inbound | HandedOver; onSign: () => void }) {
  if (one.signature_refused) return <span className="muted">Not signed: {one.signature_refused}</span>;
  if (one.signed_at) return <span className="muted">Signed, {one.signed_role || "role not said"}</span>;
  return (
    <button type="button" className="button" onClick={onSign}>
      Signature<span className="unseen"> for {one.call_sign}</span>
    </button>
  );
}

/** The pre-alert's word on its colour: filled while nobody has answered, outlined afterwards. */
function Band({ row, alert, gestures, view }: { row: Inbound; alert: Prealert; gestures: Gestures; view: HospitalView }) {
  const waits = alert.acknowledged_at === null;
  const limit_s = view.limits.acknowledge?.seconds ?? null;
  const wait = useCallback((simMs: number) => waitWords(alert.sent_at, limit_s, simMs), [alert.sent_at, limit_s]);
  return (
    <div className="band" data-kind={alert.kind} data-waits={waits} role="group" aria-label={`Pre-alert: ${alert.words}`}>
      <p>
        <strong className="kind">{alert.words}</strong>
        <span className="patient-words">{whoWords(alert)}</span>
        <span className="complaint">{alert.complaint}</span>
      </p>
      {waits ? (
        <>
          <Ticking className="seen" text={wait} />
          <button type="button" className="button acknowledge" onClick={() => gestures.acknowledge(row, alert)}>
            Acknowledge<span className="unseen"> {alert.words} of {row.call_sign}</span>
          </button>
        </>
      ) : (
        <span className="seen">
          Seen {wallTime(alert.acknowledged_at, view.time_zone).slice(0, 5)}, {alert.acknowledged_by}
        </span>
      )}
    </div>
  );
}

/** How long until they are here; at the door, what is left of the offload limit; afterwards how long it took. */
function Clock({ row, view }: { row: Inbound; view: HospitalView }) {
  const limit_s = view.limits.offload?.seconds ?? null;
  const box = useRef<HTMLDivElement>(null);
  const coming = useCallback((simMs: number) => etaWords(row, simMs), [row]);
  const waits = useCallback((simMs: number) => offloadWords(row.arrived_at, limit_s, simMs).split(" ")[0] ?? "", [row, limit_s]);
  const word = useCallback((simMs: number) => offloadWords(row.arrived_at, limit_s, simMs).split(" ").slice(1).join(" "), [row, limit_s]);
  useEffect(() => {
    const node = box.current;
    const bar = node?.querySelector<HTMLElement>(".bar > i");
    if (!node || !bar) return undefined;
    const hidden = document.createElement("i");
    return tick(hidden, (simMs) => {
      node.toggleAttribute("data-over", isOver(row, limit_s, simMs));
      const gone = (simMs - Date.parse(row.arrived_at ?? "")) / 1000;
      bar.style.width = `${Math.round(Math.min(1, Math.max(0, gone / (limit_s ?? Infinity))) * 100)}%`;
      return String(Math.floor(gone));
    });
  }, [row, limit_s]);
  if (row.state === "accepted") {
    const took = row.arrived_at && row.transfer_at ? (Date.parse(row.transfer_at) - Date.parse(row.arrived_at)) / 1000 : null;
    return (
      <div className="clock-box">
        <span className="big small-text">{took === null || took < 0 ? "Arrival not stamped" : elapsed(took)}</span>
        <span className="muted">{took === null ? "accepted" : "offload"}</span>
      </div>
    );
  }
  if (row.state === "here") {
    return (
      <div className="clock-box" ref={box} data-testid="offload">
        <p className="counted">
          <Ticking className="big" text={waits} /> <Ticking className="word" text={word} />
        </p>
        <span className="bar" aria-hidden="true">
          <i />
        </span>
        <span className="muted">here since {wallTime(row.arrived_at, view.time_zone).slice(0, 5)}</span>
      </div>
    );
  }
  return (
    <div className="clock-box" data-testid="eta">
      <Ticking className={row.eta ? "big" : "big small-text"} text={coming} />
      <span className="muted">{row.eta ? `ETA ${wallTime(row.eta, view.time_zone).slice(0, 5)}` : "no time yet"}</span>
      {row.eta && <span className="muted eta-from">{etaFromWords(row)}</span>}
    </div>
  );
}

/** Those whom the hospital was told of and who are not coming: the team may stand down. */
function NotComing({ view }: { view: HospitalView }) {
  if (view.not_coming.length === 0) return null;
  return (
    <section aria-label="Not coming">
      <h2 className="group-head">
        Not coming <span className="count">{view.not_coming.length}</span>
      </h2>
      <ul className="not-coming">
        {view.not_coming.map((one) => (
          <li key={one.id}>
            <s>{one.words}</s> <strong>{one.call_sign}</strong> <span className="muted">{one.call_id}</span> {one.because}{" "}
            <span className="muted">{wallTime(one.at, view.time_zone).slice(0, 5)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
