// @vitest-environment jsdom
import { cleanup, render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { MaydayCalled } from "../src/api/types";
import { CrewAlarms } from "../src/desk/CrewAlarms";
import { START, store } from "../src/desk/store";
import { MaydayBand } from "../src/crew/Mayday";
import type { CrewView } from "../src/crew/types";
import { clock } from "../src/kit/ticker";
import { at, board, unit } from "./county";

const MAYDAY: MaydayCalled = { at: at(-30), by: "bob", call_id: "26-0001", acknowledged_at: null, acknowledged_by: "" };
let sent: { path: string; body: Record<string, unknown> }[] = [];

function show(mayday: MaydayCalled): void {
  store.boardCame(board({ units: [unit({ signals: { phones: 1, mayday, par: null, asks: [] } })] }), []);
  render(<CrewAlarms />);
}

beforeEach(() => {
  sent = [];
  vi.stubGlobal("fetch", (path: string, request?: RequestInit) => {
    sent.push({ path, body: JSON.parse(request?.body as string) as Record<string, unknown> });
    return Promise.resolve(new Response(null, { status: 204 }));
  });
  clock.hear({ at: at(0), speed: 0, paused: true }, performance.now());
  store.set(START);
});

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

it("takes the mayday that is seen by one press, and ends none with it", async () => {
  show(MAYDAY);
  await userEvent.click(screen.getByRole("button", { name: "I have it" }));
  await waitFor(() => expect(sent).toHaveLength(1));
  expect(sent[0]?.path).toBe("/api/units/demo-ems/M12/mayday/acknowledge");
  expect(sent[0]?.body).toMatchObject({ called_at: at(-30) });
  expect(screen.getByRole("alert").textContent).toContain("Mayday M12");
});

it("says who has it in hand, and lets it stand until the crew is safe", () => {
  show({ ...MAYDAY, acknowledged_at: at(-5), acknowledged_by: "alice" });
  expect(screen.getByRole("alert").textContent).toMatch(/alice has it in hand since \d\d:\d\d:\d\d/);
  expect(screen.queryByRole("button", { name: "I have it" })).toBeNull();
  expect(screen.getByRole("button", { name: "Crew is safe" })).toBeTruthy();
});

it("tells the crew who has it in hand, and nothing of that before", () => {
  const view = (mayday: MaydayCalled) => ({ mayday, time_zone: "UTC" }) as unknown as CrewView;
  render(<MaydayBand view={view(MAYDAY)} unsent={false} />);
  expect(screen.getByRole("alert").textContent).not.toContain("in hand");
  cleanup();
  render(<MaydayBand view={view({ ...MAYDAY, acknowledged_at: at(-5), acknowledged_by: "alice" })} unsent={false} />);
  expect(screen.getByRole("alert").textContent).toContain("alice has it in hand since 11:59:55.");
});
