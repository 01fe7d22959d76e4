// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { FoundPlace, Places, Triage } from "../src/api/calls";
import { keyed } from "../src/desk/asking";
import { CallCard } from "../src/desk/CallCard";
import { CallsPanel } from "../src/desk/CallsPanel";
import { useCommandKeys } from "../src/desk/CommandButton";
import { Foot } from "../src/desk/Foot";
import { START, store } from "../src/desk/store";
import { TakeCall } from "../src/desk/TakeCall";
import { taking } from "../src/desk/taking";
import { clock } from "../src/kit/ticker";
import { at, board, call } from "./county";

interface Sent {
  path: string;
  body: Record<string, unknown>;
}
let sent: Sent[] = [];
let asked: string[] = [];
let places: Places = { q: "", ambiguous: false, ask: "", places: [] };
let down = false;
/** What the server has been told, as far as these tests look. */
let answers: Record<string, string> = {};

const MAIN: FoundPlace = {
  kind: "address",
  label: "12 Main Street, Pell",
  lon: -83,
  lat: 40,
  municipality: "Pell",
  street: "Main Street",
  number: 12,
  exact: true,
  note: "",
  score: 100,
  distance_m: null,
};

function press(...said: [string, string][]) {
  return said.map(([key, label], i) => ({ key, label, press: String(i + 1) }));
}

function triage(): Triage {
  const entry = [
    { key: "entry.conscious", ask: "Is the person awake?", help: "", answers: press(["yes", "Yes"], ["no", "No"], ["unsure", "Not sure"]) },
    {
      key: "entry.breathing",
      ask: "Breathing normally?",
      help: "",
      answers: press(["yes", "Yes"], ["no", "No"], ["gasping", "Gasping"], ["hard", "Hard"], ["unsure", "Not sure"]),
    },
  ];
  const question = entry.find((one) => !(one.key in answers)) ?? null;
  const arrest = answers["entry.conscious"] === "no" && answers["entry.breathing"] === "no";
  return {
    call_id: "26-0002",
    available: true,
    training: true,
    age_group: "adult",
    question,
    answers: [],
    determinant: arrest ? { id: "arrest/arrest", label: "Cardiac arrest", priority: 1, response: "als_bls", nature: "cardiac_arrest", card_version: "1" } : null,
    script: arrest
      ? {
          id: "cpr_adult",
          title: "CPR, adult",
          version: "1",
          training: true,
          step: "push",
          stopped_at: null,
          steps: [
            { key: "push", say: "Push hard and fast.", answers: [], goes: {}, leads_to: null, metronome: 110, stamps: "first_compression", waits: false, told_at: null, answer: "" },
          ],
        }
      : null,
    recognised_at: arrest ? at(10) : null,
    first_compression_at: null,
  };
}

function answerOf(path: string, method: string, body: Record<string, unknown>): unknown {
  if (path.startsWith("/api/places")) return { ...places, q: decodeURIComponent(path.split("q=")[1] ?? "") };
  if (path.startsWith("/api/premises")) return { notes: [], earlier: { months: 12, count: 0, calls: [] }, nearby: [], drafts: [] };
  if (path === "/api/drafts" && method === "POST") return { call_id: "26-0002" };
  if (path === "/api/drafts") return [];
  if (path.endsWith("/take-over")) return store.get().drafts[0];
  if (path.endsWith("/changes")) return { version: Number(body.seen) + 1 };
  if (path.endsWith("/triage/answers")) {
    answers[String(body.question)] = String(body.answer);
    return triage();
  }
  if (path.endsWith("/triage")) return triage();
  if (path === "/api/calls") return { call_id: "26-0002" };
  return {};
}

function Desk() {
  useCommandKeys();
  return (
    <>
      <CallsPanel />
      <CallCard />
      <TakeCall />
      <Foot />
    </>
  );
}

