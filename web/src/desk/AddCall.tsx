import { useEffect, useId, useRef, useState, type KeyboardEvent, type SubmitEvent } from "react";
import { uuid7 } from "../kit/uuid7";
import { camera } from "../map/camera";
import { actions } from "./actions";
import { CommandButton } from "./CommandButton";
import { leave } from "./commands";
import { useDesk, type Place } from "./store";

/** Adding a call: first the place, by pointer or by keys, then what the caller says. */
export function AddCall() {
  const mode = useDesk((state) => state.mode);
  if (mode.kind === "placing") return <PickPlace />;
  if (mode.kind === "describing") return <Describe place={mode.place} />;
  return null;
}

const STEPS: Record<string, [right: number, down: number]> = {
  ArrowLeft: [-40, 0],
  ArrowRight: [40, 0],
  ArrowUp: [0, -40],
  ArrowDown: [0, 40],
};

function PickPlace() {
  const here = useRef<HTMLButtonElement>(null);
  useEffect(() => here.current?.focus(), []);
  const move = (event: KeyboardEvent) => {
    const step = STEPS[event.key];
    if (!step) return;
    event.preventDefault();
    camera.current?.pan(...step);
  };
  const choose = () => {
    const place = camera.current?.centre();
    if (place) actions.describe(place);
  };
  return (
    <aside className="bar" aria-label="Add a call: the place">
      <p>
        <strong>Where?</strong> Click on the map, or move it under the crosshair with the arrow keys.
      </p>
      <button ref={here} type="button" className="button main" onKeyDown={move} onClick={choose}>
        Here, under the crosshair <kbd aria-hidden="true">Enter</kbd>
      </button>
      <CommandButton command={leave} look="plain" label="Cancel" />
    </aside>
  );
}

function Describe({ place }: { place: Place }) {
  const known = useDesk((state) => state.picture?.board.natures);
  const natures = [...(known ?? [])].sort((a, b) => a.label.localeCompare(b.label));
  const busy = useDesk((state) => state.busy);
  const field = useId();
  const [id] = useState(() => uuid7()); // Sent twice, it is still one call.
  const [nature, setNature] = useState((natures.find((one) => one.key === "unknown") ?? natures[0])?.key ?? "");
  const [chosen, setChosen] = useState<number | null>(null);
  const [patients, setPatients] = useState("1");
  const [address, setAddress] = useState("");
  const first = useRef<HTMLSelectElement>(null);
  useEffect(() => first.current?.focus(), []);
  const usual = natures.find((one) => one.key === nature)?.default_priority ?? 2;
  const priority = chosen ?? usual;
  const how = Number(patients);
  const fault = Number.isInteger(how) && how >= 1 && how <= 999 ? null : "Patients: a whole number, 1 to 999.";

  const send = (event: SubmitEvent) => {
    event.preventDefault();
    if (fault !== null || busy) return;
    const said = address.trim();
    void actions.addCall({ ...place, nature, priority, patients: how, ...(said ? { address: said } : {}) }, id);
  };
  const escape = (event: KeyboardEvent) => {
    if (event.key === "Escape") actions.look();
  };
  return (
    <aside className="card low" aria-label="Add a call: what happened">
      {/* Escape must also work in a field, where no command key acts. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
      <form className="scroll" onSubmit={send} onKeyDown={escape}>
        <header className="card-head">
          <span />
          <h2>What happened?</h2>
          <CommandButton command={leave} look="plain" label="Cancel" />
          <p className="muted">
            At {place.lat.toFixed(5)}, {place.lon.toFixed(5)}
          </p>
        </header>
        <section>
          <label className="field" htmlFor={`${field}-nature`}>
            <span>Nature</span>
            <select ref={first} id={`${field}-nature`} value={nature} onChange={(event) => setNature(event.target.value)}>
              {natures.map((one) => (
                <option key={one.key} value={one.key}>
                  {one.label}
                </option>
              ))}
            </select>
          </label>
          <fieldset className="field">
            <legend>Priority, usually {usual} for this</legend>
            <div className="choices">
              {[1, 2, 3, 4].map((one) => (
                <label key={one}>
                  <input
                    type="radio"
                    name={`${field}-priority`}
                    checked={priority === one}
                    onChange={() => setChosen(one)}
                  />
                  {one}
                </label>
              ))}
            </div>
          </fieldset>
          <label className="field" htmlFor={`${field}-patients`}>
            <span>Patients</span>
            <input
              id={`${field}-patients`}
              inputMode="numeric"
              value={patients}
              aria-invalid={fault !== null}
              onChange={(event) => setPatients(event.target.value)}
            />
          </label>
          {fault !== null && <p role="alert">{fault}</p>}
          <label className="field" htmlFor={`${field}-address`}>
            <span>Address, if it is known</span>
            <input id={`${field}-address`} value={address} onChange={(event) => setAddress(event.target.value)} />
          </label>
          <div className="actions">
            <button type="submit" className="button main" aria-disabled={fault !== null || busy}>
              Add the call <kbd aria-hidden="true">Enter</kbd>
            </button>
          </div>
        </section>
      </form>
    </aside>
  );
}
