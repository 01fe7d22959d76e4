// @vitest-environment jsdom
import { cleanup, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Lock } from "../src/kit/lock";
import type { Who } from "../src/signin/door";
import { asksStation, seated } from "../src/signin/station";
import { StationStep } from "../src/signin/StationStep";

const DESK = { key: "desk", words: "a dispatch desk" } as const;
const OFFICE = { key: "office", words: "an office" } as const;
const LOCK: Lock = { station: "desk", stations: [DESK, OFFICE], after_s: null, locked: false };
const ALICE: Who = { accounts: true, demo: false, signed_in: true, account: "alice", name: "", roles: [], person: "", pages: [], grants: [], lock: LOCK };

let sent: unknown[];
let status: number;

beforeEach(() => {
  [sent, status] = [[], 204];
  const kept = new Map<string, string>();
  vi.stubGlobal("localStorage", { getItem: (key: string) => kept.get(key) ?? null, setItem: (key: string, said: string) => kept.set(key, said) });
  vi.stubGlobal("fetch", (path: string, init: RequestInit) => {
    sent.push([path, JSON.parse(init.body as string)]);
    const said = { code: "no_station", what: "Your account does not work there.", do: "Pick another." };
    return Promise.resolve(status === 204 ? new Response(null, { status }) : Response.json(said, { status }));
  });
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

it("is asked where several kinds are allowed, once on a device, and never in a demo", async () => {
  expect(asksStation({ ...ALICE, lock: { ...LOCK, stations: [OFFICE] } })).toBe(false);
  expect(asksStation({ ...ALICE, demo: true })).toBe(false);
  expect(await seated(ALICE)).toBe(false);
  expect(sent).toEqual([]);
  const done = vi.fn();
  render(<StationStep lock={LOCK} onDone={done} />);
  expect(document.activeElement).toBe(screen.getByRole("button", { name: "A dispatch desk" }));
  await userEvent.click(screen.getByRole("button", { name: "An office" }));
  expect(done).toHaveBeenCalledOnce();
  expect(sent).toEqual([["/api/session/station", { station: "office" }]]);
  expect(await seated(ALICE)).toBe(true); // The next one who signs in here is not asked, and sits there too.
  expect(sent).toHaveLength(2);
  expect(await seated({ ...ALICE, lock: { ...LOCK, station: "office" } })).toBe(true);
  expect(sent).toHaveLength(2);
});

it("a kind that somebody's roles do not allow is neither said for them nor forgotten for others", async () => {
  localStorage.setItem("goldenhour.station", "wall");
  expect(asksStation(ALICE)).toBe(true);
  expect(await seated({ ...ALICE, lock: { ...LOCK, station: "office", stations: [OFFICE] } })).toBe(true);
  expect(sent).toEqual([]);
  expect(localStorage.getItem("goldenhour.station")).toBe("wall");
});

it("a refusal is said in words, and nothing is kept", async () => {
  status = 403;
  const done = vi.fn();
  render(<StationStep lock={LOCK} onDone={done} />);
  await userEvent.click(screen.getByRole("button", { name: "An office" }));
  expect((await screen.findByRole("alert")).textContent).toContain("Your account does not work there.");
  expect(done).not.toHaveBeenCalled();
  expect(asksStation(ALICE)).toBe(true);
});
