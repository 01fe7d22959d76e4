import { useId, useRef, type KeyboardEvent } from "react";
import type { Change } from "../api/calls";
import { Combobox } from "../kit/Combobox";
import { wallTime } from "../kit/format";
import { Age } from "../kit/Ticking";
import { asking } from "./asking";
import { CommandButton } from "./CommandButton";
import { leave, otherwise, sendNow } from "./commands";
import { isSilence } from "./draft";
import { Otherwise } from "./Otherwise";
import { PlaceField, toQuestions } from "./PlaceField";
import { PremisePart } from "./Premise";
import { placeOf, taking } from "./taking";
import { TriagePanel } from "./TriagePanel";
import { useMe } from "./useMe";
import { useDesk } from "./store";

/** The call that is taken at this desk: where, what, who; saved as it is typed. */
export function TakeCall() {
  const open = useDesk((state) => state.mode.kind !== "looking" && state.taking !== null);
  return open ? <Panel /> : null;
}

function Panel() {
  const typed = useDesk((state) => state.taking);
  const begun = useDesk((state) => (state.asking.triage?.answers.length ?? 0) > 0);
  const place = placeOf(typed);
  const lon = place?.lon.toFixed(5);
  const lat = place?.lat.toFixed(5);
  const address = typed?.fields.address;
  const escape = (event: KeyboardEvent) => {
    if (event.key !== "Escape" || event.defaultPrevented) return;
    event.preventDefault(); // Also in a field, where no command key acts.
    taking.aside();
  };
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <aside id="take-card" className="card take" aria-label="Take a call" tabIndex={-1} onKeyDown={escape}>
      <header className="take-head">
        <h2>{typed?.call ? `Call ${typed.call}` : "New call"}</h2>
        <Saved />
        <CommandButton command={leave} look="plain" label="Put aside" />
      </header>
      {/* What is longer than the panel is scrolled by keys too. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div className="scroll" tabIndex={0} role="group" aria-label="The call">
        <PlaceField />
        {place && (
          <p className="picked">
            {address === undefined && <strong>Point on the map</strong>}
            {address !== undefined && address !== typed?.fields.place && <strong>{address}</strong>}
            <span className="muted">
              {lat}, {lon}
            </span>
            {typed?.fields.exact === 0 && <span className="uncertain">This very number is not on record: confirm it with the caller.</span>}
          </p>
        )}
        {place && <PremisePart place={place} call={typed?.call ?? ""} asTaken />}
        {(place !== null || begun) && <TriagePanel />}
        <Caller />
        <Unfinished />
      </div>
      <Otherwise />
      <footer className="take-foot">
        <CommandButton command={sendNow} look="main" label="Send now" />
        <CommandButton command={otherwise} label="Something else" />
        <Discard />
      </footer>
    </aside>
  );
}

/** Whether what was typed is safe, and since when. */
function Saved() {
  const typed = useDesk((state) => state.taking);
  const zone = useDesk((state) => state.picture?.board.region.time_zone) ?? "UTC";
  if (!typed) return null;
  if (typed.fault) {
    return (
      <span className="saved" data-tone="refused" role="alert">
        Not saved. {typed.fault.message}{" "}
        {isSilence(typed.fault) ? "It stays here and is tried again." : <Mend code={typed.fault.code} call={typed.call} />}
      </span>
    );
  }
  if (typed.unsaved) return <span className="saved muted">saving</span>;
  return <span className="saved muted">{typed.savedMs === null ? "nothing typed yet" : `saved ${wallTime(typed.savedMs, zone)}`}</span>;
}

function Mend({ code, call }: { code: string; call: string | null }) {
  if (code === "draft_taken" && call !== null) {
    return (
      <button type="button" className="button" onClick={() => void taking.takeOver(call)}>
        Take over
      </button>
    );
  }
  return (
    <button type="button" className="button" onClick={() => void taking.anew()}>
      Look anew and save
    </button>
  );
}

/** Who rings, about what; all of it may stay empty. */
function Caller() {
  const fields = useDesk((state) => state.taking?.fields ?? {});
  const known = useDesk((state) => state.picture?.board.natures);
  const natures = [...(known ?? [])].sort((a, b) => a.label.localeCompare(b.label));
  const id = useId();
  const nature = String(fields.nature ?? "");
  const onward = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || event.defaultPrevented || event.target instanceof HTMLTextAreaElement) return;
    event.preventDefault();
    toQuestions();
  };
  return (
    // Enter in a field goes on to the questions.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <section className="caller" aria-label="Caller and patient" onKeyDown={onward}>
      <Text name="callback" label="Phone" id="take-callback" inputMode="tel" />
      <Text name="caller" label="Caller's name" />
      <div className="whole">
        <Combobox
          label="What happened"
          value={nature}
          options={natures.map((one) => ({ value: one.key, label: one.label }))}
          placeholder="As the caller says"
          onChange={(value) => retriage({ nature: value || null })}
        />
      </div>
      <Text name="age_years" label="Patient's age, years" inputMode="decimal" changes />
      <Text name="patients" label="Patients" inputMode="numeric" />
      <label className="field whole" htmlFor={`${id}-note`}>
        <span>What the caller says</span>
        <textarea id={`${id}-note`} rows={2} value={String(fields.note ?? "")} onChange={(event) => taking.type({ note: event.target.value || null })} />
      </label>
    </section>
  );
}

