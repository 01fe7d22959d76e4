import { describe, expect, it } from "vitest";
import { byCallSign, duration, elapsed, left, percent, secondsBetween, wallDate, wallTime } from "../src/kit/format";

describe("times", () => {
  it("shows a missing time as blank, never as 0:00", () => {
    for (const missing of [null, undefined, Number.NaN, Number.POSITIVE_INFINITY, -1]) {
      expect(elapsed(missing)).toBe("");
      expect(duration(missing)).toBe("");
    }
    for (const missing of [null, undefined, "", "not a time"]) {
      expect(wallTime(missing, "UTC")).toBe("");
      expect(wallDate(missing, "UTC")).toBe("");
      expect(secondsBetween(missing, 0)).toBeNull();
    }
    expect(percent(null)).toBe("");
  });

  it("counts minutes and seconds up to an hour, then hours and minutes", () => {
    expect(elapsed(0)).toBe("0:00");
    expect(elapsed(59.9)).toBe("0:59");
    expect(elapsed(252)).toBe("4:12");
    expect(elapsed(3599)).toBe("59:59");
    expect(elapsed(3600)).toBe("1:00 h");
    expect(elapsed(5400)).toBe("1:30 h");
  });

  it("says how much of a target is left, and how far it is over", () => {
    expect(left(192)).toBe("3:12 left");
    expect(left(0)).toBe("0:00 left");
    expect(left(-65)).toBe("1:05 over");
  });

  it("shows the wall clock of the place, not of the reader", () => {
    expect(wallTime("2026-05-04T14:00:09.000Z", "America/New_York")).toBe("10:00:09");
    expect(wallDate("2026-05-04T02:00:00.000Z", "America/New_York")).toBe("2026-05-03");
  });
});

it("sorts call signs as people do", () => {
  expect(["M10", "E3", "M2"].sort(byCallSign)).toEqual(["E3", "M2", "M10"]);
});
