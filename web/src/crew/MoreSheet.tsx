import { useState } from "react";
import { SelectField, TextField } from "../kit/Fields";
import { useAsk } from "../kit/ask";
import { Sheet } from "../kit/Sheet";
import { Answer } from "../kit/States";
import { wallTime } from "../kit/format";
import { keptLists, tap } from "./device";
import type { Checklist, CrewCall, CrewView, Destination } from "./types";

type Open = "choose" | "hospital" | "prealert" | { list: Checklist };

/** Everything that is not a step: transport, hospital, checklists, the asking. */
export function MoreSheet({ view, onClose }: { view: CrewView; onClose: () => void }) {
  const [open, setOpen] = useState<Open>("choose");
  const { call } = view;
  const lists = keptLists();
  if (call && open === "hospital") return <HospitalSheet view={view} call={call} onClose={onClose} onPrealert={() => setOpen("prealert")} />;
  if (call && open === "prealert") return <PrealertSheet view={view} call={call} onClose={onClose} />;
  if (typeof open === "object") return <ChecklistSheet view={view} list={open.list} onClose={onClose} />;
  const asks = (kind: string) => call?.asks.some((one) => one.kind === kind && one.answer === "") ?? false;
  const ask = (kind: string, label: string) => {
    if (call && !asks(kind)) tap(view.unit.id, "asks", `${label} asked for`, { call_id: call.call_id, kind });
    onClose();
  };
  return (
    <Sheet head="More" onClose={onClose}>
      <div className="crew-sheet">
        {call && !asks("ambulance") && (
          <button type="button" className="tap" onClick={() => ask("ambulance", "Ambulance")}>
            Ask for an ambulance
          </button>
        )}
        {call && !asks("helicopter") && (
          <button type="button" className="tap" onClick={() => ask("helicopter", "Helicopter")}>
            Ask for a helicopter
          </button>
        )}
        {call && (
          <button type="button" className="tap" onClick={() => setOpen("hospital")}>
            Hospital and pre-alert
          </button>
        )}
        {lists.map((list) => (
          <button key={list.id} type="button" className="tap" onClick={() => setOpen({ list })}>
            Checklist: {list.title}
          </button>
        ))}
        {view.par && (
          <button
            type="button"
            className="tap"
            onClick={() => {
              tap(view.unit.id, "par/end", "PAR ended", { reason: "Ended by the crew." });
              onClose();
            }}
          >
            Stop asking whether we are OK
          </button>
        )}
        {call && !view.par && (
          <button
            type="button"
            className="tap"
            onClick={() => {
              tap(view.unit.id, "par", "PAR started", { call_id: call.call_id });
              onClose();
            }}
          >
            Ask us whether we are OK
          </button>
        )}
        {!call && lists.length === 0 && <p className="muted">On a call there is more here.</p>}
      </div>
    </Sheet>
  );
}

function HospitalSheet({ view, call, onClose, onPrealert }: { view: CrewView; call: CrewCall; onClose: () => void; onPrealert: () => void }) {
  const asked = useAsk<{ destinations: Destination[] }>(`/api/units/${view.unit.id}/crew/destinations`);
  const choose = (one: Destination) => {
    tap(view.unit.id, "destination", `To ${one.name}`, { call_id: call.call_id, facility: one.facility }, { timed: false });
    onClose();
  };
  return (
    <Sheet head="Hospital" onClose={onClose}>
      <div className="crew-sheet">
        {call.destination && (
          <button type="button" className="tap" onClick={onPrealert}>
            Pre-alert {call.destination.name}
          </button>
        )}
        <Answer asked={asked} loading="Looking which way is short.">
          {(said) => (
            <ul className="doors">
              {said.destinations.map((one) => (
                <li key={one.facility}>
                  <button type="button" className="tap" aria-pressed={call.destination?.facility === one.facility} onClick={() => choose(one)}>
                    <span>
                      <strong>{one.name}</strong>
                      {one.advised ? " (advised)" : ""}
                      {one.diverting ? " (diverts)" : ""}
                      <small>{one.why}</small>
                    </span>
                    <span className="minutes">{one.travel_s === null ? "" : `${Math.round(one.travel_s / 60)} min`}</span>
                  </button>
                </li>
              ))}
            </ul>
          )}
        </Answer>
      </div>
    </Sheet>
  );
}

