import { useEffect, useState } from "react";
import { STAGING_REASONS, type StagingReasons } from "../api/incidents";
import { callsApi, placesAt, type Places } from "../api/calls";
import type { Call, Hospital } from "../api/types";
import { useAsk, useSettled } from "../kit/ask";
import { SelectField, TextField, TickField } from "../kit/Fields";
import { byCallSign, wallDate, wallTime } from "../kit/format";
import { FormSheet } from "../kit/Sheet";
import { simNow } from "../kit/ticker";
import { OUTCOMES, plain } from "../kit/words";
import { uuid7 } from "../kit/uuid7";
import { instantOf } from "../kit/zoned";
import { claims } from "./claims";
import { AskForm, SaidForm } from "./CoResponders";
import { comingTo, gestures } from "./incident";
import { store, useDesk, type Gesture } from "./store";

const shut = () => store.set({ gesture: null });
const say = (text: string) => store.set({ message: { tone: "done", text } });
/** Sends a gesture: what came of it stands in the bottom line, a refusal in the form. */
const sent = (work: Promise<string>) => work.then(say);

/** The form of the gesture that somebody began; at most one. */
export function Gestures() {
  const gesture = useDesk((state) => state.gesture);
  const call = useDesk((state) => (state.gesture === null ? undefined : state.picture?.calls.get(state.gesture.of)));
  const hospital = useDesk((state) => (state.gesture === null ? undefined : state.picture?.hospitals.get(state.gesture.of)));
  if (gesture === null) return null;
  if (gesture.kind === "diversion") return hospital ? <Diversion key={hospital.id} hospital={hospital} /> : null;
  return call ? <OfCall key={`${gesture.kind} ${call.id}`} gesture={gesture} call={call} /> : null;
}

function OfCall({ gesture, call }: { gesture: Gesture; call: Call }) {
  const open = call.state !== "closed";
  useEffect(() => {
    if (open) claims.typing(gesture.of); // The other desks see it.
  }, [gesture.of, open]);
  switch (gesture.kind) {
    case "priority":
      return <Priority call={call} />;
    case "close":
      return <CloseCall call={call} />;
    case "reopen":
      return <WithReason head={`Open ${call.id} again`} action="Open again" send={(reason) => gestures.reopen(call.id, reason)} />;
    case "cancel":
      return <Cancel call={call} />;
    case "enter":
      return <WithReason head={`Clear to enter, ${call.id}`} label="Who says that it is safe" action="They may enter" optional initial={saidSafe(call)} send={(reason) => gestures.enter(call.id, reason)} />;
    case "co_ask":
      return <AskForm call={call} />;
    case "co_said":
      return <SaidForm call={call} />;
    case "undo_split":
      return <WithReason head={`${call.id} back into ${call.split_from ?? ""}`} action="Make it one incident again" send={(reason) => gestures.undoSplit(call.id, reason)} />;
    case "swap":
      return <Swap call={call} unit={gesture.unit} />;
    case "stage":
      return <Stage call={call} />;
    case "link":
      return <LinkTo call={call} />;
    case "split":
      return <Split call={call} />;
    case "place":
      return <Elsewhere call={call} />;
    default:
      return null;
  }
}

/** Whose word that it is safe is offered; "" for nobody's. */
function saidSafe({ said_safe: safe }: Call): string {
  return safe ? [safe.label, safe.said_by].filter((words) => words !== "").join(", ") : "";
}

function WithReason({
  head,
  action,
  send,
  label = "Why",
  optional = false,
  initial = "",
  children,
}: {
  head: string;
  action: string;
  send: (reason: string) => Promise<string>;
  label?: string;
  optional?: boolean;
  initial?: string;
  children?: React.ReactNode;
}) {
  const [reason, setReason] = useState(initial);
  const fault = optional || reason.trim() ? null : "Say why: it is kept for review.";
  return (
    <FormSheet head={head} action={action} fault={fault} onClose={shut} onSend={() => sent(send(reason.trim()))}>
      {children}
      <TextField label={label} value={reason} onChange={setReason} />
    </FormSheet>
  );
}

