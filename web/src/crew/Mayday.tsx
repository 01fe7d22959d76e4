import { useEffect, useRef, useState } from "react";
import { wallTime } from "../kit/format";
import { Sheet } from "../kit/Sheet";
import { tap } from "./device";
import type { CrewView } from "./types";

const HOLD_MS = 1200; // Long enough that a pocket does not press it, short enough in need.

/** Held down it calls for help at once; pressed shortly, or by keys, it asks first. */
export function MaydayButton({ unit, active }: { unit: string; active: boolean }) {
  const [holding, setHolding] = useState(false);
  const [asks, setAsks] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  const done = useRef(false);
  const call = () => {
    tap(unit, "mayday", "Mayday");
    setAsks(false);
  };
  const stop = () => {
    if (timer.current) clearTimeout(timer.current);
    timer.current = null;
    setHolding(false);
  };
  const start = () => {
    if (active) return;
    done.current = false;
    setHolding(true);
    timer.current = setTimeout(() => {
      done.current = true;
      stop();
      call();
    }, HOLD_MS);
  };
  useEffect(() => stop, []);
  return (
    <>
      <button
        type="button"
        className="mayday"
        data-holding={holding}
        data-active={active}
        aria-describedby="mayday-how"
        onPointerDown={start}
        onPointerUp={stop}
        onPointerLeave={stop}
        onPointerCancel={stop}
        onContextMenu={(event) => event.preventDefault()}
        onClick={() => !active && !done.current && setAsks(true)}
      >
        Mayday
      </button>
      <span id="mayday-how" className="unseen">
        Hold for a second to call for help for this crew.
      </span>
      {asks && (
        <Sheet head="Help for this crew" onClose={() => setAsks(false)}>
          <div className="crew-sheet">
            <p>The desk is alarmed at once, with where this unit is. Holding the button down does the same without asking.</p>
            <button type="button" className="next danger" onClick={call}>
              Call mayday
            </button>
          </div>
        </Sheet>
      )}
    </>
  );
}

export function MaydayBand({ view, unsent }: { view: CrewView; unsent: boolean }) {
  if (!view.mayday) return null;
  return (
    <section className="band danger" role="alert">
      <p>
        <strong>Mayday {wallTime(view.mayday.at, view.time_zone)}.</strong>{" "}
        {unsent ? "Not sent yet: use the radio." : "It stands at the top of the board."}
        {view.mayday.acknowledged_at && ` ${view.mayday.acknowledged_by} has it in hand since ${wallTime(view.mayday.acknowledged_at, view.time_zone)}.`}
      </p>
      <button type="button" className="tap" onClick={() => tap(view.unit.id, "mayday/end", "Mayday over", { reason: "The crew is safe." })}>
        We are safe
      </button>
    </section>
  );
}
