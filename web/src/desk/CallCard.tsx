import { useId, useState, type InputEvent, type SubmitEvent } from "react";
import type { Call, Chosen, Recommendation } from "../api/types";
import { byCallSign, duration, elapsed, placeWords, secondsBetween, wallTime } from "../kit/format";
import { Age, TargetLeft, Ticking } from "../kit/Ticking";
import { OUTCOMES, plain, STAMP_ORDER, STAMPS } from "../kit/words";
import { arrivesIn } from "../map/motion";
import { actions } from "./actions";
import { ClaimLine } from "./ClaimLine";
import { claims } from "./claims";
import { CommandButton } from "./CommandButton";
import { CoRespondersPart } from "./CoResponders";
import { askAgain, leave, otherwise, sendRecommended } from "./commands";
import { deskOf } from "./deskOf";
import { HeardPart } from "./HeardPart";
import { IncidentActions, IncidentState } from "./IncidentPart";
import { NotesPart } from "./NotesPart";
import { PriorityMark, StatusMark } from "./Marks";
import { OnCallPart } from "./OnCallPart";
import { Otherwise } from "./Otherwise";
import { PremisePart } from "./Premise";
import { TimelinePart } from "./TimelinePart";
import { TriageLine, TriagePanel } from "./TriagePanel";
import { useDesk } from "./store";

