import { describe, expect, it } from "vitest";
import { instantOf, momentWords } from "../src/kit/zoned";

const CHICAGO = "America/Chicago";

describe("a moment typed by the clock of a place", () => {
  it("is the same clock when it is told", () => {
    for (const [day, time] of [
      ["2026-01-15", "07:00"],
      ["2026-07-15", "07:00"],
      ["2026-03-08", "03:00"],
      ["2026-11-01", "00:59"],
      ["2026-11-01", "02:00"],
      ["2026-12-31", "23:59"],
    ] as const) {
      expect(momentWords(instantOf(day, time, CHICAGO), CHICAGO)).toBe(`${day} ${time}`);
    }
    expect(instantOf("2026-07-15", "07:00", "UTC")).toBe("2026-07-15T07:00:00.000Z");
  });

  it("is the first of two when the hour comes twice", () => {
    expect(instantOf("2026-11-01", "01:30", CHICAGO)).toBe("2026-11-01T06:30:00.000Z");
  });

  it("stays a real moment when the hour is skipped", () => {
    expect(["2026-03-08T08:30:00.000Z", "2026-03-08T07:30:00.000Z"]).toContain(instantOf("2026-03-08", "02:30", CHICAGO));
  });

  it("is blank when it is missing, never midnight", () => {
    expect(momentWords(null, CHICAGO)).toBe("");
    expect(momentWords(undefined, CHICAGO)).toBe("");
  });
});