/** Typed, saved, and the questions look at it: a child has other instructions. */
function retriage(change: Change): void {
  taking.type(change);
  void taking
    .save()
    .then(() => asking.again())
    .catch(() => undefined); // The head of the panel says why.
}

function Text({
  name,
  label,
  id,
  inputMode = "text",
  changes = false,
}: {
  name: string;
  label: string;
  id?: string;
  inputMode?: "text" | "tel" | "decimal" | "numeric";
  /** What the questions say depends on it. */
  changes?: boolean;
}) {
  const own = useId();
  const value = useDesk((state) => String(state.taking?.fields[name] ?? ""));
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  const type = (text: string) => {
    const number = inputMode === "numeric" && /^\d+$/.test(text.trim()) ? Number(text) : text;
    taking.type({ [name]: text === "" ? null : number });
    if (!changes) return;
    if (timer.current) clearTimeout(timer.current);
    timer.current = setTimeout(() => retriage({}), 400);
  };
  return (
    <label className="field" htmlFor={id ?? own}>
      <span>{label}</span>
      <input id={id ?? own} inputMode={inputMode} autoComplete="off" value={value} onChange={(event) => type(event.target.value)} />
    </label>
  );
}

/** Calls that were put aside or belong to other desks, where a new one is begun. */
function Unfinished() {
  const begun = useDesk((state) => state.taking?.call !== null);
  const drafts = useDesk((state) => state.drafts);
  if (begun || drafts.length === 0) return null;
  return (
    <section>
      <h3>Still typed</h3>
      <Drafts />
    </section>
  );
}

/** Every call that somebody is typing, the longest ringing first. */
export function Drafts() {
  const drafts = useDesk((state) => state.drafts);
  const here = useDesk((state) => state.taking?.call ?? null);
  const me = useMe();
  return (
    <ul className="drafts">
      {drafts
        .filter((one) => one.call_id !== here)
        .map((one) => (
          <li key={one.call_id}>
            <span className="what">
              <strong>{one.call_id}</strong> {String(one.fields.address ?? one.fields.place ?? "No place yet")}
              <span className="muted">
                {" "}
                {one.owner}, rang <Age since={one.rang_at} /> ago
              </span>
            </span>
            {one.owner === me ? (
              <button type="button" className="button" onClick={() => void taking.goOn(one.call_id)}>
                Go on<span className="unseen"> with {one.call_id}</span>
              </button>
            ) : (
              <button type="button" className="button" onClick={() => void taking.takeOver(one.call_id)}>
                Take over<span className="unseen"> {one.call_id}</span>
              </button>
            )}
          </li>
        ))}
    </ul>
  );
}

function Discard() {
  const begun = useDesk((state) => state.taking?.call !== null);
  if (!begun) return null;
  return (
    <details className="discard">
      <summary>No call</summary>
      <div className="choices-row">
        {["Dialled by mistake", "Test", "Typed twice"].map((why) => (
          <button key={why} type="button" className="button" onClick={() => void taking.discard(why)}>
            {why}
          </button>
        ))}
      </div>
    </details>
  );
}
