// @vitest-environment jsdom
import { cleanup, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Call } from "../src/api/types";
import { OnCallPart } from "../src/desk/OnCallPart";
import { AlertCard } from "../src/paging/Pages";
import type { OwnAlert } from "../src/paging/types";

const ALERT: OwnAlert = {
  id: "a1",
  call_id: "26-0041",
  unit: "town/V1",
  state: "open",
  because: null,
  opened_at: "2026-03-01T22:00:00.000Z",
  paged_at: "2026-03-01T22:00:00.000Z",
  round: 1,
  needed: 2,
  aboard: 0,
  accepted: 1,
  declined: 0,
  unanswered: 3,
  soonest_s: 290,
  missing: "V1 has a crew of 1, and a transport needs 2",
  words: "1 of 2 coming, first in 5 min",
  escalated_at: null,
  next_unit: null,
  call_sign: "V1",
  nature_label: "Cardiac arrest",
  priority: 1,
  address: "12 Main St",
  line: "V1: Cardiac arrest. 12 Main St.",
  answer: null,
  answered_at: null,
  eta_s: null,
  counts: "",
};

let sent: { path: string; body: Record<string, unknown> }[];
let status: number;

beforeEach(() => {
  sent = [];
  status = 204;
  vi.stubGlobal("fetch", (path: string, init: RequestInit) => {
    sent.push({ path, body: JSON.parse(init.body as string) as Record<string, unknown> });
    const said = status === 204 ? null : JSON.stringify({ code: "enough_coming", what: "Enough people are coming.", do: "Nobody more is needed." });
    return Promise.resolve(new Response(said, { status }));
  });
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

it("one tap says that I come, and when", async () => {
  render(<AlertCard alert={ALERT} />);
  await userEvent.click(screen.getByRole("button", { name: "10 min" }));
  await userEvent.click(screen.getByRole("button", { name: "I come" }));
  expect(sent.map((one) => one.path)).toEqual(["/api/paging/mine/a1/accept"]);
  expect(sent[0]?.body.eta_min).toBe(10);
});

it("a tap that did not get through goes out again under the same id", async () => {
  status = 500;
  render(<AlertCard alert={ALERT} />);
  await userEvent.click(screen.getByRole("button", { name: "I come" }));
  expect(await screen.findByRole("alert")).toHaveProperty("textContent", expect.stringContaining("Enough people"));
  await userEvent.click(screen.getByRole("button", { name: "I come" }));
  expect(sent).toHaveLength(2);
  expect(sent[0]?.body.id).toBe(sent[1]?.body.id);
});

it("a second tap in the same place never takes the word back", async () => {
  const { rerender } = render(<AlertCard alert={ALERT} />);
  await userEvent.click(screen.getByRole("button", { name: "I come" }));
  rerender(<AlertCard alert={{ ...ALERT, answer: "accepted", state: "enough", accepted: 2 }} />);
  await userEvent.click(screen.getByRole("button", { name: "I cannot come after all" }));
  expect(sent).toHaveLength(1);
  await userEvent.click(screen.getByRole("button", { name: "I do not come" }));
  expect(sent.map((one) => one.path)).toEqual(["/api/paging/mine/a1/accept", "/api/paging/mine/a1/decline"]);
});

it("nobody is asked once enough come", () => {
  render(<AlertCard alert={{ ...ALERT, state: "enough" }} />);
  expect(screen.queryByRole("button", { name: "I come" })).toBeNull();
  expect(screen.getByRole("status").textContent).toContain("You are not needed");
});

it("the desk reads which station is told nothing for now, so that somebody uses the radio", async () => {
  const station = { unit: "town/V1", line: "V1: Cardiac arrest. 12 Main St.", paused: ["Station 4 printer"] };
  const pages = { call_id: "26-0041", alerts: [], can_page: [], station_alerts: [station], messages: [] };
  vi.stubGlobal("fetch", () => Promise.resolve(Response.json(pages)));
  render(<OnCallPart call={{ id: "26-0041", units: [], address: "12 Main St" } as unknown as Call} />);
  expect(await screen.findByText(/^Station 4 printer is paused and hears nothing of \S*V1\. Tell them by radio\.$/)).toBeTruthy();
});
