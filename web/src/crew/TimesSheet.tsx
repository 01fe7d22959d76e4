import { useState } from "react";
import { wallDate, wallTime } from "../kit/format";
import { Sheet } from "../kit/Sheet";
import { simNow } from "../kit/ticker";
import { STAMP_ORDER, STAMPS } from "../kit/words";
import { instantOf } from "../kit/zoned";
import { stamp } from "./Bar";
import type { CrewView } from "./types";

const DAY_MS = 86_400_000;

/** Each of the 17 times by one tap: now, or at a time that is typed first. */
export function TimesSheet({ view, onClose }: { view: CrewView; onClose: () => void }) {
  const [typed, setTyped] = useState("");
  const stamps = (view.call ?? view.before)?.stamps ?? {};
  const press = (step: string) => {
    stamp(view, step, typed ? pastInstant(typed, view.time_zone) : "");
    onClose();
  };
  return (
    <Sheet head="Times" onClose={onClose}>
      <div className="crew-sheet">
        <label className="field">
          <span>When (empty: now)</span>
          <input type="time" step={1} value={typed} onChange={(event) => setTyped(event.target.value)} />
        </label>
        <ul className="times">
          {STAMP_ORDER.map((step) => (
            <li key={step}>
              <button type="button" className="tap" onClick={() => press(step)}>
                <span>{STAMPS[step]}</span>
                <span className="muted">{wallTime(stamps[step], view.time_zone)}</span>
              </button>
            </li>
          ))}
        </ul>
      </div>
    </Sheet>
  );
}

/** The last moment at which the place's clock showed a time. */
export function pastInstant(time: string, zone: string, nowMs: number = simNow()): string {
  const full = time.length === 5 ? `${time}:00` : time;
  const seconds = Number(full.slice(6)) * 1000;
  const on = (ms: number) => Date.parse(instantOf(wallDate(ms, zone), full.slice(0, 5), zone)) + seconds;
  const today = on(nowMs);
  return new Date(today <= nowMs ? today : on(nowMs - DAY_MS)).toISOString();
}
