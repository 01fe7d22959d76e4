/** A small county for the tests: steady names, one call waiting, two units. */

import type { Board, Call, FeedFact, Position, Unit, UnitOnCall } from "../src/api/types";

export const NOON = Date.parse("2026-05-04T12:00:00.000Z");
export const at = (seconds: number) => new Date(NOON + seconds * 1000).toISOString();

const NO_TIMES = { n: 0, missing: 0, wrong: 0, median_s: null, p90_s: null, target_s: null, within: null };

export function position(lon: number, lat: number, when: string): Position {
  return { lon, lat, at: when, source: "estimated", age_s: 0, accuracy_m: null, reported_at: null };
}

/** A unit on a call, with its times there. */
export function onCall(one: string, stamps: Record<string, string> = {}, slot = "transport"): UnitOnCall {
  return { unit: one, slot, stamps, retargeted_at: null };
}

export function unit(change: Partial<Unit> = {}): Unit {
  return {
    id: "demo-ems/M12",
    call_sign: "M12",
    agency: "demo-ems",
    type: "ambulance",
    station: "st-1",
    can_transport: true,
    status: "available",
    mark: "AV",
    since: at(-600),
    call_id: null,
    position: position(-83, 40, at(-600)),
    route: null,
    destination: null,
    ...change,
  };
}

export function call(change: Partial<Call> = {}): Call {
  return {
    id: "26-0001",
    received_at: at(-60),
    lon: -83.01,
    lat: 40.01,
    address: "12 Mill St",
    nature: "cardiac_arrest",
    nature_label: "Cardiac arrest",
    priority: 1,
    patients: 1,
    state: "waiting",
    units: [],
    recommendation: {
      policy: "closest",
      plan: "medical/2026-01-01",
      at: at(-50),
      chosen: [
        {
          slot: "transport",
          unit: "demo-ems/M12",
          arrive_s: 240,
          reason: "Earliest arrival.",
          runner_up: "demo-ems/M7",
          margin_s: 84,
          from_call_id: null,
          position_age_s: null,
        },
      ],
      passed_over: [{ unit: "demo-ems/M7", why: "Arrives later." }],
      shortfalls: [],
    },
    first_on_scene_at: null,
    ...change,
  };
}

export function board(change: Partial<Board> = {}): Board {
  return {
    position: 10,
    epoch: "e1",
    at: at(0),
    clock: { at: at(0), speed: 1, paused: false },
    demo: true,
    region: {
      name: "Test County",
      time_zone: "UTC",
      bounds: [-84, 39, -82, 41],
      centre: [-83, 40],
      jurisdiction: "US-XX",
      layers: ["roads"],
      attribution: "",
    },
    stations: [{ id: "st-1", name: "Station 1", lon: -83, lat: 40, kind: "career" }],
    hospitals: [],
    units: [unit(), unit({ id: "demo-ems/M7", call_sign: "M7" })],
    calls: [call()],
    measures: {
      date: "2026-05-04",
      response: { n: 0, median_s: null, p90_s: null, histogram: [] },
      by_priority: [{ priority: 1, n: 0, median_s: null, p90_s: null, target_s: 480, within: null }],
      arrests: { n: 0, recognition: NO_TIMES, first_compression: NO_TIMES },
    },
    natures: [{ key: "cardiac_arrest", label: "Cardiac arrest", default_priority: 1 }],
    ...change,
  };
}

export function fact(position: number, change: Partial<FeedFact> = {}): FeedFact {
  return {
    position,
    name: "fleet.time_stamped",
    at: at(position),
    recorded_at: at(position),
    actor: "M12",
    stream: "unit/demo-ems/M12",
    payload: { unit: "demo-ems/M12", call_id: "26-0001", stamp: "on_scene", flags: [] },
    ...change,
  };
}
