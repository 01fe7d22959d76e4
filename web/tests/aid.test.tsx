// @vitest-environment jsdom
import { cleanup, render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Alarm, Hold } from "../src/api/aid";
import type { Call } from "../src/api/types";
import { useCommandKeys } from "../src/desk/CommandButton";
import { Foot } from "../src/desk/Foot";
import { START, store } from "../src/desk/store";
import { lineWords } from "../src/desk/TimelinePart";
import { clock } from "../src/kit/ticker";
import { at, board, call, fact, unit } from "./county";

let sent: [string, Record<string, unknown>][] = [];

function Desk() {
  useCommandKeys();
  return <Foot />;
}

const hold = (change: Partial<Hold> = {}): Hold => ({
  since: at(-70), on_purpose: true, reason: "no crew", by: "alice", slots: [], alarm: null, ...change,
});

function show(first: Partial<Call> = {}): void {
  const stations = ["Station 1", "Station 10", "Mill Street"].map((name, n) => ({ id: `st-${n}`, name, lon: -83, lat: 40, kind: "career" }));
  const calls = [call(first), call({ id: "26-0041" }), call({ id: "26-0042", state: "assigned" })];
  store.boardCame(board({ calls, stations, units: [unit()] }), []);
}

beforeEach(() => {
  sent = [];
  vi.stubGlobal("fetch", (path: string, request?: RequestInit) => {
    if (request?.method === "POST") sent.push([path, JSON.parse(request.body as string) as Record<string, unknown>]);
    return Promise.resolve(request?.method === "POST" ? new Response(null, { status: 204 }) : Response.json([]));
  });
  clock.hear({ at: at(0), speed: 0, paused: true }, performance.now());
  store.set(START);
  show();
});

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

async function line(typed: string): Promise<void> {
  const field = screen.getByLabelText(/^Command line/);
  await userEvent.clear(field);
  await userEvent.type(field, `${typed}{Enter}`);
}

const told = () => screen.getByRole("status").textContent;
const gestures = () => sent.filter(([path]) => /hold|alarm|aid|move/.test(path));

it("holds a call with a reason, asks for one where none is typed, and holds none that somebody is on", async () => {
  render(<Desk />);
  await line("hold 26-0041 no crew");
  await waitFor(() => expect(told()).toBe("26-0041 is held: no crew."));
  await line("HOLD 42");
  expect(told()).toBe("Somebody is on 26-0042: it does not wait.");
  await line("HOLD 41");
  expect(store.get()).toMatchObject({ sheet: "hold", selectedCall: "26-0041" });
  expect(gestures()).toEqual([["/api/calls/26-0041/hold", expect.objectContaining({ reason: "no crew" })]]);
});

it("lets go on what is held, and nothing that stands beside it", async () => {
  render(<Desk />);
  await line("GO 26-0001");
  expect(told()).toBe("Nobody holds 26-0001.");
  show({ hold: hold() });
  store.selectCall("26-0001");
  await line("GO 26-0099"); // No such call: the one that is picked is not meant.
  expect(told()).toBe('No call is "26-0099".');
  expect(gestures()).toEqual([]);
  await line("go");
  await waitFor(() => expect(told()).toBe("26-0001 goes on."));
  expect(gestures().map(([path]) => path)).toEqual(["/api/calls/26-0001/hold/end"]);
});

it("takes the most urgent alarm, or says that nothing sounds", async () => {
  const alarm: Alarm = { quantity: "hold", words: "held too long", since: at(-70), steps_s: [60], again_s: 0, source: "EX", silenced: null };
  render(<Desk />);
  await line("ACK");
  expect(told()).toBe("Nothing sounds.");
  show({ hold: hold({ alarm }) });
  await line("ACK");
  await waitFor(() => expect(told()).toBe("You have it: 26-0001 held too long."));
  expect(gestures()).toEqual([["/api/alarms/acknowledge", expect.objectContaining({ quantity: "hold", about: "26-0001" })]]);
});

it("opens mutual aid for the call that is named, and for none that is not there", async () => {
  render(<Desk />);
  await line("AID 26-0099");
  expect(told()).toBe('No call is "26-0099".');
  expect(store.get().sheet).toBeNull();
  await line("AID 41");
  expect(store.get()).toMatchObject({ sheet: "aid", selectedCall: "26-0041" });
  expect(gestures()).toEqual([]); // Asking is a gesture of its own.
});

it("orders a unit to one station, never to one of two", async () => {
  render(<Desk />);
  for (const [typed, answer] of [
    ["MOVEUP M99 Mill", 'No unit is "M99".'],
    ["MOVEUP M12", "Name the station that M12 is to wait at."],
    ["MOVEUP M12 stat", "That is Station 1 or Station 10. Type more of it."],
    ["MOVEUP M12 nowhere", 'No station is "nowhere".'],
  ] as const) {
    await line(typed);
    expect(told()).toBe(answer);
  }
  expect(gestures()).toEqual([]);
  await line("moveup m12 station 1");
  await waitFor(() => expect(told()).toBe("M12 drives to Station 1, available."));
  await line("MOVEUP");
  expect(store.get().sheet).toBe("moves");
  expect(gestures()).toEqual([["/api/move-up", expect.objectContaining({ unit: "demo-ems/M12", post: "st-0" })]]);
});

it("says on the call's card what became of its hold, its alarm and its requests", () => {
  const names = { unit: (id: string) => id.split("/").at(-1) ?? id, hospital: (id: string) => id, nature: (key: string) => key };
  const said = (name: string, payload: object) => {
    const line = { ...fact(1, { name, payload: { call_id: "26-0041", ...payload } }), id: "1", until: null, times: 1, late: false, struck: null };
    return lineWords(line, "26-0041", names);
  };
  expect(said("dispatch.call_held", { reason: "no crew" })).toBe("Held. no crew");
  expect(said("dispatch.call_released", { reason: "" })).toBe("Goes on");
  expect(said("dispatch.alarm_acknowledged", { quantity: "hold" })).toBe("Alarm taken, hold");
  expect(said("dispatch.aid_requested", { neighbour: "osprey-ems", type: "ambulance" })).toBe("Osprey-ems asked for mutual aid, ambulance");
  expect(said("dispatch.aid_accepted", { unit: "osprey-ems/O7", eta_s: 840 })).toBe("Mutual aid: O7 comes in 14 min");
  expect(said("dispatch.aid_released", { unit: "osprey-ems/O7", reason: "" })).toBe("Mutual aid: O7 goes home");
});
