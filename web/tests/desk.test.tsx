// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { CallCard } from "../src/desk/CallCard";
import { CallsPanel } from "../src/desk/CallsPanel";
import { useCommandKeys } from "../src/desk/CommandButton";
import { COMMANDS, sendRecommended } from "../src/desk/commands";
import { deskOf } from "../src/desk/deskOf";
import { Foot } from "../src/desk/Foot";
import { START, store } from "../src/desk/store";
import { Strip } from "../src/desk/Strip";
import { TakeCall } from "../src/desk/TakeCall";
import { clock } from "../src/kit/ticker";
import { at, board, call, fact, onCall, unit } from "./county";

interface Sent {
  path: string;
  body: Record<string, unknown>;
}
let sent: Sent[] = [];
let answer: () => Response = () => new Response(null, { status: 204 });

/** The desk without its map: the lists and the card carry everything. */
function Desk() {
  useCommandKeys();
  return (
    <>
      <CallsPanel />
      <CallCard />
      <TakeCall />
      <Strip />
      <Foot />
    </>
  );
}

beforeEach(() => {
  sent = [];
  answer = () => new Response(null, { status: 204 });
  vi.stubGlobal("fetch", (path: string, request?: RequestInit) => {
    if (request?.method === "POST") sent.push({ path, body: JSON.parse(request.body as string) as Sent["body"] });
    return Promise.resolve(answer());
  });
  clock.hear({ at: at(0), speed: 0, paused: true }, performance.now());
  store.set(START);
  store.boardCame(board(), []);
});

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