const ALERTS = [
  { value: "stemi", label: "STEMI" },
  { value: "stroke", label: "Stroke" },
  { value: "trauma_adult", label: "Trauma, adult" },
  { value: "trauma_paediatric", label: "Trauma, child" },
  { value: "sepsis", label: "Sepsis" },
  { value: "cardiac_arrest", label: "Cardiac arrest" },
  { value: "obstetric", label: "Obstetric" },
  { value: "other", label: "Other" },
];
const SEXES = [
  { value: "", label: "Not said" },
  { value: "female", label: "Female" },
  { value: "male", label: "Male" },
  { value: "unknown", label: "Unknown" },
];

function PrealertSheet({ view, call, onClose }: { view: CrewView; call: CrewCall; onClose: () => void }) {
  const [kind, setKind] = useState("stemi");
  const [age, setAge] = useState(String(call.caller.age_years ?? ""));
  const [sex, setSex] = useState(String(call.caller.sex ?? ""));
  const [complaint, setComplaint] = useState("");
  const wrong = age.trim() !== "" && !/^\d{1,3}$/.test(age.trim());
  const tell = () => {
    if (wrong) return;
    const known = { ...(age.trim() ? { age: Number(age) } : {}), ...(SEXES.some((one) => one.value === sex && sex !== "") ? { sex } : {}) };
    const body = { unit: view.unit.id, kind, ...known, complaint: complaint.trim() };
    tap(view.unit.id, `/api/calls/${call.call_id}/prealerts`, "Pre-alert", body, { timed: false });
    onClose();
  };
  return (
    <Sheet head={`Pre-alert ${call.destination?.name ?? ""}`} onClose={onClose}>
      <div className="crew-sheet">
        <SelectField label="What comes" value={kind} onChange={setKind} options={ALERTS} />
        <TextField label="Age in years" value={age} onChange={setAge} invalid={wrong} hint={wrong ? "A whole number, or nothing." : undefined} />
        <SelectField label="Sex" value={sex} onChange={setSex} options={SEXES} />
        <TextField label="In a few words" value={complaint} onChange={setComplaint} />
        <button type="button" className="next" aria-disabled={wrong} onClick={tell}>
          Tell the hospital
        </button>
      </div>
    </Sheet>
  );
}

function ChecklistSheet({ view, list, onClose }: { view: CrewView; list: Checklist; onClose: () => void }) {
  const { call } = view;
  const ticks = call?.ticks[list.id] ?? {};
  const tick = (item: string, label: string) => {
    if (!call) return;
    const body = { call_id: call.call_id, checklist: list.id, version: list.version, item, ticked: !(item in ticks) };
    tap(view.unit.id, "checklists", `${list.title}: ${label}`, body);
  };
  return (
    <Sheet head={list.title} onClose={onClose}>
      <div className="crew-sheet">
        {list.training && <p className="lack">TRAINING: no physician has approved this list here.</p>}
        {!list.training && <p className="muted">Approved by {list.approved_by}.</p>}
        {!call && <p className="muted">Ticks are kept on a call; on none there is nothing to tick.</p>}
        <ul className="ticks">
          {list.items.map((one) => (
            <li key={one.key}>
              <button type="button" className="tap" role="checkbox" aria-checked={one.key in ticks} aria-disabled={!call} onClick={() => tick(one.key, one.say)}>
                <span aria-hidden="true">{one.key in ticks ? "☑" : "☐"}</span>
                <span>{one.say}</span>
                <span className="muted">{wallTime(ticks[one.key], view.time_zone)}</span>
              </button>
            </li>
          ))}
        </ul>
      </div>
    </Sheet>
  );
}
