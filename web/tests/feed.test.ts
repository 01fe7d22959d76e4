import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Board, Fact } from "../src/api/types";
import { Feed, type Source } from "../src/desk/feed";
import { isStale, linkWords } from "../src/kit/link";
import { Store } from "../src/desk/store";
import { SimClock } from "../src/kit/clock";
import { at, board, call, fact, unit } from "./county";

/** The server's end of one connection. */
class Wire implements Source {
  closed = false;
  readonly #listeners = new Map<string, (message: MessageEvent<string>) => void>();

  constructor(
    readonly after: number,
    readonly epoch: string | number,
  ) {}

  addEventListener = (type: string, listener: (message: MessageEvent<string>) => void) => {
    this.#listeners.set(type, listener);
  };

  close = () => {
    this.closed = true;
  };

  say(type: string, data: unknown = {}) {
    this.#listeners.get(type)?.(new MessageEvent(type, { data: JSON.stringify(data) }));
  }
}

class Server {
  board: Board | Error = board();
  tail: Fact[] = [];
  asked = 0;
  readonly wires: Wire[] = [];

  get wire(): Wire {
    const wire = this.wires.at(-1);
    if (!wire) throw new Error("Nobody has connected.");
    return wire;
  }

  readonly outside = {
    fetchBoard: () => {
      this.asked += 1;
      return this.board instanceof Error ? Promise.reject(this.board) : Promise.resolve(this.board);
    },
    fetchTail: () => Promise.resolve(this.tail),
    open: (after: number, epoch: string | number) => {
      const wire = new Wire(after, epoch);
      this.wires.push(wire);
      return wire;
    },
    nowMs: () => performance.now(),
    jitter: () => 0.5,
  };
}

const clockReading = (head: number) => ({ at: at(0), speed: 1, paused: false, server_at: at(0), head, epoch: "e1" });

