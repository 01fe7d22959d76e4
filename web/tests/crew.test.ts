import { describe, expect, it } from "vitest";
import { Refusal } from "../src/api/client";
import { ahead, following, isOver, isUnread, lastPress, reassessAt } from "../src/crew/ahead";
import { measure, offsetAt } from "../src/crew/offset";
import { draw } from "../src/crew/RouteLine";
import { keptWords, TapQueue, type Tap } from "../src/crew/taps";
import { pastInstant } from "../src/crew/TimesSheet";
import type { CrewCall, CrewView } from "../src/crew/types";

const AT = Date.parse("2026-05-05T16:00:00Z");
const iso = (s: number) => new Date(AT + s * 1000).toISOString();
const refusal = (code: string, what = "No.") => new Refusal({ code, what, do: "" });

/** A phone: its storage lives on when the page is loaded again; the line may be cut, and answers may be lost. */
class Phone {
  text: string | null = null;
  /** What the site took, by the ids of the gestures, in order; a second one of an id is one. */
  readonly taken: string[] = [];
  readonly asked: string[] = [];
  line: "whole" | "cut" | "lost" = "whole";
  readonly refuses = new Map<string, Refusal>();
  readonly waits: (() => void)[] = [];
  queue = this.load();

  load(): TapQueue {
    this.waits.length = 0;
    return (this.queue = new TapQueue({
      read: () => this.text,
      write: (text) => void (this.text = text),
      send: (_path, body) => this.send((body as { id: string }).id),
      siteMs: () => AT,
      later: (_ms, act) => {
        this.waits.push(act);
        return () => undefined;
      },
      alone: (work) => work(),
    }));
  }

  tap(id: string, label = id): void {
    this.queue.add({ id, path: "/api/units/a/M1/stamps", body: { id }, label, atMs: AT });
  }

  /** Let what is under way come to its end. */
  async settle(): Promise<void> {
    for (let i = 0; i < 40; i++) await Promise.resolve();
  }

  /** The time until the next try is over. */
  async tryAgain(): Promise<void> {
    this.waits.shift()?.();
    await this.settle();
  }

  private send(id: string): Promise<void> {
    this.asked.push(id);
    if (this.line === "cut") return Promise.reject(refusal("unreachable"));
    const no = this.refuses.get(id);
    if (no) return Promise.reject(no);
    if (!this.taken.includes(id)) this.taken.push(id);
    return this.line === "lost" ? Promise.reject(refusal("unreachable")) : Promise.resolve();
  }
}

describe("the taps of a crew", () => {
  it("are kept without a line, said so, and sent in order once it is back", async () => {
    const phone = new Phone();
    phone.line = "cut";
    for (const id of ["1", "2", "3"]) phone.tap(id);
    await phone.settle();
    expect(phone.taken).toEqual([]);
    expect(keptWords(phone.queue.get().taps)).toBe("3 taps kept, not sent yet");
    phone.line = "whole";
    await phone.tryAgain();
    expect(phone.taken).toEqual(["1", "2", "3"]);
    expect(keptWords(phone.queue.get().taps)).toBe("");
  });

  it("are one each, although an answer was lost and they are sent again", async () => {
    const phone = new Phone();
    phone.line = "lost";
    phone.tap("1");
    await phone.settle();
    expect(keptWords(phone.queue.get().taps)).toBe("1 tap kept, not sent yet");
    phone.line = "whole";
    await phone.tryAgain();
    expect(phone.asked).toEqual(["1", "1"]);
    expect(phone.taken).toEqual(["1"]);
  });

  it("that are refused are set aside with their words and hold up nobody", async () => {
    const phone = new Phone();
    phone.refuses.set("1", refusal("not_on_that_call", "M1 was never sent to that call."));
    for (const id of ["1", "2"]) phone.tap(id);
    await phone.settle();
    expect(phone.taken).toEqual(["2"]);
    const [left] = phone.queue.get().taps;
    expect(left?.refused).toContain("M1 was never sent");
    expect(keptWords(phone.queue.get().taps)).toBe("");
    phone.load(); // It is still to be read after the page was loaded again.
    expect(phone.queue.get().taps).toHaveLength(1);
    phone.queue.dismiss("1");
    expect(phone.queue.get().taps).toEqual([]);
  });

  it("survive a reload and the phone's restart", async () => {
    const phone = new Phone();
    phone.line = "cut";
    for (const id of ["1", "2"]) phone.tap(id);
    await phone.settle();
    phone.load();
    expect(phone.queue.get().taps.map((one) => one.id)).toEqual(["1", "2"]);
    phone.line = "whole";
    phone.tap("3");
    await phone.settle();
    expect(phone.taken).toEqual(["1", "2", "3"]);
  });

  it("that the site took stand until the page has heard of them, also when the line is cut in between", async () => {
    const phone = new Phone();
    for (const id of ["1", "2"]) phone.tap(id);
    await phone.settle();
    expect(phone.queue.get().taps).toEqual([]);
    expect(phone.queue.get().told.map((one) => one.id)).toEqual(["1", "2"]);
    phone.queue.heard(AT - 5000, () => false); // What the page showed before; then it is loaded again, without a line.
    phone.load();
    expect(phone.queue.get().told.map((one) => one.id)).toEqual(["1", "2"]);
    phone.queue.heard(AT + 100, (tap) => tap.id === "1");
    expect(phone.queue.get().told.map((one) => one.id)).toEqual(["2"]);
    phone.queue.heard(AT + 10_000, () => false); // Somebody struck it meanwhile.
    expect(phone.queue.get().told).toEqual([]);
    expect(phone.taken).toEqual(["1", "2"]);
  });

  it("wait for somebody to sign in, and say so", async () => {
    const phone = new Phone();
    phone.refuses.set("1", refusal("not_signed_in"));
    phone.tap("1");
    phone.tap("2");
    await phone.settle();
    expect(phone.taken).toEqual([]);
    expect(phone.queue.get().held).toContain("Sign in");
    phone.refuses.clear();
    await phone.queue.flush();
    expect(phone.taken).toEqual(["1", "2"]);
    expect(phone.queue.get().held).toBeNull();
  });

  it("are not held up for ever by one that the site fails on", async () => {
    const phone = new Phone();
    phone.refuses.set("1", refusal("fault", "Something failed."));
    phone.tap("1");
    phone.tap("2");
    for (let i = 0; i < 5; i++) {
      await phone.settle();
      await phone.tryAgain();
    }
    expect(phone.taken).toEqual(["2"]);
    expect(phone.queue.get().taps[0]?.refused).toContain("Something failed.");
  });

  it("of half a write count for nothing, and the next ones do", async () => {
    const phone = new Phone();
    phone.text = '[{"id":"1","pa';
    phone.load();
    phone.tap("2");
    await phone.settle();
    expect(phone.taken).toEqual(["2"]);
  });
});

