import { useCallback, useState } from "react";
import { elapsed, secondsBetween, wallTime } from "../kit/format";
import { Ticking } from "../kit/Ticking";
import type { Gestures } from "./gestures";
import { BedsSheet, StatusSheet } from "./sheets";
import type { HospitalView } from "./types";
import { standingWords } from "./words";

const LEVELS = { advisory: "Advisory", diversion: "Diversion" } as const;

/** How the hospital stands, in one line: what is not open, or that all of it is. */
export function StandingStrip({ view }: { view: HospitalView }) {
  if (view.status.length === 0) {
    return (
      <p className="standing">
        <span className="level" data-level="open">
          Open
        </span>
      </p>
    );
  }
  return (
    <ul className="standing" aria-label="Status">
      {view.status.map((one) => (
        <li key={one.service} className="level" data-level={one.level}>
          {LEVELS[one.level]}: {standingWords(one, view.time_zone)}
        </li>
      ))}
    </ul>
  );
}

/** Beside the patients: the hospital's own status and its beds. */
export function SidePanel({ view, gestures }: { view: HospitalView; gestures: Gestures }) {
  const [sheet, setSheet] = useState<"status" | "beds" | null>(null);
  return (
    <aside aria-label="This hospital">
      <section aria-labelledby="status-head">
        <div className="panel-head">
          <h2 id="status-head">Status</h2>
          <button type="button" className="button" onClick={() => setSheet("status")}>
            Change
          </button>
        </div>
        <div className="side-body">
          {view.status.length === 0 && <p>Open. No advisory and no diversion.</p>}
          <ul>
            {view.status.map((one) => (
              <li key={one.service} className="standing-row">
                <div>
                  <p>
                    <span className="level" data-level={one.level}>
                      {LEVELS[one.level]}
                    </span>{" "}
                    <strong>{standingWords(one, view.time_zone)}</strong>
                  </p>
                  {one.reason && <p>{one.reason}</p>}
                  <p className="muted">
                    since {wallTime(one.since, view.time_zone).slice(0, 5)}, {one.by}
                  </p>
                </div>
                <button type="button" className="button" onClick={() => gestures.open(one.service, one.words)}>
                  End<span className="unseen"> for {one.words}</span>
                </button>
              </li>
            ))}
          </ul>
          <p className="muted">Advice to the desk and crews, never a wall: an unstable patient may come all the same.</p>
        </div>
      </section>
      <section aria-labelledby="beds-head">
        <div className="panel-head">
          <h2 id="beds-head">Free beds</h2>
          <button type="button" className="button" onClick={() => setSheet("beds")}>
            Count
          </button>
        </div>
        <Beds view={view} />
      </section>
      {sheet === "status" && <StatusSheet view={view} gestures={gestures} onClose={() => setSheet(null)} />}
      {sheet === "beds" && <BedsSheet view={view} gestures={gestures} onClose={() => setSheet(null)} />}
    </aside>
  );
}

function Beds({ view }: { view: HospitalView }) {
  const beds = view.beds;
  const limit_s = view.limits.beds?.seconds ?? null;
  const age = useCallback(
    (simMs: number) => {
      const gone = secondsBetween(beds?.at, simMs);
      if (gone === null) return "";
      const old = limit_s !== null && gone > limit_s;
      return `${old ? "Old count" : "Counted"}, ${elapsed(Math.max(0, gone))} ago, ${beds?.by ?? ""}`;
    },
    [beds, limit_s],
  );
  if (!beds) return <p className="side-body muted">Nobody has counted yet.</p>;
  const counted = view.bed_kinds.filter((one) => one.key in beds.beds);
  return (
    <div className="side-body">
      {counted.length === 0 && <p className="muted">The last count held nothing.</p>}
      <dl className="beds">
        {counted.map((one) => (
          <div key={one.key}>
            <dt>{one.words}</dt>
            <dd>{beds.beds[one.key]}</dd>
          </div>
        ))}
      </dl>
      <p className="muted">
        <Ticking text={age} />
      </p>
    </div>
  );
}
