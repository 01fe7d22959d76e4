import { Unconfirmed, Verdict } from "../kit/Verdict";
import { DisputeButton } from "./Disputes";
import type { Finding } from "./types";
import { dayBefore } from "./words";

const LAYERS: Record<Finding["layer"], string> = {
  role: "Role",
  standing: "Standing",
  state: "State",
  national: "National model",
  conditions: "Conditions",
  agency: "Agency",
  compact: "Compact",
};

/** From when to when, in words; a span is half open, so its last day is the one before `end`. */
export function spanWords(start: string | null, end: string | null): string {
  if (start && end) return `${start} through ${dayBefore(end)}`;
  if (start) return `since ${start}`;
  return end ? `through ${dayBefore(end)}` : "";
}

/** Every finding that a verdict rests on: layer by layer, with its rule, source and dates. */
export function Findings({ findings }: { findings: readonly Finding[] }) {
  return (
    <ol className="findings">
      {findings.map((one, i) => (
        <li key={`${one.layer} ${one.rule} ${i}`}>
          <h3>{LAYERS[one.layer]}</h3>
          <div>
            <p className="finding-what">
              <Verdict verdict={one.verdict} brief />
              <span>{one.what}</span>
              {one.unconfirmed && <Unconfirmed />}
            </p>
            {(one.rule || one.source) && (
              <p className="muted finding-source">
                {[one.rule, spanWords(one.start, one.end), one.confidence && `confidence ${one.confidence}`]
                  .filter(Boolean)
                  .join(", ")}
                {one.source && <span className="source">{one.source}</span>}
                {one.note && <span className="source">Note: {one.note}</span>}
              </p>
            )}
            {one.rule && <DisputeButton rule={one.rule} />}
          </div>
        </li>
      ))}
    </ol>
  );
}