describe("the clock of a phone", () => {
  it("is off by the median of some round trips", async () => {
    const trips = [40, 400, 40, 60, 4000]; // Two answers were slow on their way back.
    let now = 1000;
    const ask = () => {
      const trip = trips.shift() ?? 0;
      const site = now + 20 + 95_000;
      now += trip;
      return Promise.resolve(site);
    };
    const found = await measure(ask, () => now);
    expect(found.offsetMs).toBe(94_990);
    expect(found.tripMs).toBe(40);
  });

  it("is followed by as much where the site's clock runs faster, as in a demo", () => {
    const known = { offsetMs: 1000, tripMs: 10, atMs: AT };
    expect(offsetAt(known, AT + 60_000, 1)).toBe(1000);
    expect(offsetAt(known, AT + 60_000, 5)).toBe(241_000);
    expect(offsetAt(known, AT + 60_000, 0)).toBe(-59_000);
  });

  it("takes a typed time for the last moment at which the place's clock showed it", () => {
    expect(pastInstant("10:59:30", "America/Chicago", AT)).toBe("2026-05-05T15:59:30.000Z");
    expect(pastInstant("23:50", "America/Chicago", AT)).toBe("2026-05-05T04:50:00.000Z");
  });
});

const call = (more: Partial<CrewCall> = {}): CrewCall => ({
  call_id: "26-0001", received_at: iso(-60), priority: 1, nature: "assault", nature_words: "Assault", address: "", lon: 0, lat: 0,
  caller: {}, determinant: "", recognised: [], answers: [], premise: { notes: [], earlier: 0, months: 24 }, notes: [], staging: null,
  moved_at: null, units: [], co_responders: [], volunteers: [], route: null, destination: null, prealerts: [], asks: [], reassessed: null, par_here: true, ticks: {},
  stamps: { unit_notified: iso(0) }, presses: [{ id: "n", stamp: "unit_notified", at: iso(0), flags: [], by: "desk" }], ...more,
});
const view = (more: Partial<CrewView> = {}): CrewView => ({
  at: iso(0), time_zone: "America/Chicago", demo: false, mayday: null, par: null, before: null, call: call(),
  unit: { id: "a/M1", call_sign: "M1", agency: "a", type: "ambulance", station: "1", can_transport: true, status: "notified", since: iso(0) },
  crew: { levels: [], aboard: 2, can_transport: true, why_no_transport: "", unconfirmed: [], warnings: [], next_change: null },
  chain: {
    leads_to: { unit_notified: "notified", acknowledged: "notified", en_route: "en_route", on_scene: "at_scene", left_scene: "transporting", back_in_service: "returning", at_home: "available" },
    follows: { notified: ["en_route", "acknowledged"], en_route: ["on_scene", "cancelled"], at_scene: ["at_patient", "left_scene"], transporting: ["at_destination"], returning: ["at_home"], available: [] },
  },
  limits: {
    par: { seconds: 600, grace_s: 60, source: "" },
    reassess: { seconds: 300, grace_s: 0, source: "" },
    delayed: { seconds: 900, grace_s: 0, source: "" },
  },
  ...more,
});
const kept = (what: string, body: object, s: number, id = `${what} ${s}`): Tap => ({
  id, path: `/api/units/a/M1/${what}`, body: { id, call_id: "26-0001", ...body }, label: what, atMs: AT + s * 1000, refused: null, failures: 0, takenMs: null,
});
const shown = (before: CrewView, ...taps: Tap[]) => ahead(before, { taps, told: [] });

