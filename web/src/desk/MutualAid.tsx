import { useId, useState, type SubmitEvent } from "react";
import { aidApi, type Aid, type Neighbour, type ScopeHere } from "../api/aid";
import type { Call } from "../api/types";
import { useAsk } from "../kit/ask";
import { wallTime } from "../kit/format";
import { Sheet } from "../kit/Sheet";
import { Answer } from "../kit/States";
import { Age } from "../kit/Ticking";
import { levelWords, plain } from "../kit/words";
import { attempt } from "./actions";
import { AlarmMark } from "./AlarmMark";
import { useDesk } from "./store";

const NONE: readonly Aid[] = [];

/** What was just said stands at the top, far from the button that was pressed. */
const intoView = (node: HTMLElement | null) => node?.scrollIntoView({ block: "nearest" });

/** Who was asked and what they said; then the neighbours by agreement. */
export function MutualAidSheet({ call, onClose }: { call: Call | null; onClose: () => void }) {
  const all = useDesk((state) => state.picture?.aid) ?? NONE;
  const requests = [...all.filter((one) => one.call_id === call?.id), ...all.filter((one) => one.call_id !== call?.id)];
  const states = all.map((one) => one.state).join();
  const asked = useAsk<{ neighbours: Neighbour[] }>(`/api/mutual-aid#${states}`); // What is left changes with each.
  const message = useDesk((state) => state.message);
  return (
    <Sheet head="Mutual aid" onClose={onClose} wide>
      {message && (
        <p ref={intoView} className={message.tone === "refused" ? "refused" : "muted"} role="status" key={message.text}>
          {message.text}
        </p>
      )}
      <section>
        <h3>Asked</h3>
        {requests.length === 0 && <p className="muted">Nobody was asked yet.</p>}
        {requests.map((one) => (
          <Request key={one.id} one={one} />
        ))}
      </section>
      <section>
        <h3>Neighbours by agreement</h3>
        {(!call || call.state === "closed") && <p className="muted">Pick an open call first: a request is for a call.</p>}
        <Answer asked={asked} empty={({ neighbours }) => (neighbours.length > 0 ? null : "No agreement is on record for today.")}>
          {({ neighbours }) => (
            <ul className="neighbours">
              {neighbours.map((one) => (
                <NeighbourRow key={one.neighbour} one={one} call={call && call.state !== "closed" ? call : null} />
              ))}
            </ul>
          )}
        </Answer>
      </section>
    </Sheet>
  );
}

function NeighbourRow({ one, call }: { one: Neighbour; call: Call | null }) {
  const ask = (type: string) =>
    attempt(async () => {
      if (!call) return "";
      await aidApi.ask(call.id, { neighbour: one.neighbour, type, level: "", note: "" });
      return `${one.name} is to be asked for ${call.id}. ${one.contact}.`;
    });
  return (
    <li>
      <strong>{one.name}</strong> <span className="muted">{one.contact}.</span>
      {one.costs && <p className="muted">Costs: {one.costs}.</p>}
      {one.lends.map((lent) => (
        <div key={lent.type} className="lent">
          <p>
            {plain(lent.type)}: {lent.left} of {lent.has} left. <span className="muted">{lent.cover}</span>
          </p>
          {lent.scope.map((scope) => (
            <ScopeWords key={scope.level} scope={scope} />
          ))}
          <button type="button" className="button" aria-disabled={call === null} onClick={() => call && void ask(lent.type)}>
            Ask {one.name} for {oneOf(lent.type)}
            {call && `, ${call.id}`}
          </button>
        </div>
      ))}
    </li>
  );
}

/** "an ambulance", "a responder". */
function oneOf(type: string): string {
  const word = plain(type).toLowerCase();
  return `${/^[aeiou]/.test(word) ? "an" : "a"} ${word}`;
}

const VERDICTS = { allow: "may practise here", deny: "may NOT practise here", unknown: "unknown whether they may practise here" };

function ScopeWords({ scope }: { scope: ScopeHere }) {
  return (
    <p className={scope.verdict === "allow" ? "muted" : "shortfall"}>
      {scope.level && `${levelWords(scope.level)}: `}
      {VERDICTS[scope.verdict]}
      {scope.why && `: ${scope.why}`}.
    </p>
  );
}

