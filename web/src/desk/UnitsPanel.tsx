import { memo, useCallback, useMemo } from "react";
import type { Crew, Diversion, Hospital, Status, Unit } from "../api/types";
import { elapsed, secondsBetween, wallTime } from "../kit/format";
import { Age, Ticking } from "../kit/Ticking";
import { simNow } from "../kit/ticker";
import { levelWords, plain, STATUS_ORDER, STATUSES } from "../kit/words";
import { camera } from "../map/camera";
import { actions } from "./actions";
import { AlarmMark } from "./AlarmMark";
import { CommandButton } from "./CommandButton";
import { deskOf } from "./deskOf";
import { arrivals, incident } from "./incident";
import { askedAbout, confirmArrival, dismissArrival, diversion } from "./incidentCommands";
import { StatusMark } from "./Marks";
import { unitLines, type Line } from "./order";
import { useDesk } from "./store";
import { useHeldLines } from "./useHeldLines";

/** The units by what they are doing, each with the time it has been doing so; below them the hospitals. */
export function UnitsPanel() {
  const units = useDesk((state) => state.picture?.units);
  const wanted = useMemo(() => (units ? unitLines(units) : []), [units]);
  const { lines, handlers } = useHeldLines(wanted);
  const free = lines.filter((line) => line.group === "available").length;
  return (
    <div className="side">
      <section className="scroll" aria-labelledby="units-head" {...handlers}>
        <div className="panel-head">
          <h2 id="units-head">Units</h2>
          <span className="muted">
            {free} of {lines.length} available
          </span>
        </div>
        <Arrivals />
        <Tally lines={lines} />
        {lines.length === 0 && <p className="empty">No unit is registered here.</p>}
        {STATUS_ORDER.map((status) => {
          const mine = lines.filter((line) => line.group === status);
          return mine.length > 0 && <Group key={status} status={status} ids={mine.map((line) => line.id)} />;
        })}
      </section>
      <Hospitals />
    </div>
  );
}

function Group({ status, ids }: { status: Status; ids: readonly string[] }) {
  const units = useDesk((state) => state.picture?.units);
  return (
    <details open>
      <summary className="group-head">
        {STATUSES[status].label} <span className="count">{ids.length}</span>
      </summary>
      <ul>
        {ids.map((id) => {
          const unit = units?.get(id);
          return unit && <UnitRow key={id} unit={unit} />;
        })}
      </ul>
    </details>
  );
}

/** How many units do what, in one look. */
function Tally({ lines }: { lines: readonly Line[] }) {
  return (
    <p className="tally">
      {STATUS_ORDER.map((status) => {
        const n = lines.filter((line) => line.group === status).length;
        return (
          n > 0 && (
            <span key={status} className="chip">
              <StatusMark status={status} /> {n}
            </span>
          )
        );
      })}
    </p>
  );
}

const UnitRow = memo(function UnitRow({ unit }: { unit: Unit }) {
  const selected = useDesk((state) => state.selectedUnit === unit.id);
  const what = useDesk((state) => {
    const hospital = unit.destination !== null && state.picture?.hospitals.get(unit.destination);
    if (hospital) return hospital.name;
    if (unit.call_id !== null) return unit.call_id;
    const post = unit.post ?? unit.station;
    const name = state.picture?.board.stations.find((one) => one.id === post)?.name ?? post;
    return unit.lent ? `lent by ${unit.lent.by}` : unit.post ? `to ${name}` : name;
  });
  return (
    <li>
      <button
        type="button"
        className="unit"
        aria-current={selected}
        title={unitTitle(unit)}
        onClick={() => actions.selectUnit(unit.id)}
      >
        <StatusMark status={unit.status} />
        <span className="sign">
          {unit.call_sign}
          {unit.crew && unit.crew.warnings.length > 0 && (
            <abbr className="counts-less" title="Its crew counts for less">
              !
            </abbr>
          )}
        </span>
        <span className="what">{what}</span>
        <Age since={unit.since} />
        <PositionAge unit={unit} />
        {unit.alarm && <AlarmMark alarm={unit.alarm} />}
      </button>
    </li>
  );
});

const OLD_S = 60;

/** How old the position of a unit is that should be reporting; nothing while it is fresh, or holds its place. */
function PositionAge({ unit }: { unit: Unit }) {
  const position = unit.position;
  const reported = position?.reported_at;
  const stale = position?.source === "estimated" && reported;
  const say = useCallback(
    (simMs: number) => {
      if (!reported) return "";
      const age = secondsBetween(reported, simMs);
      return age !== null && age > OLD_S ? `Position ${elapsed(age)} old${stale ? ", estimated since" : ""}` : "";
    },
    [reported, stale],
  );
  return reported ? <Ticking className="note position-age" text={say} /> : null;
}

