import { describe, expect, it } from "vitest";
import { SimClock } from "../src/kit/clock";
import { NOON, at } from "./county";

const reading = (seconds: number, speed = 10, paused = false) => ({ at: at(seconds), speed, paused });

describe("the county's clock", () => {
  it("runs at the demo's speed between two readings", () => {
    const clock = new SimClock();
    clock.hear(reading(0), 1000);
    expect(clock.read(1000)).toBe(NOON);
    expect(clock.read(3000)).toBe(NOON + 20_000);
  });

  it("works a late reading off smoothly and never runs backwards", () => {
    const clock = new SimClock();
    clock.hear(reading(0), 0);
    clock.hear(reading(9), 1000); // One second late on the way here: we were at 10.
    let before = clock.read(1000);
    expect(before).toBe(NOON + 10_000);
    for (let real = 1016; real < 9000; real += 16) {
      const now = clock.read(real);
      expect(now).toBeGreaterThanOrEqual(before);
      expect(now - before).toBeLessThan(16 * 10 + 1);
      before = now;
    }
    expect(Math.abs(clock.read(9000) - (NOON + 89_000))).toBeLessThan(10);
  });

  it("stands still while the demo is paused", () => {
    const clock = new SimClock();
    clock.hear(reading(0), 0);
    clock.hear(reading(10, 10, true), 1000);
    expect(clock.read(60_000)).toBe(NOON + 10_000);
  });

  it("jumps when the server's clock was set anew, also backwards", () => {
    const clock = new SimClock();
    clock.hear(reading(5000), 0);
    clock.hear(reading(0), 1000);
    expect(clock.read(1000)).toBe(NOON);
  });

  it("ignores a reading without a time", () => {
    const clock = new SimClock();
    clock.hear({ at: "", speed: 1, paused: false }, 0);
    expect(clock.known).toBe(false);
  });
});
