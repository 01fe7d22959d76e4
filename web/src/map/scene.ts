/** What stands where on the map at an instant: units at one place gathered, everything else one by one. Pure. */

import type { Call, Status, Unit } from "../api/types";
import { byCallSign } from "../kit/format";
import { isMoving, whereIs } from "./motion";

export interface MovingUnit {
  unit: Unit;
  lon: number;
  lat: number;
  bearing: number | null;
}

/** Units that stand at one place and do the same: one mark with a count. */
export interface Gathering {
  lon: number;
  lat: number;
  status: Status;
  units: Unit[];
}

export interface Standing {
  lon: number;
  lat: number;
  gatherings: Gathering[];
}

/** Split the fleet into those on the move and those that stand together (within about ten metres). */
export function fleetScene(
  units: ReadonlyMap<string, Unit>,
  simMs: number,
): { moving: MovingUnit[]; standing: Standing[] } {
  const moving: MovingUnit[] = [];
  const places = new Map<string, Standing>();
  for (const unit of units.values()) {
    const where = whereIs(unit, simMs);
    if (!where) continue;
    if (isMoving(unit, simMs)) {
      moving.push({ unit, lon: where.lon, lat: where.lat, bearing: where.bearing });
      continue;
    }
    const key = `${where.lon.toFixed(4)} ${where.lat.toFixed(4)}`;
    const place = places.get(key) ?? { lon: where.lon, lat: where.lat, gatherings: [] };
    places.set(key, place);
    const same = place.gatherings.find((one) => one.status === unit.status);
    if (same) same.units.push(unit);
    else place.gatherings.push({ lon: where.lon, lat: where.lat, status: unit.status, units: [unit] });
  }
  for (const place of places.values()) {
    for (const one of place.gatherings) one.units.sort((a, b) => byCallSign(a.call_sign, b.call_sign));
  }
  return { moving, standing: [...places.values()] };
}

/** Open calls in the order of drawing: the most urgent last, so that nothing covers it. */
export function callsToDraw(calls: ReadonlyMap<string, Call>): Call[] {
  return [...calls.values()]
    .filter((call) => call.state !== "closed")
    .sort(
      (a, b) =>
        b.priority - a.priority ||
        Number(a.state === "waiting") - Number(b.state === "waiting") ||
        a.id.localeCompare(b.id),
    );
}
