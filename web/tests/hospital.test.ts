import { describe, expect, it, vi } from "vitest";
import { SimClock } from "../src/kit/clock";
import { HospitalFeed, type Source } from "../src/hospital/feed";
import type { HospitalView, Inbound, Prealert } from "../src/hospital/types";
import { etaFromWords, etaWords, isOver, offloadWords, waiting, waitWords, whoWords } from "../src/hospital/words";

const AT = Date.parse("2026-05-05T16:00:00Z");
const iso = (s: number) => new Date(AT + s * 1000).toISOString();

const alert = (more: Partial<Prealert>): Prealert => ({
  id: "a", kind: "stemi", words: "STEMI", code: "4224013", age: null, age_unit: "", sex: "", complaint: "", sent_at: iso(0), sent_by: "desk",
  acknowledged_at: null, acknowledged_by: "", ...more,
});
const row = (more: Partial<Inbound>): Inbound => ({
  call_id: "26-0001", unit: "town/M1", call_sign: "M1", state: "on_the_way", priority: 1, nature: "Chest pain", eta: null, eta_from: null,
  arrived_at: null, transfer_at: null, prealerts: [], accepted_at: null, accepted_by: "", signed_at: null, signed_role: "",
  signed_name: "", signature_refused: "", notes: [], ...more,
});

describe("what the hospital's page says", () => {
  it("leaves out what nobody said of a patient", () => {
    expect(whoWords({ age: 67, age_unit: "years", sex: "female" })).toBe("67 years, female");
    expect(whoWords({ age: 1, age_unit: "days", sex: "" })).toBe("1 day");
    expect(whoWords({ age: 0, age_unit: "hours", sex: "unknown" })).toBe("0 hours, sex unknown");
    expect(whoWords({ age: null, age_unit: "", sex: "male" })).toBe("male");
    expect(whoWords({ age: null, age_unit: "", sex: "" })).toBe("");
  });

  it("counts down to the arrival and never makes up a time", () => {
    expect(etaWords(row({ eta: iso(372) }), AT)).toBe("6:12");
    expect(etaWords(row({ eta: iso(-5) }), AT)).toBe("Due");
    expect(etaWords(row({ eta: null }), AT)).toBe("No ETA");
    expect(etaWords(row({ state: "to_come" }), AT)).toBe("At scene");
    expect(etaFromWords(row({ eta_from: "reported" }))).toBe("position reported");
    expect(etaFromWords(row({ eta_from: "estimated" }))).toBe("position estimated");
    expect(etaFromWords(row({}))).toBe("");
  });

  it("says what is left of the offload limit, then how much it is over, and nothing without an arrival", () => {
    expect(offloadWords(iso(-600), 1800, AT)).toBe("20:00 left");
    expect(offloadWords(iso(-1865), 1800, AT)).toBe("1:05 over");
    expect(offloadWords(iso(-600), null, AT)).toBe("10:00");
    expect(offloadWords(null, 1800, AT)).toBe("");
    expect(isOver(row({ state: "here", arrived_at: iso(-1800) }), 1800, AT)).toBe(false);
    expect(isOver(row({ state: "here", arrived_at: iso(-1801) }), 1800, AT)).toBe(true);
    expect(isOver(row({ state: "accepted", arrived_at: iso(-1801) }), 1800, AT)).toBe(false);
    expect(isOver(row({ state: "here", arrived_at: null }), 1800, AT)).toBe(false);
  });

  it("says when a pre-alert waits too long, and which waits longest", () => {
    expect(waitWords(iso(-12), 60, AT)).toBe("0:12");
    expect(waitWords(iso(-100), 60, AT)).toBe("1:40, too long");
    const late = alert({ id: "late", sent_at: iso(9) });
    const seen = alert({ id: "seen", acknowledged_at: iso(1) });
    const first = alert({ id: "first" });
    const view = { inbound: [row({ prealerts: [late, seen] }), row({ prealerts: [first] })] } as unknown as HospitalView;
    expect(waiting(view).map((one) => one.alert.id)).toEqual(["first", "late"]);
    expect(waiting(null)).toEqual([]);
  });
});

describe("the hospital's feed", () => {
  it("shows each page whole, and after a silence begins anew without forgetting the last", () => {
    vi.useFakeTimers();
    const sources: (Source & { say: (type: string, data: object) => void; closed: boolean })[] = [];
    const open = () => {
      const listeners = new Map<string, (message: MessageEvent<string>) => void>();
      const one = {
        closed: false,
        addEventListener: (type: string, listener: (message: MessageEvent<string>) => void) => void listeners.set(type, listener),
        close: () => void (one.closed = true),
        say: (type: string, data: object) => listeners.get(type)?.({ data: JSON.stringify(data) } as MessageEvent<string>),
      };
      sources.push(one);
      return one;
    };
    const feed = new HospitalFeed(new SimClock(), { open, nowMs: () => Date.now(), jitter: () => 0.5 });
    feed.start();
    sources[0]?.say("hospital", { at: iso(0) });
    expect(feed.get().link.kind).toBe("live");
    vi.advanceTimersByTime(6500);
    expect(sources[0]?.closed).toBe(true);
    expect(feed.get().link.kind).toBe("down");
    sources[0]?.say("hospital", { at: iso(5) }); // Of a connection that was given up.
    expect(feed.get().view?.at).toBe(iso(0));
    vi.advanceTimersByTime(2000);
    sources[1]?.say("hospital", { at: iso(9) });
    expect(feed.get().view?.at).toBe(iso(9));
    expect(feed.get().link.kind).toBe("live");
    feed.stop();
    vi.useRealTimers();
  });
});