describe("the page ahead of the site", () => {
  it("takes the later of two taps of the same moment for the one that counts", () => {
    const there = shown(view(), kept("stamps", { stamp: "en_route" }, 5), kept("stamps", { stamp: "on_scene" }, 5));
    expect(there.unit.status).toBe("at_scene");
    expect(following(there)[0]).toBe("at_patient");
  });

  it("goes on through a whole run without a line", () => {
    expect(isUnread(view())).toBe(true);
    expect(following(view())[0]).toBe("acknowledged");
    const run = ["acknowledged", "en_route", "on_scene", "left_scene", "back_in_service"].map((stamp, i) => kept("stamps", { stamp }, 60 * (i + 1)));
    const after = shown(view(), ...run);
    expect(after.unit.status).toBe("returning");
    expect(after.call?.stamps.on_scene).toBe(iso(180));
    expect(isOver(after.call)).toBe(true);
    expect(following(after)).toEqual(["at_home"]);
    expect(isUnread(after)).toBe(false);
  });

  it("takes the last step back, also one that was never sent", () => {
    const wrong = kept("stamps", { stamp: "on_scene" }, 60, "w");
    const there = shown(view(), kept("stamps", { stamp: "en_route" }, 30), wrong);
    expect(lastPress(there)?.id).toBe("w");
    const back = shown(view(), kept("stamps", { stamp: "en_route" }, 30), wrong, kept("strike", { struck_id: "w" }, 65));
    expect(back.unit.status).toBe("en_route");
    expect(back.call?.stamps.on_scene).toBeUndefined();
  });

  it("lets what was refused change nothing, and what is of another unit neither", () => {
    const refused = { ...kept("stamps", { stamp: "on_scene" }, 60), refused: "No." };
    const other = { ...kept("stamps", { stamp: "on_scene" }, 60), path: "/api/units/a/M11/stamps" };
    expect(shown(view(), refused, other)).toEqual(view());
  });

  it("begins and answers the asking, shows a mayday, and ticks", () => {
    const asking = shown(view(), kept("par", {}, 0));
    expect(asking.par?.ask_at).toBe(iso(600));
    expect(shown(view(), kept("par", {}, 0), kept("par/answer", {}, 100)).par?.ask_at).toBe(iso(700));
    expect(shown(view(), kept("mayday", {}, 5)).mayday?.at).toBe(iso(5));
    const tick = kept("checklists", { checklist: "arrest", item: "pads", ticked: true }, 7);
    expect(shown(view(), tick).call?.ticks).toEqual({ arrest: { pads: iso(7) } });
  });

  it("asks to look at a patient again who waits long, and again after that, and not once the unit has left", () => {
    const waiting = view({ call: call({ stamps: { unit_notified: iso(0), at_patient: iso(100) } }) });
    expect(reassessAt(waiting)).toBe(iso(1000));
    expect(reassessAt(shown(waiting, kept("reassessed", {}, 1100)))).toBe(iso(1400));
    expect(reassessAt(shown(waiting, kept("stamps", { stamp: "left_scene" }, 1200)))).toBeNull();
    expect(reassessAt(view())).toBeNull();
  });
});

describe("the way there", () => {
  it("is drawn north up and as wide as it is on the ground", () => {
    const drawn = draw([[0, 60, 0], [0.02, 60, 60], [0.02, 60.01, 120]]);
    const [from, , to] = (drawn?.line ?? "").split(" ").map((one) => one.split(",").map(Number));
    expect(from?.[1]).toBeGreaterThan(to?.[1] ?? 0); // North is up.
    expect((to?.[0] ?? 0) - (from?.[0] ?? 0)).toBeCloseTo((from?.[1] ?? 0) - (to?.[1] ?? 0), 0); // cos 60° halves a degree of longitude.
    expect(draw([[0, 60, 0]])).toBeNull();
  });
});
