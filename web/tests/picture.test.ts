import { describe, expect, it } from "vitest";
import { follows, merged, pictureOf, tailWith, withUnits, withoutLongClosed } from "../src/desk/picture";
import { NOON, at, board, call, fact, onCall, unit } from "./county";

describe("a fact changes the board", () => {
  const picture = pictureOf(board());

  it("replaces whole entries and leaves the others untouched", () => {
    const gone = unit({ status: "notified", call_id: "26-0001" });
    const after = merged(picture, [fact(11, { changed: { units: [gone] } })]);
    expect(after.position).toBe(11);
    expect(after.units.get("demo-ems/M12")).toBe(gone);
    expect(after.units.get("demo-ems/M7")).toBe(picture.units.get("demo-ems/M7"));
    expect(after.calls).toBe(picture.calls);
    expect(picture.units.get("demo-ems/M12")?.status).toBe("available");
  });

  it("takes in what is new", () => {
    const after = merged(picture, [fact(11, { changed: { calls: [call({ id: "26-0002" })] } })]);
    expect([...after.calls.keys()]).toEqual(["26-0001", "26-0002"]);
  });

  it("drops what it already shows, so that a fact told twice is one fact", () => {
    const stale = fact(10, { changed: { units: [unit({ status: "out_of_service" })] } });
    expect(merged(picture, [stale])).toBe(picture);
    const once = merged(picture, [fact(11, { changed: { calls: [call({ state: "assigned" })] } })]);
    expect(merged(once, [fact(11, { changed: { calls: [call({ state: "waiting" })] } })])).toBe(once);
  });

  it("keeps the last of several changes to one entry", () => {
    const after = merged(picture, [
      fact(11, { changed: { units: [unit({ status: "notified" })] } }),
      fact(12, { changed: { units: [unit({ status: "en_route" })] } }),
    ]);
    expect(after.units.get("demo-ems/M12")?.status).toBe("en_route");
    expect(after.position).toBe(12);
  });

  it("keeps the measures until newer ones come", () => {
    const measures = { ...picture.measures, date: "2026-05-05" };
    expect(merged(picture, [fact(11)]).measures).toBe(picture.measures);
    expect(merged(picture, [fact(11, { changed: { measures } }), fact(12)]).measures).toBe(measures);
  });
});

it("takes in units that changed by the clock alone and stays at its position", () => {
  const picture = pictureOf(board());
  const lapsed = unit({ can_transport: false });
  const after = withUnits(picture, [lapsed]);
  expect(after.position).toBe(picture.position);
  expect(after.units.get("demo-ems/M12")).toBe(lapsed);
  expect(after.units.get("demo-ems/M7")).toBe(picture.units.get("demo-ems/M7"));
});

it("knows what follows, what was seen and what is missing", () => {
  expect(follows(10, 11)).toBe("next");
  expect(follows(10, 10)).toBe("seen");
  expect(follows(10, 3)).toBe("seen");
  expect(follows(10, 12)).toBe("gap");
});

it("keeps each fact once in the tail, newest first", () => {
  const tail = tailWith([fact(2), fact(1)], [fact(2), fact(3), fact(4)]);
  expect(tail.map((one) => one.position)).toEqual([4, 3, 2, 1]);
  expect(tailWith(tail, [fact(3)])).toBe(tail);
});

it("lets closed calls go after 15 minutes and open ones never", () => {
  const stamps = { back_in_service: at(0) };
  const closed = call({ state: "closed", units: [onCall("demo-ems/M12", stamps)] });
  const open = call({ id: "26-0002", received_at: at(-90_000) });
  const calls = new Map([closed, open].map((one) => [one.id, one]));
  expect(withoutLongClosed(calls, NOON + 14 * 60_000)).toBe(calls);
  expect([...withoutLongClosed(calls, NOON + 16 * 60_000).keys()]).toEqual(["26-0002"]);
});
