// @vitest-environment jsdom
import { expect, test } from "vitest";
import { closed, Hands } from "../src/kit/lock";

test("a hand is told once in a while, and a station nobody touched is asked about", () => {
  const hands = new Hands(1800, 0);
  expect(hands.touch(10_000)).toBe(false);
  expect(hands.touch(60_000)).toBe(true);
  expect(hands.touch(61_000)).toBe(false);
  expect(hands.due(1_861_000)).toBe(false);
  expect(hands.due(1_861_001)).toBe(true);
  hands.touch(1_900_000);
  expect(hands.due(1_900_001)).toBe(false);
});

test("a short lock hears of hands more often than it locks", () => {
  const hands = new Hands(60, 0);
  expect(hands.touch(14_999)).toBe(false);
  expect(hands.touch(15_000)).toBe(true);
});

test("a feed that ended because the station locked itself does not lead to the door", () => {
  const ways: string[] = [];
  window.addEventListener("goldenhour-locked", () => ways.push("locked"));
  closed(new MessageEvent("closed", { data: '{"code":"locked"}' }), () => ways.push("door"));
  closed(new MessageEvent("closed", { data: '{"code":"not_signed_in"}' }), () => ways.push("door"));
  closed(new MessageEvent("closed", { data: "?" }), () => ways.push("door"));
  expect(ways).toEqual(["locked", "door", "door"]);
});
