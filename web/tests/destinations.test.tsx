// @vitest-environment jsdom
import { cleanup, render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { faultOf, getsWords, healthOf, whoseWords, type Destination, type Message, type Paging } from "../src/admin/destinations";
import { PagingPage } from "../src/admin/PagingPage";

const PRINTER: Destination = {
  id: "d1",
  kind: "webhook",
  label: "Station 4 printer",
  agency: "town",
  station: "4",
  gets: ["station_cancel", "station_alert"],
  detail: "full",
  host: "pager.example.org",
  since: "2026-03-01T10:00:00Z",
  former_until: null,
  waiting: 0,
  failures: 0,
  paused_until: null,
  stopped_at: null,
  heard_at: "2026-03-01T12:00:00Z",
};
const DEAD: Message = {
  id: "m1",
  destination: "d1",
  what: "station_alert",
  unit: "town/M12",
  state: "dead",
  attempts: 12,
  said: "HTTP 500",
  queued_at: "2026-03-01T13:00:00Z",
  next_at: "2026-03-01T13:30:00Z",
  done_at: "2026-03-01T13:30:00Z",
};

it("says what a destination is told in the order that people know, and whose units", () => {
  expect(getsWords(PRINTER.gets)).toBe("Station alerts, Cancels");
  expect(whoseWords(PRINTER)).toBe("town, station 4");
  expect(whoseWords({ agency: "*", station: "" })).toBe("every agency");
});

it("says how a destination is, and never calls well what was never tried or fails", () => {
  expect(healthOf(PRINTER, []).word).toBe("Well");
  expect(healthOf({ ...PRINTER, heard_at: null }, [])).toMatchObject({ word: "Untried", more: ["Nothing was delivered yet."] });
  const failing = healthOf({ ...PRINTER, failures: 3, waiting: 1 }, [DEAD]);
  expect(failing.verdict).toBe("deny");
  expect(failing.more.slice(0, 2)).toEqual(["The last 3 tries failed. HTTP 500.", "1 message waits."]);
  expect(healthOf({ ...PRINTER, failures: 3, stopped_at: "2026-03-01T14:00:00Z" }, [DEAD]).word).toBe("Paused");
});

it("says what is lacking before anything is sent", () => {
  const whole = { kind: "webhook", label: "P", address: "https://x.org/y", gets: ["escalation"] } as const;
  expect(faultOf(whole)).toBeNull();
  expect(faultOf({ ...whole, label: " " })).toBe("Give it a name.");
  expect(faultOf({ ...whole, address: "x.org" })).toContain("https://");
  expect(faultOf({ ...whole, kind: "email" })).toContain("e-mail address");
  expect(faultOf({ ...whole, gets: [] })).toBe("Say what it is told of.");
});

let sent: { method: string; path: string; body: Record<string, unknown> }[];
let answers: Paging;
let refused: boolean;
let secret: string;

beforeEach(() => {
  [sent, refused, secret] = [[], false, "s3cret-once"];
  answers = { destinations: [PRINTER], waiting: [], dead: [] };
  HTMLDialogElement.prototype.showModal = vi.fn(function (this: HTMLDialogElement) {
    this.open = true;
  });
  HTMLDialogElement.prototype.close = vi.fn();
  vi.stubGlobal("fetch", (path: string, init: RequestInit) => {
    if (init.method === "GET") return Promise.resolve(Response.json(answers));
    sent.push({ method: init.method ?? "", path, body: JSON.parse(init.body as string) as Record<string, unknown> });
    if (refused) return Promise.resolve(Response.json({ code: "bad_address", what: "That is a private address.", do: "Use a public one." }, { status: 422 }));
    return Promise.resolve(path.endsWith("destinations") ? Response.json({ destination: "d2", secret }, { status: 201 }) : new Response(null, { status: 204 }));
  });
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

async function fill() {
  await userEvent.click(await screen.findByRole("button", { name: "Add a destination" }));
  const form = within(screen.getByRole("dialog"));
  await userEvent.type(form.getByLabelText("Name"), "Pager");
  await userEvent.type(form.getByLabelText("Web address"), "https://x.org/hook");
  await userEvent.click(form.getByRole("button", { name: "Add the destination" }));
  return form;
}

it("shows the words of an empty list, and what was given up only where there is any", async () => {
  answers = { destinations: [], waiting: [], dead: [] };
  render(<PagingPage />);
  expect(await screen.findByText("Nothing is sent anywhere.")).toBeTruthy();
  expect(screen.queryByText("Given up")).toBeNull();
});

it("shows a secret once, after it was made, and an address nowhere", async () => {
  render(<PagingPage />);
  await fill();
  expect(await screen.findByText("s3cret-once")).toBeTruthy();
  await userEvent.click(within(screen.getByRole("dialog")).getByRole("button", { name: /Close/ }));
  expect(document.body.textContent).not.toContain("s3cret-once");
  expect(document.body.textContent).not.toContain("x.org/hook");
});

it("sends a form that was refused again under the same id, and says so where the secret was lost on the way", async () => {
  refused = true;
  render(<PagingPage />);
  const form = await fill();
  expect((await form.findByRole("alert")).textContent).toContain("That is a private address.");
  [refused, secret] = [false, ""];
  await userEvent.click(form.getByRole("button", { name: "Add the destination" }));
  expect(await screen.findByText(/its answer was lost on the way/)).toBeTruthy();
  expect(sent).toHaveLength(2);
  expect(sent[0]?.body.id).toBe(sent[1]?.body.id);
});

it("a paused destination is resumed, a well one is paused only with a reason", async () => {
  render(<PagingPage />);
  await userEvent.click(await screen.findByRole("button", { name: "Pause: Station 4 printer" }));
  await userEvent.click(screen.getByRole("button", { name: "Pause it" }));
  expect(sent).toEqual([]);
  await userEvent.type(screen.getByLabelText("Why"), "new paper");
  answers = { ...answers, destinations: [{ ...PRINTER, stopped_at: "2026-03-01T14:00:00Z" }] };
  await userEvent.click(screen.getByRole("button", { name: "Pause it" }));
  await userEvent.click(await screen.findByRole("button", { name: "Resume: Station 4 printer" }));
  expect(sent.map((one) => one.path)).toEqual(["/api/paging/destinations/d1/pause", "/api/paging/destinations/d1/resume"]);
});

it("a dead letter is tried once more by one press", async () => {
  answers = { ...answers, dead: [DEAD] };
  render(<PagingPage />);
  await userEvent.click(await screen.findByRole("button", { name: "Try again" }));
  expect(sent.map((one) => one.path)).toEqual(["/api/paging/messages/m1/again"]);
});