beforeEach(() => {
  [sent, asked, answers, down] = [[], [], {}, false];
  places = { q: "", ambiguous: false, ask: "", places: [MAIN] };
  sessionStorage.clear();
  Element.prototype.scrollIntoView = () => undefined;
  vi.stubGlobal("fetch", (path: string, request?: RequestInit) => {
    asked.push(path);
    const body = request?.body ? (JSON.parse(request.body as string) as Sent["body"]) : {};
    if (request?.method === "POST") sent.push({ path, body });
    if (down) return Promise.reject(new TypeError("no network"));
    return Promise.resolve(Response.json(answerOf(path, request?.method ?? "GET", body)));
  });
  clock.hear({ at: at(187), speed: 0, paused: true }, performance.now());
  store.set(START);
  store.boardCame(board({ calls: [] }), []);
});

afterEach(() => {
  taking.aside();
  cleanup();
  vi.unstubAllGlobals();
});

const field = () => screen.getByRole<HTMLInputElement>("combobox", { name: "Location" });
const posts = (end: string) => sent.filter((one) => one.path.endsWith(end));

async function openAndType(text: string) {
  await userEvent.keyboard("a");
  await waitFor(() => expect(document.activeElement).toBe(field()));
  await userEvent.type(field(), text);
}

async function placed() {
  await openAndType("12 main");
  await screen.findByRole("option", { name: /12 Main Street/ });
  await userEvent.keyboard("{Enter}");
  await screen.findByText("Is the person awake?");
}

describe("taking a call", () => {
  it("saves what is typed as it is typed, and says when", async () => {
    render(<Desk />);
    await openAndType("12 ma");
    expect(await screen.findByText("saved 12:03:07")).toBeTruthy();
    expect(screen.getByRole("heading", { name: "Call 26-0002" })).toBeTruthy();
    expect(posts("/api/drafts")).toHaveLength(1);
    expect(posts("/api/drafts")[0]?.body.fields).toEqual({ place: "12 ma" });
  });

  it("saves nothing of a panel that was only opened and closed", async () => {
    render(<Desk />);
    await userEvent.keyboard("a");
    await userEvent.keyboard("{Escape}");
    expect(screen.queryByRole("combobox", { name: "Location" })).toBeNull();
    expect(sent).toEqual([]);
  });

  it("picks a certain address with Enter, and the keys then answer", async () => {
    render(<Desk />);
    await placed();
    expect(store.get().mode).toEqual({ kind: "describing", place: { lon: -83, lat: 40 } });
    const fields = Object.assign({}, ...sent.map((one) => one.body.fields)) as Record<string, unknown>;
    expect(fields).toMatchObject({ lon: -83, lat: 40, address: "12 Main Street, Pell", exact: 1 });
  });

  it("asks which town where two have the address, and picks none by itself", async () => {
    places = { q: "", ambiguous: true, ask: "In which town?", places: [MAIN, { ...MAIN, label: "12 Main Street, Wickham", municipality: "Wickham", lon: -82.5 }] };
    render(<Desk />);
    await openAndType("12 main");
    expect(await screen.findByText(/In which town\?/)).toBeTruthy();
    await userEvent.keyboard("{Enter}");
    expect(store.get().mode.kind).toBe("placing");
    await userEvent.keyboard("{ArrowDown}{ArrowDown}{Enter}");
    await waitFor(() => expect(store.get().mode).toEqual({ kind: "describing", place: { lon: -82.5, lat: 40 } }));
  });

  it("takes the place back when the address is typed on, so that nobody is sent to the old one", async () => {
    render(<Desk />);
    await placed();
    await userEvent.type(field(), "x");
    expect(store.get().mode.kind).toBe("placing");
    expect(store.get().taking?.fields.lon).toBeUndefined();
    await userEvent.click(screen.getByRole("button", { name: /Send now/ }));
    expect(screen.getByText("Where is it? Pick the place first.", { selector: "output" })).toBeTruthy();
    expect(posts("/api/calls")).toEqual([]);
  });

  it("keeps what the server did not hear, says so, and sends it under the same id", async () => {
    render(<Desk />);
    down = true;
    await openAndType("9 elm");
    expect(await screen.findByText(/Not saved\. The server does not answer/)).toBeTruthy();
    expect(sessionStorage.getItem("goldenhour.taking")).toContain("9 elm");
    down = false;
    await waitFor(() => expect(screen.getByText(/^saved /)).toBeTruthy(), { timeout: 4000 });
    const begun = posts("/api/drafts");
    expect(begun.length).toBeGreaterThan(1);
    expect(new Set(begun.map((one) => one.body.id)).size).toBe(1);
    expect(sessionStorage.getItem("goldenhour.taking")).not.toContain("9 elm");
  });

  it("brings back after a reload what was not saved yet", async () => {
    sessionStorage.setItem("goldenhour.taking", JSON.stringify({ begun: "0197-x", call: null, unsaved: { place: "9 elm" } }));
    render(<Desk />);
    await taking.bringBack();
    expect((await screen.findByRole<HTMLInputElement>("combobox", { name: "Location" })).value).toBe("9 elm");
    await waitFor(() => expect(posts("/api/drafts")[0]?.body.id).toBe("0197-x"));
  });

  it("lists the calls that others type, to be taken over", async () => {
    const other = {
      call_id: "26-0009",
      state: "open",
      rang_at: at(0),
      owner: "anna",
      owned_since: at(0),
      version: 3,
      changed_at: at(5),
      changed_by: "anna",
      reason: "",
      fields: { place: "Mill" },
    };
    store.set({ drafts: [other] });
    render(<Desk />);
    const list = screen.getByRole("region", { name: "Calls being taken" });
    expect(list.textContent).toContain("anna");
    await userEvent.click(within(list).getByRole("button", { name: /Take over/ }));
    await waitFor(() => expect(posts("/take-over")).toHaveLength(1));
  });
});