describe("following the log", () => {
  let server: Server;
  let store: Store;
  let feed: Feed;

  beforeEach(async () => {
    vi.useFakeTimers();
    server = new Server();
    store = new Store();
    feed = new Feed(store, new SimClock(), server.outside);
    feed.start();
    await vi.advanceTimersByTimeAsync(0);
  });

  afterEach(() => {
    feed.stop();
    vi.useRealTimers();
  });

  const positions = () => store.get().tail.map((one) => one.position);
  const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

  it("asks for what comes after the board's own position", () => {
    expect(store.get().phase).toBe("ready");
    expect(server.wire.after).toBe(10);
    expect(server.wire.epoch).toBe("e1");
  });

  it("is live once the server speaks, and shows what it says", async () => {
    server.wire.say("clock", clockReading(11));
    server.wire.say("fact", fact(11, { changed: { units: [unit({ status: "at_scene" })] } }));
    await pass(200);
    expect(store.get().link.kind).toBe("live");
    expect(store.get().picture?.units.get("demo-ems/M12")?.status).toBe("at_scene");
  });

  it("misses nothing after a cut of ten seconds, and shows nothing twice", async () => {
    server.wire.say("fact", fact(11));
    await pass(200);
    server.wire.say("error");
    expect(store.get().link.kind).toBe("down");
    for (let second = 0; second < 10; second++) {
      await pass(1000);
      if (!server.wire.closed) server.wire.say("error"); // Nobody answers yet.
    }
    expect(isStale(store.get().link, performance.now())).toBe(true);
    await pass(6000);
    expect(server.wire.after).toBe(11);
    for (const position of [11, 12, 13, 14]) server.wire.say("fact", fact(position));
    await pass(200);
    expect(positions()).toEqual([14, 13, 12, 11]);
    expect(store.get().picture?.position).toBe(14);
    expect(store.get().link.kind).toBe("live");
    expect(server.asked).toBe(1);
  });

  it("takes silence for a cut", async () => {
    server.wire.say("clock", clockReading(10));
    await pass(4000);
    expect(store.get().link.kind).toBe("live");
    await pass(3000);
    expect(store.get().link.kind).not.toBe("live");
    expect(server.wires[0]?.closed).toBe(true);
  });

  it("fetches the board anew when a position is missing", async () => {
    await pass(3000);
    server.board = board({ position: 15, calls: [call({ state: "assigned" })] });
    server.wire.say("fact", fact(13));
    await pass(100);
    expect(server.asked).toBe(2);
    expect(server.wire.after).toBe(15);
    expect(store.get().picture?.calls.get("26-0001")?.state).toBe("assigned");
    expect(positions()).not.toContain(13);
  });

  it("does not fetch in a loop when every message has a gap", async () => {
    for (let i = 0; i < 50; i++) {
      server.wire.say("fact", fact(100 + 2 * i));
      await pass(100);
    }
    expect(server.asked).toBeLessThan(8);
  });

  it("begins again when the log did, and forgets the old log's facts", async () => {
    server.wire.say("fact", fact(11));
    await pass(3000);
    server.board = board({ position: 2, epoch: "e2" });
    server.wire.say("reset");
    await pass(100);
    expect(server.wire.after).toBe(2);
    expect(positions()).toEqual([]);
  });

  it("notices another epoch on the clock", async () => {
    await pass(3000);
    server.board = board({ position: 4, epoch: "e2" });
    server.wire.say("clock", { ...clockReading(12), epoch: "e2" });
    await pass(100);
    expect(store.get().picture?.board.epoch).toBe("e2");
  });

  it("fetches anew when the head runs ahead and nothing comes", async () => {
    for (let second = 0; second < 8; second++) {
      server.wire.say("clock", clockReading(20));
      await pass(1000);
    }
    expect(server.asked).toBeGreaterThan(1);
  });

  it("ignores a connection that it has given up", async () => {
    const [old] = server.wires;
    old?.say("error");
    await pass(2000);
    old?.say("fact", fact(11, { changed: { units: [unit({ status: "out_of_service" })] } }));
    await pass(200);
    expect(store.get().picture?.position).toBe(10);
  });

  it("announces a call that comes, until somebody answers it", async () => {
    const second = call({ id: "26-0002" });
    server.wire.say("fact", fact(11, { changed: { calls: [second] } }));
    await pass(200);
    expect(store.get().unseen).toEqual(["26-0002"]);
    expect(store.get().selectedCall).toBeNull();
    server.wire.say("fact", fact(12, { changed: { calls: [{ ...second, state: "assigned" }] } }));
    await pass(200);
    expect(store.get().unseen).toEqual([]);
  });
});

it("says so when the board cannot be fetched, and tries again by itself", async () => {
  vi.useFakeTimers();
  const server = new Server();
  server.board = new Error("The server does not answer.");
  const store = new Store();
  const feed = new Feed(store, new SimClock(), server.outside);
  feed.start();
  await vi.advanceTimersByTimeAsync(0);
  expect(store.get()).toMatchObject({ phase: "failed", failure: "The server does not answer." });
  server.board = board();
  await vi.advanceTimersByTimeAsync(3000);
  expect(store.get().phase).toBe("ready");
  feed.stop();
  vi.useRealTimers();
});

describe("the truth about the connection", () => {
  it("is live, reconnecting with the seconds, or stale with the age", () => {
    expect(linkWords({ kind: "live", heardMs: 0, retryMs: null }, 900)).toEqual({ tone: "live", text: "Live" });
    expect(linkWords({ kind: "down", heardMs: 0, retryMs: 5000 }, 2100)).toEqual({
      tone: "reconnecting",
      text: "Reconnecting in 3 s",
    });
    expect(linkWords({ kind: "down", heardMs: 0, retryMs: 45_000 }, 42_000)).toEqual({
      tone: "stale",
      text: "Stale: 0:42 old. Reconnecting in 3 s",
    });
  });

  it("never calls silence live", () => {
    expect(linkWords({ kind: "live", heardMs: 0, retryMs: null }, 60_000).tone).toBe("stale");
  });

  it("names the machine's own network when that is what is missing", () => {
    expect(linkWords({ kind: "down", heardMs: 0, retryMs: 5000 }, 2000, false).text).toBe("This machine is offline");
  });
});
