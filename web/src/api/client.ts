/** Calls to the site, and its refusals in words. */

import type { Board, ClockReading, Fact, Recommendation, RefusalBody } from "./types";

/** The server said no, or could not be reached. The message is for the person at the desk. */
export class Refusal extends Error {
  readonly code: string;
  readonly what: string;
  readonly todo: string;

  constructor(body: RefusalBody) {
    super(`${body.what} ${body.do}`.trim());
    this.name = "Refusal";
    this.code = body.code;
    this.what = body.what;
    this.todo = body.do;
  }
}

export interface Assignment {
  id: string;
  unit: string;
  slot: string;
  reason?: string;
  /** The call that the unit is taken off deliberately. */
  divert_from?: string;
}

export const api = {
  board: () => send<Board>("GET", "/api/board"),
  log: (limit: number) => send<Fact[]>("GET", `/api/log?limit=${limit}`),
  recommendation: (call: string) =>
    send<Recommendation>("GET", `/api/calls/${encodeURIComponent(call)}/recommendation`),
  assign: (call: string, assignment: Assignment) =>
    send<undefined>("POST", `/api/calls/${encodeURIComponent(call)}/assignments`, assignment),
  setDemo: (demo: { speed: number; paused: boolean }) => send<ClockReading | undefined>("POST", "/api/demo", demo),
};

const PATIENCE_MS = 10_000;

/** Ask the site, and return its answer; throws a Refusal. */
export async function send<T>(method: string, path: string, body?: object): Promise<T> {
  const headers: Record<string, string> = { Accept: "application/json" };
  if (body) headers["Content-Type"] = "application/json";
  const token = /(?:^|; )csrftoken=([^;]+)/.exec(document.cookie)?.[1];
  if (token) headers["X-CSRFToken"] = token;
  let answer: Response;
  try {
    answer = await fetch(path, {
      method,
      headers,
      ...(body ? { body: JSON.stringify(body) } : {}),
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
  } catch {
    throw new Refusal({ code: "unreachable", what: "The server does not answer.", do: "Nothing was sent twice; try again." });
  }
  if (!answer.ok) {
    const refusal = new Refusal(await refusalOf(answer));
    if (refusal.code === "locked") window.dispatchEvent(new Event("goldenhour-locked")); // See kit/lock.ts.
    throw refusal;
  }
  const said = await answer.text(); // Also a 201 may say nothing.
  return (said ? JSON.parse(said) : undefined) as T;
}

async function refusalOf(answer: Response): Promise<RefusalBody> {
  try {
    const body = (await answer.json()) as Partial<RefusalBody>;
    if (body.what) return { code: body.code ?? "refused", what: body.what, do: body.do ?? "" };
  } catch {
    // Not our JSON: a proxy or a crash answered. Its status is all we know.
  }
  return { code: "failed", what: `The server answered ${answer.status}.`, do: "Try again, or look at the server's log." };
}