describe("commands", () => {
  it("has one command for one key in each place", () => {
    for (const place of ["looking", "taking"]) {
      const here = COMMANDS.filter((command) => (command.place ?? place) === place);
      const keys = here.map((command) => command.keys).filter((key) => key !== null);
      expect(new Set(keys).size).toBe(keys.length);
    }
    expect(new Set(COMMANDS.map((command) => command.id)).size).toBe(COMMANDS.length);
    const words = COMMANDS.flatMap((command) => (command.typed ? [command.typed.word] : []));
    expect(new Set(words).size).toBe(words.length);
    expect(COMMANDS.filter((command) => command.keys === null && !command.typed)).toEqual([]);
  });

  it("sends the recommended unit with one key", async () => {
    const person = userEvent.setup();
    render(<Desk />);
    await person.keyboard("ns");
    await waitFor(() => expect(screen.getByRole("status").textContent).toBe("M12 sent to 26-0001."));
    expect(sent).toHaveLength(1);
    expect(sent[0]?.path).toBe("/api/calls/26-0001/assignments");
    expect(sent[0]?.body).toMatchObject({ unit: "demo-ems/M12", slot: "transport" });
    expect(sent[0]?.body.id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  it("says which call a diverted unit is taken off", async () => {
    const one = call();
    const chosen = one.recommendation?.chosen.map((unit) => ({ ...unit, from_call_id: "26-0007" })) ?? [];
    store.boardCame(board({ calls: [{ ...one, recommendation: one.recommendation && { ...one.recommendation, chosen } }] }), []);
    render(<Desk />);
    await userEvent.keyboard("ns");
    await waitFor(() => expect(sent[0]?.body.divert_from).toBe("26-0007"));
  });

  it("says in words why the server refused", async () => {
    const what = "M12 has been on call 26-0009 since 14:02:31.";
    answer = () => Response.json({ code: "unit_busy", what, do: "Pick another unit." }, { status: 409 });
    render(<Desk />);
    await userEvent.keyboard("ns");
    await waitFor(() => expect(screen.getByRole("status").textContent).toBe(`${what} Pick another unit.`));
  });

  it("sends the others when one of them cannot go, and says so", async () => {
    const one = call();
    const first = one.recommendation?.chosen[0];
    const chosen = first ? [first, { ...first, unit: "demo-ems/M7", slot: "help" }] : [];
    store.boardCame(board({ calls: [{ ...one, recommendation: one.recommendation && { ...one.recommendation, chosen } }] }), []);
    const busy = { code: "unit_busy", what: "M12 is on call 26-0009.", do: "Pick another unit." };
    answer = () => (sent.length === 1 ? Response.json(busy, { status: 409 }) : new Response(null, { status: 204 }));
    render(<Desk />);
    await userEvent.keyboard("ns");
    const words = "M7 sent to 26-0001, not everybody: M12 is on call 26-0009. Pick another unit.";
    await waitFor(() => expect(screen.getByRole("status").textContent).toBe(words));
    expect(sent.map(({ body }) => body.unit)).toEqual(["demo-ems/M12", "demo-ems/M7"]);
  });

  it("never acts on a key that is pressed in a field", async () => {
    const person = userEvent.setup();
    render(<Desk />);
    store.selectCall("26-0001");
    const reason = await screen.findByLabelText(/Why this one/);
    await person.type(reason, "syncope, nearest?");
    expect((reason as HTMLInputElement).value).toBe("syncope, nearest?");
    expect(sent.map(({ path }) => path)).toEqual(["/api/calls/26-0001/claim"]); // Only that somebody types there.
    expect(store.get()).toMatchObject({ helpOpen: false, selectedCall: "26-0001", mode: { kind: "looking" } });
  });

  it("ignores keys with a modifier and keys held down", () => {
    render(<Desk />);
    store.selectCall("26-0001");
    fireEvent.keyDown(document.body, { key: "s", ctrlKey: true });
    fireEvent.keyDown(document.body, { key: "s", metaKey: true });
    fireEvent.keyDown(document.body, { key: "s", repeat: true });
    expect(sent).toEqual([]);
  });

  it("keeps a blocked button reachable, and it says why", async () => {
    store.boardCame(board({ calls: [call({ recommendation: null })] }), []);
    store.selectCall("26-0001");
    render(<Desk />);
    const button = within(screen.getByLabelText("Call 26-0001")).getByRole("button", { name: /Send recommended/ });
    expect(button.getAttribute("aria-disabled")).toBe("true");
    expect(button.getAttribute("title")).toBe("There is no recommendation yet. Ask for one.");
    await userEvent.click(button);
    expect(sent).toEqual([]);
    expect(screen.getByRole("status").textContent).toBe("There is no recommendation yet. Ask for one.");
  });

  it("does not send a unit twice", () => {
    const on = [onCall("demo-ems/M12")];
    store.boardCame(board({ calls: [call({ state: "assigned", units: on })] }), []);
    store.selectCall("26-0001");
    expect(sendRecommended.blocked(deskOf(store.get()))).toBe("The recommended units are already sent.");
  });
});

describe("the command line", () => {
  it("opens a call by the end of its number and gives the keys back", async () => {
    const person = userEvent.setup();
    render(<Desk />);
    await person.keyboard("/1{Enter}");
    expect(store.get().selectedCall).toBe("26-0001");
    await person.keyboard("{Escape}");
    expect(store.get().selectedCall).toBeNull();
  });

  it("finds a unit and runs a command by their words", async () => {
    const person = userEvent.setup();
    render(<Desk />);
    await person.keyboard("/m7{Enter}");
    expect(store.get().selectedUnit).toBe("demo-ems/M7");
    await person.keyboard("/most urgent{Enter}");
    expect(store.get().selectedCall).toBe("26-0001");
  });

  it("says that it found nothing, and does nothing", async () => {
    const person = userEvent.setup();
    render(<Desk />);
    await person.keyboard("/sss{Enter}");
    expect(screen.getByRole("status").textContent).toBe('No call, unit or command is "sss".');
    expect(sent).toEqual([]);
  });
});

describe("the card of a call", () => {
  it("shows who should go, how soon, why, and who comes next", () => {
    store.selectCall("26-0001");
    render(<CallCard />);
    const card = screen.getByLabelText("Call 26-0001");
    expect(card.textContent).toContain("M12");
    expect(card.textContent).toContain("4:00");
    expect(card.textContent).toContain("Earliest arrival. Next: M7, 1:24 later.");
    expect(card.textContent).toContain("1 passed over");
  });

  it("says what cannot be filled", () => {
    const one = call();
    const recommendation = one.recommendation && {
      ...one.recommendation,
      chosen: [],
      shortfalls: [{ slot: "transport", why: "No free unit can transport.", required: true }],
    };
    store.boardCame(board({ calls: [{ ...one, recommendation }] }), []);
    store.selectCall("26-0001");
    render(<CallCard />);
    expect(screen.getByText("Not filled")).toBeTruthy();
    expect(screen.getByText(/No free unit can transport/)).toBeTruthy();
  });

  it("leaves a missing stamp blank", () => {
    const units = [
      onCall("demo-ems/M12", { unit_notified: at(0), on_scene: at(200) }),
      onCall("demo-ems/M7", { unit_notified: at(5) }, "help"),
    ];
    store.boardCame(board({ calls: [call({ state: "on_scene", units })] }), []);
    store.selectCall("26-0001");
    render(<CallCard />);
    const row = screen.getByRole("row", { name: /On scene/ });
    expect(within(row).getAllByRole("cell").map((cell) => cell.textContent)).toEqual(["12:03:20", ""]);
  });
});

describe("the lists", () => {
  it("announces a new call at the top and moves nothing while the list is used", async () => {
    render(<CallsPanel />);
    fireEvent.pointerMove(screen.getByRole("button", { name: /Cardiac arrest/ }));
    store.factsCame([fact(11, { changed: { calls: [call({ id: "26-0002", nature_label: "Stroke" })] } })], 0);
    const announced = await screen.findByRole("button", { name: /1 new call: Stroke/ });
    expect(screen.queryByText("26-0002")).toBeNull();
    expect(document.activeElement).toBe(document.body);
    await userEvent.click(announced);
    expect(await screen.findByText("26-0002")).toBeTruthy();
    expect(store.get().selectedCall).toBe("26-0002");
  });

  it("says so when there is no call", () => {
    store.boardCame(board({ calls: [] }), []);
    render(<CallsPanel />);
    expect(screen.getByText(/No open call/)).toBeTruthy();
  });

  it("shows blanks, not zeros, where no response is measured yet", () => {
    render(<Strip />);
    const row = screen.getByRole("row", { name: /Priority\s*1/ });
    expect(within(row).getAllByRole("cell").map((cell) => cell.textContent)).toEqual(["0", "", "", "8:00", ""]);
  });

  it("names a unit that left the call without its status", () => {
    const units = [onCall("demo-ems/M12")];
    store.boardCame(board({ calls: [call({ units })], units: [unit({ call_id: "26-0007", status: "at_scene" })] }), []);
    render(<CallsPanel />);
    expect(screen.queryByTitle("At scene")).toBeNull();
    expect(screen.getByTitle("No longer on this call").textContent).toBe("M12");
  });
});
