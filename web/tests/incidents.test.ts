import { expect, it } from "vitest";
import type { Staging } from "../src/api/incidents";
import type { Call } from "../src/api/types";
import { incidentsOf } from "../src/map/incidents";
import { at, call } from "./county";

const STAGING: Staging = { lon: -83.02, lat: 40.02, where: "Mill St", reason: "violence", label: "Violence", note: "", since: at(0), by: "bob" };
const drawn = (...calls: Call[]) => incidentsOf(new Map(calls.map((one) => [one.id, one])));
const whats = (...calls: Call[]) => drawn(...calls).features.map((one) => [one.properties?.what as string, one.properties?.words as string]);

it("draws where units of a call wait, with its number in words, and the way to it", () => {
  const { features } = drawn(call({ staging: STAGING }));
  expect(features.map((one) => one.geometry)).toEqual([
    { type: "LineString", coordinates: [[-83.02, 40.02], [-83.01, 40.01]] },
    { type: "Point", coordinates: [-83.02, 40.02] },
  ]);
  expect(features[1]?.properties).toEqual({ what: "staging", words: "Staging 26-0001" });
});

it("joins linked incidents by one line a pair, and none that is closed or not on the board", () => {
  const first = call({ linked: ["26-0002", "26-0009"] });
  const second = call({ id: "26-0002", lon: -83.05, linked: ["26-0001"] });
  expect(whats(first, second)).toEqual([["linked", "Linked"]]);
  expect(whats(second, first)).toEqual([["linked", "Linked"]]);
  expect(whats(first, { ...second, state: "closed" })).toEqual([]);
  expect(whats(call({ state: "closed", staging: STAGING }))).toEqual([]);
  expect(whats(call())).toEqual([]);
});

it("says the same of the same calls, so that the map is told nothing when only times or units change", () => {
  const first = call({ linked: ["26-0002"], staging: STAGING });
  const second = call({ id: "26-0002", linked: ["26-0001"] });
  expect(drawn(second, { ...first, priority: 3, received_at: at(5), state: "assigned" })).toEqual(drawn(first, second));
});
