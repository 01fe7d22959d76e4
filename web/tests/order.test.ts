import { describe, expect, it } from "vitest";
import { callLines, callsInOrder, held, unitLines } from "../src/desk/order";
import { callsToDraw, fleetScene } from "../src/map/scene";
import { NOON, at, call, unit } from "./county";

const calls = new Map(
  [
    call({ id: "running", state: "on_scene", priority: 1 }),
    call({ id: "late", priority: 3, received_at: at(-900) }),
    call({ id: "urgent", priority: 1, received_at: at(-10) }),
    call({ id: "older", priority: 1, received_at: at(-100) }),
    call({ id: "closed", state: "closed" }),
  ].map((one) => [one.id, one]),
);

it("puts waiting calls above running ones, then priority, then the oldest", () => {
  expect(callsInOrder(calls).map((one) => one.id)).toEqual(["older", "urgent", "late", "running", "closed"]);
});

describe("a list in use", () => {
  const standing = callLines(calls);

  it("keeps its order and its heads when calls change", () => {
    const after = new Map(calls).set("older", call({ id: "older", state: "assigned", received_at: at(-100) }));
    expect(callLines(after)[0]?.id).toBe("urgent");
    expect(held(standing, callLines(after)).lines).toEqual(standing);
  });

  it("lets new calls wait and counts them", () => {
    const after = new Map(calls).set("new", call({ id: "new", received_at: at(0) }));
    const shown = held(standing, callLines(after));
    expect(shown.lines).toEqual(standing);
    expect(shown.waiting).toEqual(["new"]);
  });

  it("lets go what is gone", () => {
    const after = new Map(calls);
    after.delete("closed");
    expect(held(standing, callLines(after)).lines.map((line) => line.id)).not.toContain("closed");
  });
});

it("groups units by status, free ones first, call signs in order", () => {
  const units = [
    unit({ id: "a", call_sign: "M10" }),
    unit({ id: "b", call_sign: "M2" }),
    unit({ id: "c", call_sign: "M1", status: "at_scene" }),
  ];
  expect(unitLines(new Map(units.map((one) => [one.id, one]))).map((line) => line.id)).toEqual(["b", "a", "c"]);
});

describe("the map's scene", () => {
  it("draws the most urgent call last, so that nothing hides it", () => {
    const drawn = callsToDraw(calls);
    expect(drawn.at(-1)?.priority).toBe(1);
    expect(drawn.at(-1)?.state).toBe("waiting");
    expect(drawn.map((one) => one.id)).not.toContain("closed");
  });

  it("gathers units that stand together and do the same, and hides none", () => {
    const units = [
      unit({ id: "a", call_sign: "M10" }),
      unit({ id: "b", call_sign: "M2" }),
      unit({ id: "c", call_sign: "M1", status: "notified" }),
      unit({ id: "d", call_sign: "M4", position: null }),
    ];
    const { moving, standing } = fleetScene(new Map(units.map((one) => [one.id, one])), NOON);
    expect(moving).toEqual([]);
    expect(standing).toHaveLength(1);
    expect(standing[0]?.gatherings.map((one) => one.units.map((who) => who.call_sign))).toEqual([["M2", "M10"], ["M1"]]);
  });
});
