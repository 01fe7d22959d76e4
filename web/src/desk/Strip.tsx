import { useMemo, type ReactNode } from "react";
import type { Measures } from "../api/types";
import { count, duration, percent, wallTime } from "../kit/format";
import { inWords, plain, type Names } from "../kit/words";
import { PriorityMark } from "./Marks";
import { useDesk } from "./store";

/** Under the map: the response times of the day against their targets, and the newest facts of the log. */
export function Strip() {
  return (
    <div className="strip">
      <DayMeasures />
      <LogTail />
    </div>
  );
}

function DayMeasures() {
  const measures = useDesk((state) => state.picture?.measures);
  if (!measures) return null;
  const { response, by_priority } = measures;
  return (
    <section aria-labelledby="day-head">
      <div className="panel-head">
        <h2 id="day-head">Response today</h2>
        <span className="muted">ring to on scene</span>
      </div>
      <div className="measures">
        <Curve measures={measures} />
        <table>
          <thead>
            <tr>
              <th scope="col">
                <span className="unseen">Priority</span>
              </th>
              <th scope="col">Calls</th>
              <th scope="col">Median</th>
              <th scope="col">90 %</th>
              <th scope="col">Target</th>
              <th scope="col">Within</th>
            </tr>
          </thead>
          <tbody>
            {by_priority.map((one) => (
              <Row key={one.priority} name={<PriorityMark priority={one.priority} />} {...one} />
            ))}
            <Row name="All" {...response} target_s={null} within={null} />
          </tbody>
        </table>
      </div>
    </section>
  );
}

interface RowProps {
  name: ReactNode;
  n: number;
  median_s: number | null;
  p90_s: number | null;
  target_s: number | null;
  within: number | null;
}

/** One row; what is not known yet stays blank. */
function Row({ name, n, median_s, p90_s, target_s, within }: RowProps) {
  return (
    <tr>
      <th scope="row">{name}</th>
      <td>{n}</td>
      <td>{duration(median_s)}</td>
      <td>{duration(p90_s)}</td>
      <td>{duration(target_s)}</td>
      <td>{percent(within)}</td>
    </tr>
  );
}

const WIDE = 116;
const HIGH = 104;
const QUARTER_S = 900; // The axis is never shorter: a quiet morning looks like one.

/** How many of today's calls were reached within so many minutes: bars by minute, and their running share. */
function Curve({ measures }: { measures: Measures }) {
  const bins = measures.response.histogram;
  const all = bins.reduce((sum, bin) => sum + bin.n, 0);
  const last = bins.findLastIndex((bin) => bin.n > 0);
  const shown = bins.slice(0, Math.max(last + 2, 15));
  const end_s = Math.max(QUARTER_S, shown.at(-1)?.upto_s ?? 0);
  const most = Math.max(1, ...shown.map((bin) => bin.n));
  const x = (s: number) => 2 + (s / end_s) * WIDE;
  const y = (share: number) => 4 + (1 - share) * HIGH;
  const target_s = measures.by_priority[0]?.target_s ?? null;
  let reached = 0;
  const steps = shown.map((bin) => {
    reached += bin.n;
    return `L${x(bin.upto_s).toFixed(1)} ${y(reached / Math.max(1, all)).toFixed(1)}`;
  });
  steps.push(`L${x(end_s)} ${y(1)}`);
  const words = all === 0 ? "No response yet today" : `Share of ${count(all, "response")} by minutes`;
  return (
    <svg className="curve" viewBox="0 0 120 126" role="img" aria-label={words}>
      {shown.map((bin, i) => {
        const from = x(shown[i - 1]?.upto_s ?? 0);
        const high = (bin.n / most) * HIGH * 0.6;
        const width = Math.max(0.5, x(bin.upto_s) - from - 1);
        return <rect key={bin.upto_s} className="bar" x={from} y={y(0) - high} width={width} height={high} />;
      })}
      <line className="axis" x1={x(0)} x2={x(end_s)} y1={y(0)} y2={y(0)} />
      <line className="target" x1={x(0)} x2={x(end_s)} y1={y(0.9)} y2={y(0.9)} />
      {target_s !== null && <line className="target" x1={x(target_s)} x2={x(target_s)} y1={y(1)} y2={y(0)} />}
      {all > 0 && <path className="line" d={`M${x(0)} ${y(0)}${steps.join("")}`} />}
      <text x={x(0)} y={122}>
        0
      </text>
      {target_s !== null && x(target_s) < WIDE * 0.65 && (
        <text x={x(target_s)} y={122} textAnchor="middle">
          {Math.round(target_s / 60)}
        </text>
      )}
      <text x={x(end_s)} y={122} textAnchor="end">
        {Math.round(end_s / 60)} min
      </text>
    </svg>
  );
}

const SHOWN = 60;

function LogTail() {
  const tail = useDesk((state) => state.tail);
  const board = useDesk((state) => state.picture?.board);
  const units = useDesk((state) => state.picture?.units);
  const position = useDesk((state) => state.picture?.position);
  const zone = board?.region.time_zone ?? "UTC";
  const names = useMemo<Names>(
    () => ({
      unit: (id) => units?.get(id)?.call_sign ?? id,
      hospital: (id) => board?.hospitals.find((one) => one.id === id)?.name ?? id,
      nature: (key) => board?.natures.find((one) => one.key === key)?.label ?? plain(key),
    }),
    [board, units],
  );
  return (
    <section className="log" aria-labelledby="log-head">
      <div className="panel-head">
        <h2 id="log-head">Log</h2>
        <span className="muted">position {position}</span>
      </div>
      {/* The keyboard must be able to scroll it. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div className="scroll" tabIndex={0} role="group" aria-label="Newest facts">
        {tail.length === 0 && <p className="empty">Nothing is recorded yet.</p>}
        <ol>
          {tail.slice(0, SHOWN).map((fact) => {
            const words = inWords(fact, names);
            return (
              <li key={fact.position} title={fact.actor === "" ? words : `${words}\n${fact.name}, by ${fact.actor}`}>
                <span className="position">{fact.position}</span>
                <span>{wallTime(fact.at, zone)}</span>
                <span>{words}</span>
              </li>
            );
          })}
        </ol>
      </div>
    </section>
  );
}
