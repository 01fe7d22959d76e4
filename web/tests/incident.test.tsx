// @vitest-environment jsdom
import { cleanup, render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Claim, Line } from "../src/api/incidents";
import { CallCard } from "../src/desk/CallCard";
import { CallsPanel } from "../src/desk/CallsPanel";
import { useCommandKeys } from "../src/desk/CommandButton";
import { Foot } from "../src/desk/Foot";
import { Gestures } from "../src/desk/Gestures";
import { START, store } from "../src/desk/store";
import { lineWords } from "../src/desk/TimelinePart";
import { UnitsPanel } from "../src/desk/UnitsPanel";
import { clock } from "../src/kit/ticker";
import { at, board, call, position, unit } from "./county";

interface Sent {
  path: string;
  body: Record<string, unknown>;
}
let sent: Sent[] = [];
let refusal: { code: string; what: string; do: string } | null = null;
const entries: Line[] = [];

function Desk() {
  useCommandKeys();
  return (
    <>
      <CallsPanel />
      <CallCard />
      <UnitsPanel />
      <Foot />
      <Gestures />
    </>
  );
}

function reply(path: string): Response {
  if (path.endsWith("/timeline")) return Response.json({ call_id: "26-0001", late_s: 60, entries });
  if (path.endsWith("/staging-reasons")) return Response.json({ apart_m: 400, reasons: [{ key: "violence", label: "Violence" }] });
  if (path.endsWith("/follow-ups")) return Response.json([]);
  return new Response(null, { status: 204 });
}

