// @vitest-environment jsdom
import { cleanup, render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { CoResponder, Proposed } from "../src/api/coResponders";
import type { Call } from "../src/api/types";
import { CallCard } from "../src/desk/CallCard";
import { useCommandKeys } from "../src/desk/CommandButton";
import { Foot } from "../src/desk/Foot";
import { Gestures } from "../src/desk/Gestures";
import { START, store } from "../src/desk/store";
import { inWords } from "../src/kit/words";
import { clock } from "../src/kit/ticker";
import { at, board, call, fact, unit } from "./county";

interface Sent {
  path: string;
  body: Record<string, unknown>;
}
let sent: Sent[] = [];
let refusal: { code: string; what: string; do: string } | null = null;

const POLICE: CoResponder = {
  request: "r1", service: "law_enforcement", label: "Law enforcement", words_for: ["police", "law"], contact: "", task: "scene_safety",
  task_label: "Make the scene safe", makes_safe: true, note: "", state: "asked", open: true, asked_at: at(-30), asked_by: "bob", since: at(-30),
  by: "bob", said_by: "", words: "", due_at: null, there_at: null, safe_at: null, alarm: null,
};
const PROPOSED: Proposed = {
  service: "law_enforcement", label: "Law enforcement", task: "scene_safety", task_label: "Make the scene safe", stage: true, plan: "violence (2020-01-01)", source: "s",
};

function Desk() {
  useCommandKeys();
  return (
    <>
      <CallCard />
      <Foot />
      <Gestures />
    </>
  );
}

function show(change: Partial<Call>): void {
  store.boardCame(board({ calls: [call(change), call({ id: "26-0041" })], units: [unit()] }), []);
  store.selectCall("26-0001");
  render(<Desk />);
}

beforeEach(() => {
  sent = [];
  refusal = null;
  HTMLDialogElement.prototype.showModal = vi.fn();
  HTMLDialogElement.prototype.close = vi.fn();
  vi.stubGlobal("fetch", (path: string, request?: RequestInit) => {
    if (request?.method !== "POST") {
      const services = [{ key: "fire", label: "Fire service", words: ["fire"], contact: "Ring 2", tasks: [{ key: "lift", label: "Help to lift" }] }];
      return Promise.resolve(path.endsWith("/co-responders") ? Response.json({ services }) : new Response(null, { status: 204 }));
    }
    sent.push({ path, body: JSON.parse(request.body as string) as Sent["body"] });
    if (refusal) return Promise.resolve(Response.json(refusal, { status: 409 }));
    return Promise.resolve(path.endsWith("/co-responders") ? Response.json(POLICE, { status: 201 }) : new Response(null, { status: 204 }));
  });
  clock.hear({ at: at(0), speed: 0, paused: true }, performance.now());
  store.set(START);
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
const said = () => sent.filter(({ path }) => !path.endsWith("/claim"));
const part = () => within(screen.getByLabelText("Co-responders"));

describe("a co-responder that a plan proposes", () => {
  it("stands on the card, is asked by one key, and by no machine", async () => {
    show({ proposed: [PROPOSED] });
    expect(part().getByText("Proposed: make the scene safe. Units wait until it says that the scene is safe.")).toBeTruthy();
    expect(sent).toEqual([]);
    await userEvent.keyboard("R");
    await waitFor(() => expect(told()).toBe("Law enforcement asked for 26-0001: make the scene safe."));
    expect(said()).toMatchObject([{ path: "/api/calls/26-0001/co-responders", body: { service: "law_enforcement", task: "scene_safety" } }]);
  });

  it("is asked by nobody where nothing is proposed, and never of a closed call", async () => {
    show({ proposed: [] });
    expect(screen.queryByLabelText("Co-responders")).toBeNull();
    await userEvent.keyboard("R");
    expect(told()).toBe("Nobody more is proposed for it. O asks another.");
    store.boardCame(board({ calls: [call({ state: "closed", proposed: [PROPOSED] })] }), []);
    await userEvent.keyboard("R");
    expect(told()).toBe("26-0001 is closed.");
    expect(said()).toEqual([]);
  });

  it("is not asked by a key that is typed into a field", async () => {
    show({ proposed: [PROPOSED] });
    await userEvent.type(screen.getByLabelText("A note on 26-0001"), "ROW");
    expect(said()).toEqual([]);
    expect(store.get().gesture).toBeNull();
  });
});

describe("what is typed", () => {
  it("asks a service by its word, for the call that is named or picked", async () => {
    show({});
    await line("CO POLICE 26-0041 scene not safe");
    await waitFor(() => expect(told()).toBe("Law enforcement asked for 26-0041: make the scene safe."));
    await line("co fire two doors down");
    await waitFor(() => expect(said()).toHaveLength(2));
    expect(said().map(({ path, body }) => [path, body.service, body.task, body.note])).toEqual([
      ["/api/calls/26-0041/co-responders", "POLICE", "", "scene not safe"],
      ["/api/calls/26-0001/co-responders", "fire", "", "two doors down"],
    ]);
  });

  it("enters what it says with its minutes, and what cannot be meant does nothing", async () => {
    show({ co_responders: [POLICE, { ...POLICE, request: "r0", state: "declined", open: false }] });
    await line("SAID POLICE COMING 8 26-0001 two cars");
    await waitFor(() => expect(told()).toBe("Law enforcement: it is on its way."));
    await line("SAID LAW SAFE Sgt Lee");
    await waitFor(() => expect(told()).toBe("Law enforcement: the scene is safe."));
    await line("UNCO POLICE ours came");
    await waitFor(() => expect(told()).toBe("Law enforcement is needed no longer."));
    expect(said().map(({ path, body }) => [path, body.said, body.eta_min, body.words ?? body.reason])).toEqual([
      ["/api/co-responders/r1/said", "coming", 8, "two cars"],
      ["/api/co-responders/r1/said", "safe", undefined, "Sgt Lee"],
      ["/api/co-responders/r1/cancel", undefined, undefined, "ours came"],
    ]);
    await line("SAID POLICE DECLINED");
    expect(told()).toBe("Type why it does not come.");
    await line("SAID POLICE PERHAPS");
    expect(told()).toBe("Behind the service stands one of COMING, THERE, SAFE, UNSAFE, CLEARED, DECLINED.");
    await line("SAID FIRE THERE");
    expect(told()).toBe("No FIRE that was asked for 26-0001 has still to answer or leave.");
    expect(said()).toHaveLength(3);
  });

  it("says in words who was faster", async () => {
    show({ co_responders: [POLICE] });
    refusal = { code: "co_responder_declined", what: "It declined, as bob entered at 14:02:51.", do: "Nothing was changed." };
    await line("SAID POLICE THERE");
    await waitFor(() => expect(told()).toBe("It declined, as bob entered at 14:02:51. Nothing was changed."));
  });
});

describe("the forms", () => {
  it("ask another service, with how it is reached", async () => {
    show({});
    await userEvent.keyboard("O");
    const form = screen.getByRole("dialog", { hidden: true });
    expect(await within(form).findByText("Ring 2")).toBeTruthy();
    await userEvent.type(within(form).getByLabelText("What it is told"), "third floor");
    await userEvent.click(within(form).getByRole("button", { name: "Enter that it is asked", hidden: true }));
    await waitFor(() => expect(said()).toMatchObject([{ body: { service: "fire", task: "lift", note: "third floor" } }]));
  });

  it("take minutes, and no refusal without its words", async () => {
    show({ co_responders: [POLICE] });
    await userEvent.keyboard("W");
    const form = screen.getByRole("dialog", { hidden: true });
    const enter = () => userEvent.click(within(form).getByRole("button", { name: "Enter it", hidden: true }));
    await userEvent.selectOptions(within(form).getByLabelText("Law enforcement says"), "declined");
    await enter();
    expect(within(form).getByRole("alert", { hidden: true }).textContent).toBe("Say why it does not come.");
    await userEvent.selectOptions(within(form).getByLabelText("Law enforcement says"), "coming");
    await userEvent.type(within(form).getByLabelText("Minutes"), "12");
    await enter();
    await waitFor(() => expect(said()).toMatchObject([{ path: "/api/co-responders/r1/said", body: { said: "coming", eta_min: 12 } }]));
  });
});

describe("units that wait", () => {
  const staging = { lon: 0, lat: 0, where: "", reason: "violence", label: "Violence", note: "", since: at(-60), by: "bob" };

  it("are cleared by a person, with whose word it is filled in", async () => {
    show({ staging, said_safe: { label: "Law enforcement", at: at(-10), said_by: "Sgt Lee" }, co_responders: [{ ...POLICE, state: "there", safe_at: at(-10) }] });
    expect(screen.getByText("Law enforcement said at 11:59:50 that it is safe (Sgt Lee).")).toBeTruthy();
    expect(said()).toEqual([]);
    await userEvent.keyboard("y");
    const form = screen.getByRole("dialog", { hidden: true });
    await userEvent.click(within(form).getByRole("button", { name: "They may enter", hidden: true }));
    await waitFor(() => expect(said()).toMatchObject([{ path: "/api/calls/26-0001/enter", body: { reason: "Law enforcement, Sgt Lee" } }]));
  });
});

it("is told in words on the timeline, without what the feed leaves out", () => {
  const names = { unit: (id: string) => id, hospital: (id: string) => id, nature: (key: string) => key };
  const words = (name: string, payload: Record<string, unknown>) => inWords(fact(1, { name, payload: { call_id: "26-0001", service: "law_enforcement", ...payload } }), names);
  expect(words("dispatch.co_responder_asked", { task: "scene_safety", note: "knife" })).toBe("26-0001: law enforcement asked, scene safety. knife");
  expect(words("dispatch.co_responder_asked", { task: "scene_safety" })).toBe("26-0001: law enforcement asked, scene safety");
  expect(words("dispatch.co_responder_said", { said: "not_safe", said_by: "Sgt Lee" })).toBe("26-0001: law enforcement says not safe, Sgt Lee");
});

it("sounds for a co-responder that does not answer, on the card and for the key that takes the most urgent alarm", async () => {
  const alarm = { quantity: "co_responder_answer", words: "has not answered", since: at(-130), steps_s: [120, 300], again_s: 180, source: "EX", silenced: null };
  show({ co_responders: [{ ...POLICE, asked_at: at(-130), alarm }] });
  expect(screen.getByText("! has not answered, 2:10 of 2:00")).toBeTruthy();
  await userEvent.keyboard("K");
  await waitFor(() => expect(screen.getByRole("status").textContent).toBe("You have it: Law enforcement has not answered."));
  expect(sent[0]?.path).toBe("/api/alarms/acknowledge");
  expect(sent[0]?.body).toMatchObject({ quantity: "co_responder_answer", about: "r1" });
  cleanup();
  show({ co_responders: [{ ...POLICE, alarm: { ...alarm, silenced: { step: 1, by: "alice", at: at(-5) } } }] });
  expect(screen.getByText("alice has it: has not answered, 2:10")).toBeTruthy();
  await userEvent.keyboard("K");
  expect(sent).toHaveLength(1);
});
