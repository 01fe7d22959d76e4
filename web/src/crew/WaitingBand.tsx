import { useCallback, useEffect, useState } from "react";
import { elapsed, wallTime } from "../kit/format";
import { Ticking } from "../kit/Ticking";
import { simNow } from "../kit/ticker";
import { reassessAt } from "./ahead";
import { tap } from "./device";
import type { Ask, CrewCall, CrewView } from "./types";

const LOOK_MS = 1000;
const KINDS: Record<string, string> = { ambulance: "Ambulance", helicopter: "Helicopter" };

function useCome(at: string | null): boolean {
  const [come, setCome] = useState(false);
  useEffect(() => {
    const look = () => setCome(at !== null && simNow() >= Date.parse(at));
    look();
    const timer = setInterval(look, LOOK_MS);
    return () => clearInterval(timer);
  }, [at]);
  return come;
}

/** What was asked for to carry the patient, and when a patient who waits is to be looked at again. */
export function WaitingBand({ view, call }: { view: CrewView; call: CrewCall }) {
  const due = reassessAt(view);
  const come = useCome(due);
  const since = call.stamps.at_patient ?? call.stamps.on_scene ?? null;
  const waited = useCallback((simMs: number) => (since ? elapsed((simMs - Date.parse(since)) / 1000) : ""), [since]);
  return (
    <>
      {call.asks.map((one) => (
        <AskLine key={one.id} ask={one} view={view} />
      ))}
      {come && (
        <section className="band warn" role="alert" aria-label="Reassessment">
          <p>
            <strong>Look at the patient again.</strong> Waiting for transport <Ticking text={waited} />.
          </p>
          <button type="button" className="tap" onClick={() => tap(view.unit.id, "reassessed", "Reassessed", { call_id: call.call_id })}>
            Reassessed
          </button>
        </section>
      )}
      {!come && call.reassessed && due && <p className="muted">Reassessed {wallTime(call.reassessed.at, view.time_zone)}</p>}
    </>
  );
}

function AskLine({ ask, view }: { ask: Ask; view: CrewView }) {
  const kind = KINDS[ask.kind] ?? ask.kind;
  if (ask.answer === "withdrawn") return null;
  if (ask.answer) {
    return (
      <p className="band quiet" role="status">
        <strong>{kind}:</strong> {ask.answer === "coming" ? "is coming" : "not available"}
        {ask.words ? `. ${ask.words}` : ""} <span className="muted">{wallTime(ask.answered_at, view.time_zone)}</span>
      </p>
    );
  }
  return (
    <section className="band quiet" aria-label={`${kind} asked for`}>
      <p role="status">
        <strong>{kind} asked for</strong> {wallTime(ask.at, view.time_zone)}, not answered yet
      </p>
      <button type="button" className="tap" onClick={() => tap(view.unit.id, `asks/${ask.id}/withdraw`, `${kind} not needed`)}>
        Not needed
      </button>
    </section>
  );
}
