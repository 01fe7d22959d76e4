import { describe, expect, it } from "vitest";
import type { Route } from "../src/api/types";
import { arrivesIn, freshness, isMoving, whereIs, whereOnRoute } from "../src/map/motion";
import { NOON, at, position, unit } from "./county";

const route: Route = {
  started_at: at(0),
  points: [
    [-83, 40, 0],
    [-83, 40.01, 100],
    [-83, 40.01, 130], // Half a minute at a light.
    [-82.98, 40.01, 230],
  ],
  to: "26-0001",
  arrive_at: at(230),
};
const moving = unit({ status: "en_route", route });

describe("a unit on its route", () => {
  it("is between two points in proportion to the time gone", () => {
    const half = whereOnRoute(route, NOON + 50_000);
    expect(half).toMatchObject({ lon: -83, bearing: 0, passed: 0 });
    expect(half?.lat).toBeCloseTo(40.005, 10);
    const later = whereOnRoute(route, NOON + 180_000);
    expect(later?.lon).toBeCloseTo(-82.99, 10);
    expect(later?.bearing).toBeCloseTo(90, 6);
    expect(later?.passed).toBe(2);
  });

  it("stands at the ends before its start and after its end", () => {
    expect(whereOnRoute(route, NOON - 1000)).toMatchObject({ lon: -83, lat: 40, bearing: null });
    expect(whereOnRoute(route, NOON + 999_000)).toMatchObject({ lon: -82.98, lat: 40.01, bearing: null });
    expect(isMoving(moving, NOON + 229_000)).toBe(true);
    expect(isMoving(moving, NOON + 230_000)).toBe(false);
  });

  it("does not leave its place while it waits", () => {
    expect(whereOnRoute(route, NOON + 110_000)).toMatchObject({ lon: -83, lat: 40.01 });
  });

  it("moves at most as far in a frame as it drives", () => {
    let before = whereOnRoute(route, NOON);
    for (let ms = 16; ms <= 230_000; ms += 16) {
      const now = whereOnRoute(route, NOON + ms);
      const step = Math.hypot((now?.lon ?? 0) - (before?.lon ?? 0), (now?.lat ?? 0) - (before?.lat ?? 0));
      expect(step).toBeLessThan(0.0000033);
      before = now;
    }
  });

  it("says when it arrives, and nothing when it goes nowhere", () => {
    expect(arrivesIn(moving, NOON + 30_000)).toBe(200);
    expect(arrivesIn(moving, NOON + 300_000)).toBe(0);
    expect(arrivesIn(unit(), NOON)).toBeNull();
  });

  it("survives a route of no points", () => {
    expect(whereOnRoute({ ...route, points: [] }, NOON)).toBeNull();
    expect(whereIs(unit({ position: null }), NOON)).toBeNull();
  });
});

it("dims a unit whose position is old, and not one that its status holds in place", () => {
  const seen = position(-83, 40, at(0));
  const returning = unit({ status: "returning", position: seen });
  expect(freshness(returning, NOON + 30_000)).toBe(1);
  expect(freshness(returning, NOON + 90_000)).toBeLessThan(1);
  expect(freshness(returning, NOON + 600_000)).toBeLessThan(0.5);
  expect(freshness(unit({ position: seen }), NOON + 600_000)).toBe(1);
  expect(freshness(moving, NOON + 600_000)).toBe(1);
});
