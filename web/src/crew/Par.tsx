import { useCallback, useEffect, useState } from "react";
import { elapsed } from "../kit/format";
import { soundIsOn } from "../kit/remembered";
import { announce } from "../kit/sound";
import { Ticking } from "../kit/Ticking";
import { simNow } from "../kit/ticker";
import { tap } from "./device";
import type { CrewView, Par } from "./types";

const LOOK_MS = 1000;

/** Whether the crew is being asked now; looked at once a second. */
function useAsked(par: Par | null): boolean {
  const [asked, setAsked] = useState(false);
  const at = par?.ask_at ?? "";
  useEffect(() => {
    const look = () => setAsked(at !== "" && simNow() >= Date.parse(at));
    look();
    const timer = setInterval(look, LOOK_MS);
    return () => clearInterval(timer);
  }, [at]);
  return asked;
}

/** "Are you OK?", answered by one tap; before it is asked, when it will be. */
export function ParBand({ view }: { view: CrewView }) {
  const { par, unit } = view;
  const asked = useAsked(par);
  useEffect(() => {
    if (!asked) return undefined;
    const sound = () => soundIsOn() && announce(1);
    sound();
    const timer = setInterval(sound, 8000);
    return () => clearInterval(timer);
  }, [asked]);
  const left = useCallback((simMs: number) => (par ? elapsed(Math.max(0, (Date.parse(par.due_at) - simMs) / 1000)) : ""), [par]);
  const until = useCallback((simMs: number) => (par ? elapsed(Math.max(0, (Date.parse(par.ask_at) - simMs) / 1000)) : ""), [par]);
  if (!par) return null;
  const ok = () => tap(unit.id, "par/answer", "All OK");
  if (!asked) {
    return (
      <section className="band quiet" aria-label="PAR">
        <p>
          Are you OK? Asked in <Ticking text={until} />
        </p>
        <button type="button" className="tap" onClick={ok}>
          All OK
        </button>
      </section>
    );
  }
  return (
    <section className="band danger" role="alert" aria-label="PAR">
      <p>
        <strong>Are you OK?</strong>{" "}
        {par.missed_at ? "The desk is alarmed: nobody answered." : <>The desk is alarmed in <Ticking text={left} />.</>}
      </p>
      <button type="button" className="next" onClick={ok}>
        All OK
      </button>
    </section>
  );
}