/** The selected call: what the caller said, who should go and why, and what happened so far. */
export function CallCard() {
  const id = useDesk((state) => state.selectedCall);
  const call = useDesk((state) => (state.selectedCall === null ? undefined : state.picture?.calls.get(state.selectedCall)));
  const inHand = useDesk((state) => state.inHand);
  const asked = useDesk((state) => state.asking.call === id);
  if (id === null) return null;
  const typing = (event: InputEvent<HTMLElement>) => {
    const typed = event.target instanceof HTMLElement && ["INPUT", "TEXTAREA"].includes(event.target.tagName);
    if (typed && call && call.state !== "closed") claims.typing(call.id);
  };
  if (!call) {
    return (
      <aside className="card low" aria-label={`Call ${id}`}>
        <p className="empty">{id} is not on the board. It is on its way here, or it was closed more than 15 minutes ago.</p>
      </aside>
    );
  }
  return (
    // Whoever types here is seen by the other desks.
    <aside className={inHand ? "card take" : "card"} aria-label={`Call ${call.id}`} onInput={typing}>
      <Head call={call} />
      <ClaimLine call={call} />
      <IncidentState call={call} />
      {inHand && <Ready call={call} />}
      {/* The keyboard must be able to scroll what is longer than the card. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div className="scroll" tabIndex={0} role="group" aria-label="Details">
        {asked && inHand && <TriagePanel />}
        <RecommendationPart call={call} />
        <OnTheWay call={call} />
        <CoRespondersPart call={call} />
        {call.units.length > 0 && <OnCallPart key={`on call ${call.id}`} call={call} />}
        <IncidentActions call={call} />
        <NotesPart key={`note ${call.id}`} call={call.id} />
        <TimelinePart key={`timeline ${call.id}`} call={call} />
        {asked && !inHand && call.state !== "closed" && <TriageLine />}
        <PremisePart place={call} call={call.id} asTaken={false} />
        <Timeline call={call} />
        <Answers call={call} />
        <HeardPart key={`heard ${call.id}`} call={call} />
        {call.state !== "closed" && <SendOther key={call.id} call={call} />}
      </div>
      <Otherwise />
    </aside>
  );
}

/** While the caller is talked to, who can go stands above the questions. */
function Ready({ call }: { call: Call }) {
  const units = useDesk((state) => state.picture?.units);
  const sent = new Set(call.units.map((one) => one.unit));
  const waiting = call.recommendation?.chosen.filter((one) => !sent.has(one.unit)) ?? [];
  if (waiting.length === 0) {
    const there = call.units.map((one) => units?.get(one.unit)?.call_sign ?? one.unit).join(", ");
    return there ? <p className="ready muted">{there} sent.</p> : null;
  }
  return (
    <p className="ready">
      <span>{waiting.map((one) => `${units?.get(one.unit)?.call_sign ?? one.unit} ${duration(one.arrive_s)}`).join(", ")}</span>
      <CommandButton command={sendRecommended} look="main" />
    </p>
  );
}

function Head({ call }: { call: Call }) {
  const target_s = useDesk(
    (state) => state.picture?.measures.by_priority.find((one) => one.priority === call.priority)?.target_s ?? null,
  );
  return (
    <header className="card-head">
      <PriorityMark priority={call.priority} />
      <h2>{call.nature_label}</h2>
      <CommandButton command={leave} look="plain" label="Close" />
      <p>{placeWords(call)}</p>
      <p className="muted">
        {call.id}, {plain(call.state).toLowerCase()}
        {call.outcome && `: ${(OUTCOMES[call.outcome] ?? plain(call.outcome)).toLowerCase()}`}
        {call.state !== "closed" && (
          <>
            , <Age since={call.received_at} />
          </>
        )}
        {call.first_on_scene_at === null && target_s !== null && call.state !== "closed" && (
          <>
            , <TargetLeft since={call.received_at} target_s={target_s} />
          </>
        )}
      </p>
    </header>
  );
}

function Answers({ call }: { call: Call }) {
  const zone = useDesk((state) => state.picture?.board.region.time_zone) ?? "UTC";
  const rows: [string, string][] = [
    ["Nature", call.nature_label],
    ["Patients", String(call.patients)],
    ["First ring", wallTime(call.received_at, zone)],
    ["Place", `${call.lat.toFixed(5)}, ${call.lon.toFixed(5)}`],
  ];
  return (
    <section>
      <h3>Caller&apos;s answers</h3>
      <dl className="answers">
        {rows.map(([name, value]) => (
          <div key={name} className="row">
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function RecommendationPart({ call }: { call: Call }) {
  const zone = useDesk((state) => state.picture?.board.region.time_zone) ?? "UTC";
  const advice = call.recommendation;
  return (
    <section>
      <h3>
        Recommendation
        {advice && <span className="right">asked {wallTime(advice.at, zone)}</span>}
      </h3>
      {!advice && <p className="muted">Not asked yet.</p>}
      {advice?.chosen.map((one) => (
        <ChosenRow key={`${one.slot} ${one.unit}`} one={one} />
      ))}
      {advice?.shortfalls.map((one) => (
        <p key={one.slot} className="shortfall">
          <strong>Not filled</strong>
          <span>
            {plain(one.slot)}. {one.why}
          </span>
        </p>
      ))}
      {call.stand_down?.map((one) => (
        <p key={one.unit} className="shortfall">
          <strong>No longer needed</strong>
          <span>
            {one.unit.split("/").at(-1)}: {one.why}.
          </span>
        </p>
      ))}
      <div className="actions">
        <CommandButton command={sendRecommended} look="main" />
        <CommandButton command={askAgain} />
        <CommandButton command={otherwise} label="Something else" />
        <WhyNot />
      </div>
      {advice && <Passed advice={advice} />}
    </section>
  );
}

/** Why the main button is blocked, in the open: a tooltip alone is no answer. */
function WhyNot() {
  const why = useDesk((state) => sendRecommended.blocked(deskOf(state)));
  return why === null ? null : <p className="why-not">{why}</p>;
}

function ChosenRow({ one }: { one: Chosen }) {
  const unit = useDesk((state) => state.picture?.units.get(one.unit));
  const runnerUp = useDesk((state) => (one.runner_up === null ? undefined : state.picture?.units.get(one.runner_up)));
  return (
    <div className="chosen">
      <span className="who">
        {unit && <StatusMark status={unit.status} />}
        <strong>{unit?.call_sign ?? one.unit}</strong>
        <span className="muted">{plain(one.slot)}</span>
      </span>
      <span className="arrive">
        {duration(one.arrive_s)} <span className="unseen">to arrive</span>
      </span>
      <p className="why">
        {one.reason}
        {one.from_call_id && ` Taken off ${one.from_call_id}.`}
        {one.runner_up && ` Next: ${runnerUp?.call_sign ?? one.runner_up}${later(one.margin_s)}.`}
      </p>
    </div>
  );
}

function later(margin_s: number | null): string {
  if (margin_s === null) return "";
  return margin_s < 1 ? ", at the same time" : `, ${duration(margin_s)} later`;
}

const FEW = 12;

function Passed({ advice }: { advice: Recommendation }) {
  const units = useDesk((state) => state.picture?.units);
  const { passed_over } = advice;
  return (
    <details>
      <summary>
        {passed_over.length} passed over, policy {plain(advice.policy).toLowerCase()}, plan {advice.plan}
      </summary>
      <ul className="passed">
        {passed_over.slice(0, FEW).map((one) => (
          <li key={one.unit}>
            <span>{units?.get(one.unit)?.call_sign ?? one.unit}</span>
            <span className="muted">{one.why}</span>
          </li>
        ))}
      </ul>
      {passed_over.length > FEW && <p className="muted">And {passed_over.length - FEW} more.</p>}
    </details>
  );
}

/** Who is on the way, with the minutes left. */
function OnTheWay({ call }: { call: Call }) {
  const units = useDesk((state) => state.picture?.units);
  const mine = call.units.map((one) => units?.get(one.unit)).filter((unit) => unit?.call_id === call.id);
  if (mine.length === 0) return null;
  return (
    <section>
      <h3>Units on this call</h3>
      {mine.map(
        (unit) =>
          unit && (
            <div className="chosen" key={unit.id}>
              <span className="who">
                <StatusMark status={unit.status} />
                <strong>{unit.call_sign}</strong>
                <span className="muted">{plain(unit.status).toLowerCase()}</span>
                {call.units.some((one) => one.unit === unit.id && one.retargeted_at) && <span className="late">to the new place</span>}
              </span>
              <Arrival unitId={unit.id} />
            </div>
          ),
      )}
    </section>
  );
}

function Arrival({ unitId }: { unitId: string }) {
  const unit = useDesk((state) => state.picture?.units.get(unitId));
  const [text, setText] = useState<{ unit: typeof unit; say: (simMs: number) => string } | null>(null);
  if (unit && text?.unit !== unit) {
    setText({ unit, say: (simMs) => elapsed(arrivesIn(unit, simMs)) });
  }
  return text && <Ticking className="arrive" text={text.say} />;
}

function Timeline({ call }: { call: Call }) {
  const units = useDesk((state) => state.picture?.units);
  const zone = useDesk((state) => state.picture?.board.region.time_zone) ?? "UTC";
  const known = STAMP_ORDER.filter((stamp) => call.units.some((one) => one.stamps[stamp]));
  const received = Date.parse(call.received_at);
  return (
    <section>
      <h3>
        Times <span className="right">first ring {wallTime(call.received_at, zone)}</span>
      </h3>
      {known.length === 0 && <p className="muted">Nothing stamped yet.</p>}
      {known.length > 0 && (
        <div className="wide">
          <table className="timeline">
            <thead>
              <tr>
                <td />
                {call.units.map((one) => (
                  <th key={one.unit} scope="col">
                    {units?.get(one.unit)?.call_sign ?? one.unit}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {known.map((stamp) => (
                <tr key={stamp}>
                  <th scope="row">{STAMPS[stamp]}</th>
                  {call.units.map((one) => (
                    <td key={one.unit} title={sinceRing(one.stamps[stamp], received)}>
                      {wallTime(one.stamps[stamp], zone)}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

function sinceRing(at: string | undefined, received: number): string | undefined {
  const gone = at === undefined ? null : secondsBetween(received, Date.parse(at));
  return gone === null ? undefined : `${elapsed(gone)} after the first ring`;
}

/** The dispatcher may always send somebody else. The reason is kept for review, never held against anybody. */
function SendOther({ call }: { call: Call }) {
  const units = useDesk((state) => state.picture?.units);
  const [unit, setUnit] = useState("");
  const [reason, setReason] = useState("");
  const field = useId();
  const free = [...(units?.values() ?? [])]
    .filter((one) => one.call_id === null && one.status !== "out_of_service")
    .sort((a, b) => byCallSign(a.call_sign, b.call_sign));
  const send = (event: SubmitEvent) => {
    event.preventDefault();
    if (unit) void actions.sendOther(call, unit, reason).then(() => setUnit(""));
  };
  return (
    <section>
      <details>
        <summary>Send another unit</summary>
        <form onSubmit={send}>
          <label className="field" htmlFor="send-other">
            <span>Unit</span>
            <select id="send-other" value={unit} onChange={(event) => setUnit(event.target.value)}>
              <option value="">{free.length > 0 ? "Pick a unit" : "No unit is free"}</option>
              {free.map((one) => (
                <option key={one.id} value={one.id}>
                  {one.call_sign}, {plain(one.type).toLowerCase()}
                </option>
              ))}
            </select>
          </label>
          <label className="field" htmlFor={`${field}-reason`}>
            <span>Why this one (kept for review)</span>
            <input id={`${field}-reason`} value={reason} onChange={(event) => setReason(event.target.value)} />
          </label>
          <div className="actions">
            <button type="submit" className="button" aria-disabled={unit === ""}>
              Send
            </button>
          </div>
        </form>
      </details>
    </section>
  );
}