function Request({ one }: { one: Aid }) {
  const zone = useDesk((state) => state.picture?.board.region.time_zone) ?? "UTC";
  const act = (words: string, work: () => Promise<void>) => () =>
    void attempt(async () => {
      await work();
      return words;
    });
  return (
    <article className="request" aria-label={`${one.name} for ${one.call_id}`}>
      <p>
        <strong>{one.name}</strong>, {oneOf(one.type)} for {one.call_id}: {one.state}
        {one.state === "asked" && (
          <>
            {" "}
            by {one.asked_by} at {wallTime(one.asked_at, zone)} <Age since={one.asked_at} className="muted" />
          </>
        )}
        {one.call_sign && `, ${one.call_sign}`}
        {one.due_at && !one.arrived_at && `, due ${wallTime(one.due_at, zone)}`}
        {one.arrived_at && `, there ${wallTime(one.arrived_at, zone)}`}
        {one.reason && `. ${one.reason}`}
        {one.left !== null && `. It says it has ${one.left} left`}
      </p>
      {one.alarm && <AlarmMark alarm={one.alarm} />}
      {(one.state === "asked" || one.state === "accepted") && one.scope.verdict !== "allow" && <ScopeWords scope={one.scope} />}
      {one.state === "asked" && <SaidForm one={one} />}
      {one.state === "accepted" && (
        <button type="button" className="button" onClick={act(`${one.call_sign ?? "It"} goes home.`, () => aidApi.release(one.id))}>
          Release {one.call_sign}
        </button>
      )}
    </article>
  );
}

/** What the neighbour says: its unit and when, or that nobody comes. */
function SaidForm({ one }: { one: Aid }) {
  const [sign, setSign] = useState("");
  const [eta, setEta] = useState("");
  const [left, setLeft] = useState("");
  const [why, setWhy] = useState("");
  const field = useId();
  const minutes = Number(eta);
  const good = sign.trim() !== "" && eta !== "" && minutes >= 0;
  const accept = (event: SubmitEvent) => {
    event.preventDefault();
    if (!good) return;
    const said = { call_sign: sign.trim(), eta_min: minutes, said_by: "", left: left === "" ? null : Number(left), send: true };
    void attempt(async () => {
      await aidApi.accept(one.id, said);
      return `${said.call_sign} of ${one.name} is on the board, on its way to ${one.call_id}.`;
    });
  };
  const end = (work: Promise<void>, words: string) =>
    void attempt(async () => {
      await work;
      return words;
    });
  return (
    <form className="neighbour-says" onSubmit={accept} noValidate>
      <label className="field" htmlFor={`${field}-sign`}>
        <span>Its unit</span>
        <input id={`${field}-sign`} value={sign} maxLength={40} onChange={(event) => setSign(event.target.value)} />
      </label>
      <label className="field" htmlFor={`${field}-eta`}>
        <span>Minutes</span>
        <input id={`${field}-eta`} inputMode="numeric" value={eta} onChange={(event) => setEta(event.target.value)} />
      </label>
      <label className="field" htmlFor={`${field}-left`}>
        <span>Units left to it</span>
        <input id={`${field}-left`} inputMode="numeric" value={left} onChange={(event) => setLeft(event.target.value)} />
      </label>
      <button type="submit" className="button main" aria-disabled={!good}>
        It comes
      </button>
      <label className="field wide" htmlFor={`${field}-why`}>
        <span>Nobody comes, because</span>
        <input id={`${field}-why`} value={why} maxLength={300} onChange={(event) => setWhy(event.target.value)} />
      </label>
      <button
        type="button"
        className="button"
        aria-disabled={why.trim() === ""}
        onClick={() => why.trim() && end(aidApi.decline(one.id, why.trim()), `${one.name} sends nobody.`)}
      >
        Declined
      </button>
      <button type="button" className="button plain" onClick={() => end(aidApi.withdraw(one.id), "Withdrawn.")}>
        Withdraw
      </button>
    </form>
  );
}
