import { useCallback } from "react";
import { elapsed } from "../kit/format";
import { Ticking } from "../kit/Ticking";
import type { Times } from "./types";

const SIZE = 100;
const EDGE = 6;

/** The way there as a line, north up, and when the unit should be there by the roads. */
export function RouteLine({ route, where }: { route: NonNullable<Times["route"]>; where: string }) {
  const left = useCallback(
    (simMs: number) => {
      const seconds = (Date.parse(route.arrive_at) - simMs) / 1000;
      return seconds > 0 ? `${elapsed(seconds)} to ${where}` : `Due at ${where}`;
    },
    [route.arrive_at, where],
  );
  const drawn = draw(route.points);
  return (
    <figure className="route">
      {drawn && (
        <svg viewBox={`0 0 ${SIZE} ${SIZE}`} role="img" aria-label={`The way to ${where}, north up`}>
          <polyline points={drawn.line} fill="none" />
          <circle cx={drawn.from[0]} cy={drawn.from[1]} r="3" className="from" />
          <rect x={drawn.to[0] - 4} y={drawn.to[1] - 4} width="8" height="8" className="to" />
          <text x={SIZE - EDGE} y={EDGE + 3} textAnchor="end">
            N
          </text>
        </svg>
      )}
      <figcaption>
        <Ticking text={left} className="eta" />
      </figcaption>
    </figure>
  );
}

type Point = readonly [number, number];

/** The points in a square, as wide as they are high on the ground; null without any length. */
export function draw(points: readonly (readonly [number, number, number])[]): { line: string; from: Point; to: Point } | null {
  const first = points[0];
  const last = points.at(-1);
  if (!first || !last || points.length < 2) return null;
  const narrow = Math.cos((first[1] * Math.PI) / 180);
  const east = points.map((one) => one[0] * narrow);
  const north = points.map((one) => one[1]);
  const [west, south] = [Math.min(...east), Math.min(...north)];
  const span = Math.max(Math.max(...east) - west, Math.max(...north) - south);
  if (span === 0) return null;
  const scale = (SIZE - 2 * EDGE) / span;
  const sideways = (SIZE - 2 * EDGE - (Math.max(...east) - west) * scale) / 2;
  const upwards = (SIZE - 2 * EDGE - (Math.max(...north) - south) * scale) / 2;
  const place = ([lon, lat]: readonly [number, number, number]): Point => [
    round(EDGE + sideways + (lon * narrow - west) * scale),
    round(SIZE - EDGE - upwards - (lat - south) * scale),
  ];
  return { line: points.map((one) => place(one).join(",")).join(" "), from: place(first), to: place(last) };
}

const round = (n: number) => Math.round(n * 10) / 10;
