/** Where a unit is on its route at an instant: the browser's half of "moving along routes". */

import type { Route, RoutePoint, Unit } from "../api/types";

export interface Where {
  lon: number;
  lat: number;
  /** Degrees clockwise from north; null when it stands still. */
  bearing: number | null;
  /** Index of the route point last passed; the rest of the route starts after it. */
  passed: number;
}

/** Place on a route at `simMs`. Before its start: the first point. After its end: the last. */
export function whereOnRoute(route: Route, simMs: number): Where | null {
  const { points } = route;
  const first = points[0];
  const last = points.at(-1);
  if (!first || !last) return null;
  const gone = (simMs - Date.parse(route.started_at)) / 1000;
  if (!(gone > first[2])) return { lon: first[0], lat: first[1], bearing: null, passed: 0 };
  if (gone >= last[2]) return { lon: last[0], lat: last[1], bearing: null, passed: points.length - 1 };
  const passed = lastPassed(points, gone);
  const from = points[passed] ?? first;
  const to = points[passed + 1] ?? last;
  const share = to[2] > from[2] ? (gone - from[2]) / (to[2] - from[2]) : 1;
  return {
    lon: from[0] + share * (to[0] - from[0]),
    lat: from[1] + share * (to[1] - from[1]),
    bearing: bearing(from, to),
    passed,
  };
}

/** Where a unit is now: where its device says, else on its route, else at its last position, else unknown. */
export function whereIs(unit: Unit, simMs: number): Where | null {
  if (unit.position?.source === "reported") return { lon: unit.position.lon, lat: unit.position.lat, bearing: null, passed: 0 };
  const moving = unit.route && whereOnRoute(unit.route, simMs);
  if (moving) return moving;
  return unit.position && { lon: unit.position.lon, lat: unit.position.lat, bearing: null, passed: 0 };
}

/** True while a unit is between the ends of its route. */
export function isMoving(unit: Unit, simMs: number): boolean {
  const end = unit.route?.points.at(-1);
  return !!unit.route && !!end && (simMs - Date.parse(unit.route.started_at)) / 1000 < end[2];
}

/** Seconds until a unit reaches the end of its route; null without one. Past its end: 0. */
export function arrivesIn(unit: Unit, simMs: number): number | null {
  const at = unit.route ? Date.parse(unit.route.arrive_at) : NaN;
  return Number.isNaN(at) ? null : Math.max(0, (at - simMs) / 1000);
}

const AT_REST = new Set(["available", "notified", "at_scene", "at_hospital", "out_of_service"]);
const FRESH_S = 60;
const OLD_S = 300;

/**
 * How far a unit's position can be trusted: 1 fresh, 0.7 ageing, 0.45 old.
 *
 * A unit on a route, or one that its status holds in place (at its post, at a scene), does not age, unless its device
 * says where it is.
 */
export function freshness(unit: Unit, simMs: number): number {
  if (!unit.position) return 1;
  if (unit.position.source !== "reported" && (unit.route || AT_REST.has(unit.status))) return 1;
  const age = (simMs - Date.parse(unit.position.at)) / 1000;
  if (age > OLD_S) return 0.45;
  return age > FRESH_S ? 0.7 : 1;
}

function lastPassed(points: RoutePoint[], gone: number): number {
  let low = 0;
  let high = points.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((points[middle]?.[2] ?? Infinity) <= gone) low = middle;
    else high = middle - 1;
  }
  return low;
}

function bearing(from: RoutePoint, to: RoutePoint): number {
  const east = (to[0] - from[0]) * Math.cos((from[1] * Math.PI) / 180);
  const north = to[1] - from[1];
  return ((Math.atan2(east, north) * 180) / Math.PI + 360) % 360;
}