describe("the questions", () => {
  it("reach the compressions in two keystrokes after the address", async () => {
    render(<Desk />);
    await placed();
    await userEvent.keyboard("nn");
    expect(await screen.findByText("Push hard and fast.")).toBeTruthy();
    expect(posts("/triage/answers").map(({ body }) => [body.question, body.answer])).toEqual([
      ["entry.conscious", "no"],
      ["entry.breathing", "no"],
    ]);
    expect(screen.getByText(/TRAINING/)).toBeTruthy();
    expect(screen.getByText("ALS + BLS")).toBeTruthy();
  });

  it("cannot be sent before the second answer, and can from then on", async () => {
    render(<Desk />);
    await placed();
    await userEvent.keyboard("n");
    await screen.findByText("Breathing normally?");
    await userEvent.keyboard("s");
    expect(posts("/api/calls")).toEqual([]);
    expect(screen.getByText(/Answer the two questions first/, { selector: "output" })).toBeTruthy();
    await userEvent.keyboard("n");
    await screen.findByText("Push hard and fast.");
    await userEvent.keyboard("s");
    await waitFor(() => expect(posts("/api/calls")[0]?.body).toMatchObject({ draft: "26-0002" }));
    await waitFor(() => expect(store.get().selectedCall).toBe("26-0002"));
    expect(sessionStorage.getItem("goldenhour.taking")).toBeNull();
  });

  it("never hear a key that is pressed in a field", async () => {
    render(<Desk />);
    await placed();
    await userEvent.type(screen.getByLabelText("Phone"), "nnssxc 1");
    expect(posts("/triage/answers")).toEqual([]);
    expect(posts("/api/calls")).toEqual([]);
    expect(store.get().taking?.fields.callback).toBe("nnssxc 1");
  });

  it("hold back the desk's other keys, and say so", async () => {
    store.boardCame(board({ calls: [call()] }), []);
    render(<Desk />);
    await placed();
    fireEvent.keyDown(document.body, { key: "j" });
    expect(store.get().selectedCall).toBeNull();
    expect(screen.getByText(/The keys answer the questions/)).toBeTruthy();
  });

  it("say that a key is no answer, and answer nothing", async () => {
    render(<Desk />);
    await placed();
    await userEvent.keyboard("g");
    expect(await screen.findByText("That is no answer here: press y, n, u.")).toBeTruthy();
    expect(posts("/triage/answers")).toEqual([]);
  });

  it("have letters only where these tell the answers apart and mean nothing else", () => {
    expect(keyed(press(["yes", ""], ["no", ""])).map((one) => one.letter)).toEqual(["y", "n"]);
    expect(keyed(press(["water", ""], ["window", ""])).map((one) => one.letter)).toEqual(["1", "2"]);
    expect(keyed(press(["stay", ""], ["go", ""])).map((one) => one.letter)).toEqual(["1", "2"]);
  });
});