function Priority({ call }: { call: Call }) {
  const [wanted, setWanted] = useState(String(call.priority));
  const [reason, setReason] = useState("");
  return (
    <FormSheet head={`Priority of ${call.id}`} action="Change the priority" onClose={shut} onSend={() => sent(gestures.priority(call.id, Number(wanted), reason.trim()))}>
      <SelectField label="Priority" value={wanted} onChange={setWanted} options={["1", "2", "3", "4"].map((one) => ({ value: one, label: PRIORITY[one] ?? one }))} />
      <TextField label="Why" value={reason} onChange={setReason} hint="Triage only ever raises what a person says." />
    </FormSheet>
  );
}

const PRIORITY: Record<string, string> = { "1": "1, most urgent", "2": "2", "3": "3", "4": "4, least urgent" };

function CloseCall({ call }: { call: Call }) {
  const [outcome, setOutcome] = useState("transported");
  return (
    <FormSheet head={`Close ${call.id}`} action="Close the call" onClose={shut} onSend={() => sent(gestures.close(call.id, outcome))}>
      <SelectField label="How it ended" value={outcome} onChange={setOutcome} options={Object.entries(OUTCOMES).map(([value, label]) => ({ value, label }))} />
      <p className="muted">It can be opened again, with its history.</p>
    </FormSheet>
  );
}

function Cancel({ call }: { call: Call }) {
  const units = useDesk((state) => state.picture?.units);
  const coming = comingTo(call);
  const there = call.units
    .map((one) => units?.get(one.unit))
    .filter((unit) => unit?.call_id === call.id && !coming.includes(unit))
    .map((unit) => unit?.call_sign);
  return (
    <WithReason head={`Cancel everybody on the way to ${call.id}`} action="Cancel them" send={(reason) => gestures.cancelUnits(call.id, reason)}>
      <p>
        {coming.map((one) => one.call_sign).join(", ") || "Nobody"} on the way.
        {there.length > 0 && ` ${there.join(", ")} there already, and stays.`}
      </p>
    </WithReason>
  );
}

function Swap({ call, unit }: { call: Call; unit: string | undefined }) {
  const units = useDesk((state) => state.picture?.units);
  const coming = comingTo(call);
  const [leaves, setLeaves] = useState(unit ?? coming[0]?.id ?? "");
  const [comes, setComes] = useState("");
  const [reason, setReason] = useState("");
  const others = [...(units?.values() ?? [])].filter((one) => one.status !== "out_of_service" && one.call_id !== call.id).sort((a, b) => byCallSign(a.call_sign, b.call_sign));
  const busy = others.find((one) => one.id === comes)?.call_id ?? null;
  const fault = !leaves ? "Nobody is on the way." : comes ? null : "Pick who goes instead.";
  return (
    <FormSheet head={`Swap a unit of ${call.id}`} action={busy === null ? "Swap" : "Exchange their calls"} fault={fault} onClose={shut} onSend={() => sent(gestures.swap(call.id, leaves, comes, reason.trim(), busy !== null))}>
      <SelectField label="Leaves" value={leaves} onChange={setLeaves} options={coming.map((one) => ({ value: one.id, label: one.call_sign }))} />
      <SelectField
        label="Goes instead"
        value={comes}
        onChange={setComes}
        options={[
          { value: "", label: "Pick a unit" },
          ...others.map((one) => ({ value: one.id, label: one.call_id === null ? one.call_sign : `${one.call_sign}, on ${one.call_id}` })),
        ]}
        hint={busy === null ? "The slot of the plan is kept." : `It is on ${busy}: the two exchange their calls.`}
      />
      <TextField label="Why" value={reason} onChange={setReason} />
    </FormSheet>
  );
}

