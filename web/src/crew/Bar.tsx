import { useState } from "react";
import { wallTime } from "../kit/format";
import { STAMPS } from "../kit/words";
import { following, lastPress } from "./ahead";
import { tap } from "./device";
import { MoreSheet } from "./MoreSheet";
import { TimesSheet } from "./TimesSheet";
import type { CrewView } from "./types";

const BESIDE = 2; // How many of the less likely steps stand under the thumb; the rest is one tap further.

/** Stamp a step now, and let the asking begin where the scene is of a kind that asks for it. */
export function stamp(view: CrewView, step: string, at = ""): void {
  const call = view.call?.call_id ?? view.before?.call_id;
  tap(view.unit.id, "stamps", STAMPS[step] ?? step, { stamp: step, ...(call ? { call_id: call } : {}), ...(at ? { at } : {}) });
  if (step === "on_scene" && !at && view.call?.par_here && !view.par) {
    tap(view.unit.id, "par", "PAR started", { call_id: view.call.call_id, because: view.call.nature });
  }
}

/** The next step under the thumb, the ones beside it, and what takes the last one back. */
export function Bar({ view }: { view: CrewView }) {
  const [sheet, setSheet] = useState<"times" | "more" | null>(null);
  const [next, ...rest] = following(view);
  const last = lastPress(view);
  const undo = () =>
    last && tap(view.unit.id, "strike", `${STAMPS[last.stamp] ?? last.stamp} taken back`, { struck_id: last.id, reason: "Pressed by mistake." });
  return (
    <nav className="crew-bar" aria-label="Status">
      {next ? (
        <button type="button" className="next" data-testid="next" onClick={() => stamp(view, next)}>
          {STAMPS[next] ?? next}
        </button>
      ) : (
        <p className="next none">{view.unit.status === "available" ? "Available" : "No step is due"}</p>
      )}
      <div className="beside">
        {rest.slice(0, BESIDE).map((one) => (
          <button key={one} type="button" className="tap" onClick={() => stamp(view, one)}>
            {STAMPS[one] ?? one}
          </button>
        ))}
        <button type="button" className="tap" onClick={() => setSheet("times")}>
          All times
        </button>
        <button type="button" className="tap" onClick={() => setSheet("more")}>
          More
        </button>
        {last && (
          <button type="button" className="tap undo" onClick={undo}>
            Undo {STAMPS[last.stamp] ?? last.stamp} {wallTime(last.at, view.time_zone)}
          </button>
        )}
      </div>
      {sheet === "times" && <TimesSheet view={view} onClose={() => setSheet(null)} />}
      {sheet === "more" && <MoreSheet view={view} onClose={() => setSheet(null)} />}
    </nav>
  );
}
