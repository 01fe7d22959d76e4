import { useCallback } from "react";
import { elapsed, placeWords, wallTime } from "../kit/format";
import { Age, Ticking } from "../kit/Ticking";
import { plain, STAMP_ORDER, STAMPS, STATUSES } from "../kit/words";
import { isOver, isUnread } from "./ahead";
import { RouteLine } from "./RouteLine";
import { WaitingBand } from "./WaitingBand";
import type { CrewCall, CrewView, OtherUnit } from "./types";

const CO_STATES: Record<string, string> = { asked: "asked, no answer yet", coming: "on its way", there: "there" };

/** All that the crew needs of its call, the most pressing first. */
export function CallCard({ view, call }: { view: CrewView; call: CrewCall }) {
  const zone = view.time_zone;
  const others = call.co_responders ?? [];
  return (
    <section className="crew-card" data-testid="call" data-call={call.call_id} data-over={isOver(call)}>
      {isUnread(view) && (
        <p className="band new" role="alert">
          <strong>New call</strong> <Age since={call.stamps.unit_notified ?? null} />
        </p>
      )}
      {call.staging && (
        <p className="band warn" role="alert">
          <strong>Wait, do not enter</strong> {call.staging.where && `At ${call.staging.where}. `}
          {call.staging.label}.{call.staging.note && ` ${call.staging.note}`}
        </p>
      )}
      {call.moved_at && !call.stamps.on_scene && (
        <p className="band warn" role="alert">
          <strong>The call is elsewhere</strong> Changed {wallTime(call.moved_at, zone)}: go to {placeWords(call)}
        </p>
      )}
      <h2>
        <span className="priority" data-priority={call.priority}>
          {call.priority}
        </span>{" "}
        {call.determinant || call.nature_words}
      </h2>
      <p className="address">
        {placeWords(call)}
        {call.caller.apartment ? `, ${call.caller.apartment}` : ""}
      </p>
      {call.route && <RouteLine route={call.route} where={call.route.to === "hospital" ? (call.destination?.name ?? "the hospital") : call.route.to === "staging" ? "the staging place" : "the scene"} />}
      <WaitingBand view={view} call={call} />
      {call.notes.length > 0 && (
        <Part head="Notes">
          {call.notes.map((one) => (
            <p key={one.note}>
              <span className="muted">{wallTime(one.at, zone)}</span> {one.text}
            </p>
          ))}
        </Part>
      )}
      <Premise call={call} />
      <Patient call={call} />
      {call.answers.length > 0 && (
        <Part head="What the caller said">
          <dl className="answers">
            {call.answers.map((one) => (
              <div key={one.ask}>
                <dt>{one.ask}</dt>
                <dd>{one.answer}</dd>
              </div>
            ))}
          </dl>
        </Part>
      )}
      {call.volunteers.length > 0 && (
        <Part head="On call">
          {call.volunteers.map((one) => (
            <p key={one.call_sign}>
              <strong>{one.call_sign}</strong> {one.words}
              {one.missing && `; ${one.missing}`}
            </p>
          ))}
        </Part>
      )}
      {(call.units.length > 0 || others.length > 0) && (
        <Part head="Also on this call">
          <ul className="others">
            {others.map((one) => (
              <li key={one.request}>
                <strong>{one.label}</strong> {CO_STATES[one.state] ?? one.state}
                {one.state === "coming" && one.due_at && `, due ${wallTime(one.due_at, zone)}`}
              </li>
            ))}
            {call.units.map((one) => (
              <li key={one.unit}>
                <strong>{one.call_sign}</strong> {STATUSES[one.status].label} <OtherEta unit={one} />
              </li>
            ))}
          </ul>
        </Part>
      )}
      {call.destination && (
        <Part head="Hospital">
          <p>
            <strong>{call.destination.name}</strong>
            {call.destination.accepted_at ? `, accepted ${wallTime(call.destination.accepted_at, zone)}` : ""}
          </p>
          {call.prealerts.map((one) => (
            <p key={one.id}>
              {one.words}:{" "}
              {one.acknowledged_at ? `seen ${wallTime(one.acknowledged_at, zone)} by ${one.acknowledged_by}` : "not seen yet"}
            </p>
          ))}
        </Part>
      )}
      <Part head="Times">
        <dl className="stamps">
          {STAMP_ORDER.filter((step) => step in call.stamps).map((step) => (
            <div key={step}>
              <dt>{STAMPS[step]}</dt>
              <dd>{wallTime(call.stamps[step], zone)}</dd>
            </div>
          ))}
        </dl>
      </Part>
      <p className="muted">
        Call {call.call_id}, received {wallTime(call.received_at, zone)}
      </p>
    </section>
  );
}

export function Part({ head, children }: { head: string; children: React.ReactNode }) {
  return (
    <section className="part">
      <h3>{head}</h3>
      {children}
    </section>
  );
}

function OtherEta({ unit }: { unit: OtherUnit }) {
  const left = useCallback(
    (simMs: number) => {
      const seconds = unit.eta ? (Date.parse(unit.eta) - simMs) / 1000 : -1;
      return seconds > 0 ? `there in ${elapsed(seconds)}` : "";
    },
    [unit.eta],
  );
  return <Ticking text={left} className="muted" />;
}

function Premise({ call }: { call: CrewCall }) {
  const { notes, earlier, months } = call.premise;
  if (notes.length === 0 && earlier === 0) return null;
  return (
    <Part head="This place">
      {notes.map((one) => (
        <p key={one.at + one.text} data-kind={one.kind} className={one.kind === "hazard" ? "lack" : undefined}>
          <strong>{plain(one.kind)}:</strong> {one.text}
        </p>
      ))}
      {earlier > 0 && (
        <p className="muted">
          {earlier} earlier {earlier === 1 ? "call" : "calls"} here in {months} months
        </p>
      )}
    </Part>
  );
}

const CALLER: Record<string, string> = {
  age_years: "Age",
  sex: "Sex",
  patients: "Patients",
  language: "Language",
  patient: "Patient",
  caller: "Caller",
  callback: "Call back",
  note: "Note",
};

function Patient({ call }: { call: CrewCall }) {
  const said = Object.entries(CALLER).filter(([name]) => name in call.caller && !(name === "patients" && call.caller[name] === 1));
  if (said.length === 0 && call.recognised.length === 0) return null;
  return (
    <Part head="Patient">
      {call.recognised.includes("arrest") && <p className="lack">The caller describes a cardiac arrest.</p>}
      <dl className="answers">
        {said.map(([name, label]) => (
          <div key={name}>
            <dt>{label}</dt>
            <dd>{String(call.caller[name])}</dd>
          </div>
        ))}
      </dl>
    </Part>
  );
}