function Stage({ call }: { call: Call }) {
  const asked = useAsk<StagingReasons>(STAGING_REASONS);
  const [reason, setReason] = useState("violence");
  const [note, setNote] = useState("");
  const known = asked.data?.reasons ?? [];
  return (
    <FormSheet
      head={`Hold the units of ${call.id} away from the scene`}
      action="Let them wait"
      fault={known.length > 0 ? null : "The reasons are not there yet."}
      onClose={shut}
      onSend={() => sent(gestures.stage(call.id, reason, note.trim()))}
    >
      <SelectField label="Danger" value={reason} onChange={setReason} options={known.map((one) => ({ value: one.key, label: one.label }))} />
      <TextField
        label="What is known"
        value={note}
        onChange={setNote}
        hint={`They wait at the nearest corner at least ${asked.data?.apart_m ?? ""} m off, those sent later too, until somebody clears the scene.`}
      />
    </FormSheet>
  );
}

function LinkTo({ call }: { call: Call }) {
  const calls = useDesk((state) => state.picture?.calls);
  const others = [...(calls?.values() ?? [])].filter((one) => one.id !== call.id && !(call.linked ?? []).includes(one.id));
  const [other, setOther] = useState("");
  const [reason, setReason] = useState("");
  return (
    <FormSheet head={`Link ${call.id}`} action="Link them" fault={other ? null : "Pick the other incident."} onClose={shut} onSend={() => sent(gestures.link(call.id, other, reason.trim()))}>
      <SelectField
        label="Another incident of the same event"
        value={other}
        onChange={setOther}
        options={[{ value: "", label: "Pick a call" }, ...others.map((one) => ({ value: one.id, label: `${one.id}, ${one.nature_label}` }))]}
        hint="Each keeps its units. A second caller about the very same call is a duplicate instead."
      />
      <TextField label="Why" value={reason} onChange={setReason} />
    </FormSheet>
  );
}

function Split({ call }: { call: Call }) {
  const units = useDesk((state) => state.picture?.units);
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [reason, setReason] = useState("");
  const mine = call.units.map((one) => units?.get(one.unit)).filter((unit) => unit !== undefined).filter((unit) => unit.call_id === call.id);
  const tick = (unit: string, on: boolean) => setChosen(on ? [...chosen, unit] : chosen.filter((one) => one !== unit));
  return (
    <FormSheet
      head={`A second incident out of ${call.id}`}
      action="Make two incidents"
      fault={reason.trim() ? null : "Say why: it is kept for review."}
      onClose={shut}
      onSend={() => sent(gestures.split(call.id, { units: [...chosen], reason: reason.trim() }))}
    >
      <fieldset className="field">
        <legend>Who goes over to it</legend>
        {mine.length === 0 && <p className="muted">Nobody is on {call.id}.</p>}
        {mine.map((unit) => (
          <TickField key={unit.id} label={`${unit.call_sign}, ${plain(unit.status).toLowerCase()}`} checked={chosen.includes(unit.id)} onChange={(on) => tick(unit.id, on)} />
        ))}
      </fieldset>
      <TextField label="Why" value={reason} onChange={setReason} hint="Its place, nature and priority are those of the first one until you change them. Its clock runs from the first ring." />
    </FormSheet>
  );
}

