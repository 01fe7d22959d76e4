/** The board on paper: fetched every minute and kept in this browser, so that it can be printed when nothing answers. */

import { remembered, remember } from "../kit/remembered";
import type { Command } from "./commands";

const KEY = "last_board";
const EVERY_MS = 60_000;
const PATIENCE_MS = 5_000;

interface LastBoard {
  at: string;
  html: string;
}

/** The board kept last, or null. */
export function lastBoard(): LastBoard | null {
  try {
    const kept = JSON.parse(remembered(KEY) ?? "null") as Partial<LastBoard> | null;
    return kept?.html && kept.at ? { at: kept.at, html: kept.html } : null;
  } catch {
    return null;
  }
}

/** Fetch the board and keep it. A server that is silent leaves the last; one that says no takes it away. */
export async function keepBoard(): Promise<void> {
  let answer: Response;
  let html: string;
  try {
    answer = await fetch("/print/board", { redirect: "manual", signal: AbortSignal.timeout(PATIENCE_MS) });
    html = await answer.text();
  } catch {
    return;
  }
  // A redirect leads to the door: nobody is signed in here any more.
  if (answer.type === "opaqueredirect" || answer.status === 401 || answer.status === 403) remember(KEY, "null");
  else if (answer.ok) remember(KEY, JSON.stringify({ at: new Date().toISOString(), html } satisfies LastBoard));
}

/** Keep the board from now on. */
export function keepLastBoard(): void {
  void keepBoard();
  setInterval(() => void keepBoard(), EVERY_MS);
}

export const printBoard: Command = {
  id: "desk.print_board",
  keys: "w",
  label: "Print the last board (written every minute)",
  group: "Desk",
  blocked: () => (lastBoard() ? null : "No board is kept in this browser yet."),
  run: async () => {
    await keepBoard();
    const kept = lastBoard();
    if (kept) print(kept.html);
  },
};

/** Print a page that needs no server. It takes no script along: its own rule forbids them. */
function print(html: string): void {
  document.getElementById("print-board")?.remove();
  const frame = document.createElement("iframe");
  frame.id = "print-board";
  frame.title = "Board for printing";
  frame.style.cssText = "position:fixed;inset:auto 0 0 auto;width:1px;height:1px;border:0;opacity:0";
  frame.addEventListener("load", () => frame.contentWindow?.print());
  frame.srcdoc = html;
  document.body.append(frame);
}
