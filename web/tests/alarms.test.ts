import { describe, expect, it } from "vitest";
import type { Alarm } from "../src/api/aid";
import { alarmWords, sounds, stepOfAlarm } from "../src/desk/alarms";

const START = "2026-05-05T10:00:00.000Z";
const at = (s: number) => Date.parse(START) + s * 1000;
const alarm = (step: number | null = null): Alarm => ({
  quantity: "hold",
  words: "held too long",
  since: START,
  steps_s: [60, 180, 300],
  again_s: 120,
  source: "EX",
  silenced: step === null ? null : { step, by: "alice", at: START },
});

describe("an alarm by age", () => {
  it("comes step by step, and again after the last one, as the server counts", () => {
    expect([59, 60, 299, 300, 420].map((s) => stepOfAlarm(alarm(), at(s)))).toEqual([0, 1, 2, 3, 4]);
  });

  it("is silent once somebody has it, until its next step", () => {
    expect([61, 179, 180].map((s) => sounds(alarm(1), at(s)))).toEqual([false, false, true]);
    expect(sounds(alarm(), at(61))).toBe(true);
    expect(sounds(null, at(61))).toBe(false);
  });

  it("says nothing before its first step, then what is wrong, or who has it", () => {
    expect(alarmWords(alarm(), at(30))).toBe("");
    expect(alarmWords(alarm(), at(190))).toBe("held too long, 3:10 of 3:00");
    expect(alarmWords(alarm(1), at(70))).toBe("alice has it: held too long, 1:10");
    expect(alarmWords(alarm(), at(190), "M12")).toBe("M12 held too long, 3:10 of 3:00");
  });
});