/** The call is somewhere else than it was taken for: found as its place was found at first. */
function Elsewhere({ call }: { call: Call }) {
  const [typed, setTyped] = useState("");
  const [picked, setPicked] = useState<number | null>(null);
  const [reason, setReason] = useState("");
  const settled = useSettled(typed.trim(), STILL_MS);
  const asked = useAsk<Places>(settled.length > 1 ? placesAt(settled) : null);
  const found = typed.trim().length > 1 ? (asked.data?.places ?? []) : [];
  // Of one address in two towns none is picked for the dispatcher: the caller is asked.
  const chosen = picked ?? (asked.data?.ambiguous ? -1 : 0);
  const place = found[chosen];
  const send = async (to: { lon: number; lat: number; label: string }) => {
    await callsApi.place(call.id, uuid7(), { lon: to.lon, lat: to.lat, address: to.label, reason: reason.trim() });
    return `${call.id} is at ${to.label} now.`;
  };
  return (
    <FormSheet
      head={`${call.id} is somewhere else`}
      action="Move the call there"
      fault={place ? null : "Find the place first."}
      onClose={shut}
      onSend={() => (place ? sent(send(place)) : Promise.resolve())}
    >
      <TextField
        label="Where is it"
        value={typed}
        onChange={(said) => {
          setTyped(said);
          setPicked(null);
        }}
        hint={asked.data?.ambiguous ? "In which town?" : "An address, a crossing, a name, or coordinates."}
      />
      <SelectField
        label="Found"
        value={String(chosen)}
        onChange={(one) => setPicked(Number(one))}
        options={[...(place ? [] : [{ value: String(chosen), label: found.length > 0 ? "Pick one" : "Nothing yet" }]), ...found.map((one, i) => ({ value: String(i), label: one.label }))]}
      />
      <TextField label="Why" value={reason} onChange={setReason} hint="Whoever is on the way goes there, and is told." />
    </FormSheet>
  );
}

const STILL_MS = 150;
const SERVICES = ["stemi", "stroke", "trauma", "paediatric", "burn", "obstetric"];

function Diversion({ hospital }: { hospital: Hospital }) {
  const zone = useDesk((state) => state.picture?.board.region.time_zone) ?? "UTC";
  const [services, setServices] = useState<readonly string[]>(hospital.diverting?.services ?? []);
  const [reason, setReason] = useState(hospital.diverting?.reason ?? "");
  const [until, setUntil] = useState("");
  const hospitals = useDesk((state) => state.picture?.hospitals);
  const all = [...(hospitals?.values() ?? [])];
  const offered = [...new Set([...SERVICES.filter((one) => hospital.capabilities.some((key) => key.startsWith(one))), ...services])];
  const tick = (one: string, on: boolean) => setServices(on ? [...services, one] : services.filter((known) => known !== one));
  const send = () => gestures.divert(hospital.id, [...services], until ? endOf(until, zone) : null, reason.trim());
  return (
    <FormSheet head={`${hospital.name}: diversion`} action="Put on diversion" fault={reason.trim() ? null : "Say why, as the hospital told it."} onClose={shut} onSend={() => sent(send())}>
      <SelectField label="Hospital" value={hospital.id} onChange={(of) => store.set({ gesture: { kind: "diversion", of } })} options={all.map((one) => ({ value: one.id, label: one.diverting ? `${one.name} (diverts)` : one.name }))} />
      {hospital.diverting && (
        <p>
          It diverts now.{" "}
          <button type="button" className="button" onClick={() => void sent(gestures.endDiversion(hospital.id)).then(shut)}>
            It takes patients again
          </button>
        </p>
      )}
      <fieldset className="field">
        <legend>Which services; none is the whole of it</legend>
        {offered.map((one) => (
          <TickField key={one} label={plain(one)} checked={services.includes(one)} onChange={(on) => tick(one, on)} />
        ))}
      </fieldset>
      <label className="field">
        <span>Until (nothing: until it is ended)</span>
        <input type="time" value={until} onChange={(event) => setUntil(event.target.value)} />
      </label>
      <TextField label="Why" value={reason} onChange={setReason} hint="Advice to crews, never a wall." />
    </FormSheet>
  );
}

/** The next time the place's clock shows that hour. */
function endOf(time: string, zone: string): string {
  const now = simNow();
  const later = time > wallTime(now, zone).slice(0, 5) ? now : now + DAY_MS;
  return instantOf(wallDate(later, zone), time, zone);
}

const DAY_MS = 86_400_000;