beforeEach(() => {
  sent = [];
  refusal = null;
  entries.length = 0;
  HTMLDialogElement.prototype.showModal = vi.fn();
  HTMLDialogElement.prototype.close = vi.fn();
  vi.stubGlobal("fetch", (path: string, request?: RequestInit) => {
    if (request?.method !== "POST") return Promise.resolve(reply(path));
    sent.push({ path, body: JSON.parse(request.body as string) as Sent["body"] });
    return Promise.resolve(refusal ? Response.json(refusal, { status: 409 }) : new Response(null, { status: 204 }));
  });
  clock.hear({ at: at(0), speed: 0, paused: true }, performance.now());
  store.set(START);
  store.boardCame(
    board({
      calls: [call(), call({ id: "26-0041", nature_label: "Stroke" })],
      units: [unit(), unit({ id: "demo-ems/M7", call_sign: "M7" }), unit({ id: "demo-ems/E3", call_sign: "E3", call_id: "26-0041", status: "en_route" })],
    }),
    [],
  );
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
const gestures = () => sent.filter(({ path }) => !path.endsWith("/claim"));

describe("what is typed", () => {
  it("sends a unit to a call by its number, or the end of it", async () => {
    render(<Desk />);
    await line("send m12 26-0041");
    await waitFor(() => expect(told()).toBe("M12 sent to 26-0041."));
    await line("SEND M7 41");
    await waitFor(() => expect(told()).toBe("M7 sent to 26-0041."));
    expect(sent.map(({ path, body }) => [path, body.unit])).toEqual([
      ["/api/calls/26-0041/assignments", "demo-ems/M12"],
      ["/api/calls/26-0041/assignments", "demo-ems/M7"],
    ]);
  });

  it("stamps a unit's step by its two letters", async () => {
    render(<Desk />);
    await line("E3 as");
    await waitFor(() => expect(told()).toBe("E3: on scene."));
    expect(sent[0]).toMatchObject({ path: "/api/units/demo-ems/E3/stamps", body: { stamp: "on_scene" } });
    await line("E3 XX");
    expect(told()).toContain("Behind a unit stands one of");
    expect(sent).toHaveLength(1);
  });

  it("swaps a unit on the call that it is on, and says in words who was faster", async () => {
    render(<Desk />);
    await line("SWAP E3 M7 nearer");
    await waitFor(() => expect(told()).toBe("M7 goes to 26-0041 in place of E3."));
    expect(sent[0]).toMatchObject({
      path: "/api/calls/26-0041/swap",
      body: { unit: "demo-ems/E3", for_unit: "demo-ems/M7", reason: "nearer", exchange: false },
    });
    refusal = { code: "unit_busy", what: "M7 has been on call 26-0009 since 14:02:31.", do: "Pick another unit." };
    await line("SWAP E3 M7");
    await waitFor(() => expect(told()).toBe("M7 has been on call 26-0009 since 14:02:31. Pick another unit."));
  });

  it("notes on the call that is picked, and a figure in the text is no call's number", async () => {
    render(<Desk />);
    await line("NOTE 2 patients");
    expect(told()).toBe('No call is "2", and none is picked.');
    store.selectCall("26-0041");
    await line("NOTE 1 patient, 2 dogs");
    await waitFor(() => expect(told()).toBe("Noted on 26-0041."));
    await line("NOTE 26-0001 gate is open");
    await waitFor(() => expect(told()).toBe("Noted on 26-0001."));
    expect(gestures().map(({ path, body }) => [path, body.text])).toEqual([
      ["/api/calls/26-0041/notes", "1 patient, 2 dogs"],
      ["/api/calls/26-0001/notes", "gate is open"],
    ]);
  });

  it("changes a priority, with or without a call's number", async () => {
    render(<Desk />);
    await line("PRI 26-0041 2 awake");
    await waitFor(() => expect(told()).toBe("26-0041 is priority 2."));
    store.selectCall("26-0001");
    await line("PRI 3");
    await waitFor(() => expect(told()).toBe("26-0001 is priority 3."));
    await line("PRI 9");
    expect(told()).toBe("Type the priority, 1 to 4.");
    expect(gestures()[0]?.body).toMatchObject({ priority: 2, reason: "awake" });
  });

  it("explains a word, keeps what it does not understand on the line, and does nothing", async () => {
    render(<Desk />);
    await line("? swap");
    expect(told()).toBe("SWAP unit for-unit [reason]: swap a unit for another.");
    await line("SEND M99 41");
    expect(told()).toBe('No unit is "M99".');
    expect(screen.getByLabelText<HTMLInputElement>(/^Command line/).value).toBe("SEND M99 41");
    expect(sent).toEqual([]);
  });

  it("asks which of two units of one call sign is meant", async () => {
    const other = unit({ id: "next-county/M12", agency: "next-county" });
    store.boardCame(board({ calls: [call()], units: [unit(), other] }), []);
    render(<Desk />);
    await line("SEND M12 26-0001");
    expect(told()).toBe("M12 is demo-ems/M12 or next-county/M12. Type which.");
    await line("SEND next-county/M12 26-0001");
    await waitFor(() => expect(sent[0]?.body.unit).toBe("next-county/M12"));
  });

  it("opens the form where a reason is missing, and keys in it do nothing else", async () => {
    store.boardCame(board({ calls: [call({ state: "closed" })] }), []);
    render(<Desk />);
    await line("REOPEN 26-0001");
    const form = screen.getByRole("dialog", { hidden: true });
    await userEvent.type(within(form).getByLabelText("Why"), "rang again");
    expect(store.get().selectedCall).toBeNull();
    await userEvent.click(within(form).getByRole("button", { name: "Open again", hidden: true }));
    await waitFor(() => expect(told()).toBe("26-0001 is open again."));
    expect(gestures()[0]).toMatchObject({ path: "/api/calls/26-0001/reopen", body: { reason: "rang again" } });
    expect(store.get().gesture).toBeNull();
  });
});

describe("who works on a call", () => {
  const held = (change: Partial<Claim> = {}): Claim => ({ by: "bob", since: at(-20), doing: "typing", until: at(280), ...change });

  it("is seen on the card and in the list, and holds nothing up", async () => {
    store.boardCame(board({ calls: [call({ claim: held() })] }), []);
    store.selectCall("26-0001");
    render(<Desk />);
    expect(screen.getByText(/bob is typing here, since/)).toBeTruthy();
    expect(screen.getByText("Being typed by bob")).toBeTruthy();
    await userEvent.keyboard("s");
    await waitFor(() => expect(told()).toBe("M12 sent to 26-0001."));
  });

  it("is taken over from the one that is shown there", async () => {
    store.boardCame(board({ calls: [call({ claim: held() })] }), []);
    store.selectCall("26-0001");
    render(<Desk />);
    await userEvent.keyboard("i");
    expect(told()).toBe("bob works on it. Take it over if you must.");
    await userEvent.click(screen.getByRole("button", { name: "Take over" }));
    await waitFor(() => expect(sent[0]?.body).toMatchObject({ doing: "working", take_over_from: "bob" }));
  });

  it("ends by itself", () => {
    store.boardCame(board({ calls: [call({ claim: held({ until: at(0) }) })] }), []);
    store.selectCall("26-0001");
    render(<Desk />);
    expect(screen.queryByText(/bob/)).toBeNull();
  });

  it("is said once while somebody types, and what another desk says is only told", async () => {
    refusal = { code: "claimed", what: "bob is typing on call 26-0041.", do: "Tell them." };
    store.selectCall("26-0041");
    render(<Desk />);
    await userEvent.type(screen.getByLabelText("A note on 26-0041"), "syncope");
    await waitFor(() => expect(told()).toBe("bob is typing on call 26-0041. Tell them."));
    expect(sent.map(({ path }) => path)).toEqual(["/api/calls/26-0041/claim"]);
    expect(screen.getByLabelText<HTMLInputElement>("A note on 26-0041").value).toBe("syncope");
  });
});

describe("what happened on a call", () => {
  const event = (change: Partial<Line>): Line => ({
    position: 5, id: "e5", name: "fleet.time_stamped", at: at(60), actor: "desk", stream: "unit/demo-ems/M12",
    payload: { unit: "demo-ems/M12", call_id: "26-0001", stamp: "on_scene" }, until: null, times: 1, late: false, struck: null,
    ...change,
  });

  it("is a list, the newest first, with what was told late and what was struck", async () => {
    entries.push(
      event({ position: 3, id: "e3", name: "calls.note_written", payload: { call_id: "26-0001", text: "Wrong house" }, struck: { at: at(70), by: "sue", reason: "It is the right one" } }),
      event({ late: true }),
    );
    store.selectCall("26-0001");
    render(<Desk />);
    const list = await screen.findByLabelText("Everything that happened");
    await waitFor(() => expect(within(list).getAllByRole("listitem").map((one) => one.textContent)).toEqual([
      "12:01:00M12 on scene told late desk",
      "12:01:00Note: Wrong house desk Struck by sue 12:01:10: It is the right one",
    ]));
  });

  it("does not repeat the number of the call on whose card it stands", () => {
    const names = { unit: (id: string) => id, hospital: (id: string) => id, nature: (key: string) => key };
    const split = event({ name: "calls.call_split", payload: { call_id: "26-0002", from_call_id: "26-0001", reason: "two patients" } });
    expect(lineWords(split, "26-0002", names)).toBe("Made out of 26-0001. two patients");
    expect(lineWords(event({ name: "dispatch.entry_cleared", payload: { call_id: "26-0001", reason: "" } }), "26-0001", names)).toBe("Clear to enter");
  });
});

describe("a unit that seems to have arrived", () => {
  it("is asked about, and answered with one key", async () => {
    const suggestion = { stamp: "on_scene", call_id: "26-0041", since: at(-30), what: "at scene since 12:04:10?" };
    store.positionsCame([{ unit: "demo-ems/E3", position: { ...position(-83, 40, at(-5)), source: "reported" }, suggestion }]);
    render(<Desk />);
    expect(screen.getByText("at scene since 12:04:10?")).toBeTruthy();
    await userEvent.keyboard("{]}");
    await waitFor(() => expect(told()).toBe("E3: on scene stamped."));
    expect(sent[0]).toMatchObject({ path: "/api/units/demo-ems/E3/arrival/confirm", body: { stamp: "on_scene", since: at(-30) } });
  });

  it("asks nothing once nothing suggests it", async () => {
    render(<Desk />);
    await userEvent.keyboard("{]}");
    expect(told()).toBe("No unit's position suggests that it arrived.");
    expect(sent).toEqual([]);
  });
});
