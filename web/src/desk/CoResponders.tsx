import { useState } from "react";
import { SERVICES, type CoResponder, type Said, type Services } from "../api/coResponders";
import type { Call } from "../api/types";
import { useAsk } from "../kit/ask";
import { SelectField, TextField } from "../kit/Fields";
import { wallTime } from "../kit/format";
import { FormSheet } from "../kit/Sheet";
import { Age } from "../kit/Ticking";
import { AlarmMark } from "./AlarmMark";
import { askProposed, coGestures, coResponderSaid, openRequests, SAYS } from "./coCommands";
import { CommandButton } from "./CommandButton";
import { stage } from "./incidentCommands";
import { store, useDesk } from "./store";

/** Services that the house does not run: who was asked for what and what they said; then whom the plan proposes. */
export function CoRespondersPart({ call }: { call: Call }) {
  const asked = call.co_responders ?? [];
  const proposed = call.proposed ?? [];
  if (asked.length === 0 && proposed.length === 0) return null;
  const [first] = proposed;
  return (
    <section aria-label="Co-responders">
      <h3>Co-responders</h3>
      {asked.map((one) => (
        <Asked key={one.request} one={one} />
      ))}
      {proposed.map((one) => (
        <div key={`${one.service} ${one.task}`} className="chosen">
          <span className="who">
            <strong>{one.label}</strong>
          </span>
          <span className="arrive">not asked yet</span>
          <p className="why">
            Proposed: {one.task_label.toLowerCase()}.{one.stage && " Units wait until it says that the scene is safe."}
          </p>
        </div>
      ))}
      <div className="actions">
        {openRequests(call).length > 0 && <CommandButton command={coResponderSaid} label="What they say" />}
        {first && <CommandButton command={askProposed} label={`Ask ${first.label.toLowerCase()}`} />}
        {first?.stage && !call.staging && <CommandButton command={stage} label="Stage units" />}
      </div>
    </section>
  );
}

function Asked({ one }: { one: CoResponder }) {
  const zone = useDesk((state) => state.picture?.board.region.time_zone) ?? "UTC";
  const from = [one.said_by, one.words].filter((words) => words !== "").join(": ");
  return (
    <div className="chosen">
      <span className="who">
        <strong>{one.label}</strong>
      </span>
      <span className="arrive">
        {one.state === "coming" && one.due_at ? "due" : (STATES[one.state] ?? one.state)}{" "}
        {one.state === "asked" ? <Age since={one.asked_at} /> : wallTime(one.due_at && one.state === "coming" ? one.due_at : one.since, zone)}
      </span>
      {one.alarm && <AlarmMark alarm={one.alarm} />}
      <p className="why">
        {one.task_label}.{one.note && ` ${one.note}.`} Asked {wallTime(one.asked_at, zone)} by {one.asked_by}.
        {one.contact && one.open && ` ${one.contact}.`}
        {one.safe_at && ` Says since ${wallTime(one.safe_at, zone)} that the scene is safe.`}
        {from && ` ${from}.`}
      </p>
    </div>
  );
}

const STATES: Record<string, string> = {
  asked: "no answer",
  coming: "coming since",
  there: "there",
  declined: "declined",
  cleared: "left",
  cancelled: "cancelled",
};

const shut = () => store.set({ gesture: null });
const sent = (work: Promise<string>) => work.then((text) => store.set({ message: { tone: "done", text } }));

export function AskForm({ call }: { call: Call }) {
  const asked = useAsk<Services>(SERVICES);
  const [service, setService] = useState("");
  const [task, setTask] = useState("");
  const [note, setNote] = useState("");
  const services = asked.data?.services ?? [];
  const chosen = services.find((one) => one.key === service) ?? services[0];
  return (
    <FormSheet
      head={`Ask another service for help on ${call.id}`}
      action="Enter that it is asked"
      fault={chosen ? null : "The services are not there yet."}
      onClose={shut}
      onSend={() => (chosen ? sent(coGestures.ask(call.id, chosen.key, task || (chosen.tasks[0]?.key ?? ""), note.trim())) : Promise.resolve())}
    >
      <SelectField
        label="Service"
        value={chosen?.key ?? ""}
        onChange={(key) => {
          setService(key);
          setTask("");
        }}
        options={services.map((one) => ({ value: one.key, label: one.label }))}
        hint={chosen?.contact}
      />
      <SelectField label="To do" value={task || (chosen?.tasks[0]?.key ?? "")} onChange={setTask} options={(chosen?.tasks ?? []).map((one) => ({ value: one.key, label: one.label }))} />
      <TextField label="What it is told" value={note} onChange={setNote} hint="Tell it on its own line as well: this is entered, and rings nobody." />
    </FormSheet>
  );
}

const CANCEL = "cancel";

/** What a co-responder says, or that it is needed no longer. */
export function SaidForm({ call }: { call: Call }) {
  const open = openRequests(call);
  const [which, setWhich] = useState(open[0]?.request ?? "");
  const one = open.find((other) => other.request === which);
  const [what, setWhat] = useState<Said | typeof CANCEL>(one?.state === "there" ? (one.makes_safe ? "safe" : "cleared") : one?.state === "coming" ? "there" : "coming");
  const [minutes, setMinutes] = useState("");
  const [who, setWho] = useState("");
  const [words, setWords] = useState("");
  const eta = minutes.trim() === "" ? null : Number(minutes);
  const fault = !one
    ? "That request is over."
    : what === "declined" && !words.trim()
      ? "Say why it does not come."
      : what === "coming" && eta !== null && !(eta >= 0)
        ? "Give the minutes as a number, or leave them out."
        : null;
  const send = () => {
    if (!one) return Promise.resolve();
    if (what === CANCEL) return sent(coGestures.cancel(one, words.trim()));
    const more = { said_by: who.trim(), words: words.trim(), ...(what === "coming" && eta !== null ? { eta_min: eta } : {}) };
    return sent(coGestures.said(one, what, more));
  };
  return (
    <FormSheet head={`What a co-responder says, ${call.id}`} action="Enter it" fault={fault} onClose={shut} onSend={send}>
      {open.length > 1 && (
        <SelectField label="Which" value={which} onChange={setWhich} options={open.map((other) => ({ value: other.request, label: `${other.label}, ${other.task_label.toLowerCase()}` }))} />
      )}
      <SelectField
        label={one ? `${one.label} says` : "It says"}
        value={what}
        onChange={(value) => setWhat(value as Said)}
        options={[...(Object.keys(SAYS) as Said[]).map((key) => ({ value: key, label: SAYS[key].label })), { value: CANCEL, label: "It is needed no longer (we say)" }]}
      />
      {what === "coming" && <TextField label="Minutes" value={minutes} onChange={setMinutes} hint="Left out where it did not say." />}
      {what !== CANCEL && <TextField label="Who says so" value={who} onChange={setWho} />}
      <TextField label={what === "declined" ? "Why it does not come" : "In its words"} value={words} onChange={setWords} />
    </FormSheet>
  );
}
