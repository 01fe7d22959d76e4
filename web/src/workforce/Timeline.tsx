import { spanWords } from "./Findings";
import { dayBefore, daysBetween, STATUS_WORDS } from "./words";
import type { Span } from "./types";

const WIDE = 400;
const HIGH = 26;

/** A credential's days along a line: full where it holds, hatched where it holds within limits or not for now. */
export function Timeline({ spans, today }: { spans: readonly Span[]; today: string }) {
  const first = spans[0]?.start;
  if (!first) return null;
  const ends = spans.map((one) => one.end ?? one.start);
  const from = earlier(first, today);
  const last = [...ends, today].reduce((a, b) => (a > b ? a : b));
  const length = Math.max(30, daysBetween(from, last)) * 1.06;
  const x = (day: string) => (daysBetween(from, day) / length) * WIDE;
  const words = spans.map((one) => `${STATUS_WORDS[one.status].word} ${spanWords(one.start, one.end)}`).join("; ");
  const end = spans.findLast((one) => one.end !== null)?.end;
  return (
    <>
    <svg className="timeline-line" viewBox={`0 0 ${WIDE} ${HIGH}`} role="img" aria-label={words} preserveAspectRatio="none">
      <defs>
        <pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <line x1="0" y1="0" x2="0" y2="6" className="hatch" />
        </pattern>
      </defs>
      <line className="axis" x1="0" x2={WIDE} y1={HIGH / 2} y2={HIGH / 2} />
      {spans.map((one) => {
        const start = x(one.start);
        const width = Math.max(1.5, (one.end ? x(one.end) : WIDE) - start);
        return (
          <g key={one.start} data-stands={one.status}>
            <rect className="bar" x={start} y="6" width={width} height="14" rx="2" />
            {(one.status === "restricted" || one.status === "suspended") && (
              <rect className="over" x={start} y="6" width={width} height="14" rx="2" fill="url(#hatch)" />
            )}
            <title>{`${STATUS_WORDS[one.status].word} ${spanWords(one.start, one.end)}`}</title>
          </g>
        );
      })}
      <line className="now" x1={x(today)} x2={x(today)} y1="0" y2={HIGH} />
    </svg>
      <p className="timeline-days" aria-hidden="true">
        <span>{first}</span>
        {end && <span>{dayBefore(end)}</span>}
      </p>
    </>
  );
}

const earlier = (a: string, b: string) => (a < b ? a : b);