/** Units whose position says that they arrived, above all others: a person says whether it is so. */
function Arrivals() {
  const units = useDesk((state) => state.picture?.units);
  const asked = arrivals(units?.values());
  return asked.map((unit) => <Asked key={unit.id} unit={unit} />);
}

function Asked({ unit }: { unit: Unit }) {
  const first = useDesk((state) => askedAbout(deskOf(state))?.id === unit.id);
  return (
    <p className="asked" role="group" aria-label={`Has ${unit.call_sign} arrived?`}>
      <span>
        <strong>{unit.call_sign}</strong> {unit.suggestion?.what}
      </span>
      <button type="button" className="button" onClick={() => void incident.answerArrival(unit, true)}>
        Yes {first && <kbd aria-hidden="true">{confirmArrival.keys}</kbd>}
      </button>
      <button type="button" className="button plain" onClick={() => void incident.answerArrival(unit, false)}>
        No {first && <kbd aria-hidden="true">{dismissArrival.keys}</kbd>}
      </button>
    </p>
  );
}

function unitTitle(unit: Unit): string {
  const age = unit.position && elapsed(secondsBetween(unit.position.at, simNow()));
  return [
    `${unit.call_sign}, ${plain(unit.type).toLowerCase()}, ${unit.agency}`,
    unit.can_transport ? "Can transport" : "Cannot transport",
    ...(unit.crew ? crewLines(unit.crew) : []),
    unit.route ? "On its way" : age ? `Position is ${age} old` : "No position known",
  ].join("\n");
}

function crewLines(crew: Crew): string[] {
  const lines = [`Crew counts as ${crew.levels.map(levelWords).join(", ") || "nobody with care"}`];
  if (!crew.can_transport && crew.why_no_transport !== "cannot transport") lines.push(`No transport: ${crew.why_no_transport}`);
  lines.push(...crew.warnings, ...crew.unconfirmed.map((what) => `Unconfirmed: ${what}`));
  if (crew.next_change) lines.push(`Changes ${crew.next_change.at.slice(0, 16).replace("T", " ")} UTC: ${crew.next_change.why || "counts for more"}`);
  return lines;
}

function Hospitals() {
  const hospitals = useDesk((state) => state.picture?.hospitals);
  return (
    <section className="hospitals" aria-labelledby="hospitals-head">
      <div className="panel-head">
        <h2 id="hospitals-head">Hospitals</h2>
        <CommandButton command={diversion} look="plain small" label="Divert" />
        <span className="columns">
          <span>Inbound</span>
          <span>At door</span>
        </span>
      </div>
      <ul className="scroll">
        {[...(hospitals?.values() ?? [])].map((hospital) => (
          <HospitalRow key={hospital.id} hospital={hospital} />
        ))}
        {hospitals?.size === 0 && <li className="empty">No hospital is registered here.</li>}
      </ul>
    </section>
  );
}

function standingWords({ services, until, reason }: Diversion, zone: string): string {
  const what = services.map((one) => plain(one)).join(", ") || "everything";
  return `${what}${until && ` until ${wallTime(until, zone).slice(0, 5)}`}${reason && `. ${reason}`}`;
}

function HospitalRow({ hospital }: { hospital: Hospital }) {
  const zone = useDesk((state) => state.picture?.board.region.time_zone) ?? "UTC";
  const diverting = hospital.diverting;
  return (
    <li>
      <button
        type="button"
        className="hospital"
        title={hospital.capabilities.map(plain).join(", ")}
        onClick={() => camera.current?.goTo(hospital)}
      >
        <span className="h-mark" data-diverting={diverting !== null} aria-hidden="true">
          H
        </span>
        <span className="name">{hospital.name}</span>
        <span className="figure">
          {hospital.inbound}
          <span className="unseen"> inbound</span>
        </span>
        <span className="figure">
          {hospital.at_door}
          <span className="unseen"> at the door</span>
        </span>
        {diverting && <span className="note">Diverts {standingWords(diverting, zone)}</span>}
        {hospital.advisory && <span className="note muted">Slow: {standingWords(hospital.advisory, zone)}</span>}
        {hospital.unanswered.map((one) => (
          <span key={`${one.call_id} ${one.unit} ${one.kind}`} className="note">
            Nobody has seen the {plain(one.kind)} pre-alert of {one.call_id}, sent {wallTime(one.sent_at, zone).slice(0, 5)}: ring up
          </span>
        ))}
      </button>
    </li>
  );
}
