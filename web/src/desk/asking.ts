/** The questions of a call, asked from this desk: what a key answers, and what comes back. */

import { callsApi, type AnswerKey, type Triage } from "../api/calls";
import { Refusal } from "../api/client";
import { uuid7 } from "../kit/uuid7";
import { NOT_ASKING, store, type Asking, type State } from "./store";

/** Letters that mean something else while questions are asked. */
const TAKEN = new Set("sxbcedlqatom/?");

/** Keys that were pressed before the question was there. Only the two that every call begins with are answered ahead. */
let ahead: string[] = [];

export interface Keyed extends AnswerKey {
  /** The key that the button shows: the answer's first letter where these differ, else its digit. */
  letter: string;
}

/** Answers with the key of each: y, n, u where the first letters tell them apart, else 1, 2, 3. */
export function keyed(answers: readonly AnswerKey[]): Keyed[] {
  const letters = answers.map((one) => one.key.charAt(0).toLowerCase());
  const clear = new Set(letters).size === letters.length && letters.every((one) => /[a-z]/.test(one) && !TAKEN.has(one));
  return answers.map((one, i) => ({ ...one, letter: clear ? (letters[i] ?? one.press) : one.press }));
}

/** What the keys answer now: the script's step where it asks something, else the question; never both. */
export function inFront(triage: Triage | null | undefined): { what: "step" | "question"; answers: Keyed[] } | null {
  const step = stepOf(triage);
  if (step && step.answers.length > 0) return { what: "step", answers: keyed(step.answers) };
  if (triage?.available && triage.question) return { what: "question", answers: keyed(triage.question.answers) };
  return null;
}

/** The step of the script that is told now; null when none is. */
export function stepOf(triage: Triage | null | undefined) {
  const script = triage?.available ? triage.script : null;
  if (script?.stopped_at !== null) return null;
  return script.steps.find((one) => one.key === script.step) ?? null;
}

/** Whether units can be sent: both questions that every call begins with are answered, or somebody said what it is. */
export function canBeSent(state: State): boolean {
  return Boolean(state.asking.triage?.determinant) || (state.taking?.fields.nature ?? "unknown") !== "unknown";
}

export const asking = {
  /** Ask about another call; null for one that has no number yet. */
  async begin(call: string | null): Promise<void> {
    const before = store.get().asking;
    if (call === null || (before.call !== null && before.call !== call)) {
      ahead = [];
      store.set({ asking: { ...NOT_ASKING, call }, beat: true });
    } else if (before.call === null) store.set({ asking: { ...before, call } });
    if (call !== null) await asking.look(call);
  },

  /** Fetch where it stands, such as after another desk answered. */
  async look(call: string): Promise<void> {
    try {
      heard(call, await callsApi.triage(call));
    } catch (error) {
      refused(call, error);
    }
    await answerAhead();
  },

  /** Look once more at the call in front, after something beside the answers changed. */
  async again(): Promise<void> {
    const { call } = store.get().asking;
    if (call !== null) await asking.look(call);
  },

  /** A key that answers: the one that the button shows, or its digit. Whether it is an answer is said in words. */
  async press(key: string): Promise<void> {
    const { asking: now } = store.get();
    const front = inFront(now.triage);
    if (now.busy || now.triage === null || now.call === null) {
      const first = now.triage === null || now.triage.question?.key === "entry.conscious";
      if (first && ahead.length < 2) ahead.push(key);
      return;
    }
    const found = front?.answers.find((one) => one.letter === key || one.press === key);
    if (!front || !found) {
      const keys = front?.answers.map((one) => one.letter).join(", ");
      say("refused", keys ? `That is no answer here: press ${keys}.` : "Nothing is asked now.");
      return;
    }
    if (front.what === "step") await asking.forward(found.key);
    else if (now.triage.question) await asking.answer(now.triage.question.key, found.key);
  },

  async answer(question: string, answer: string): Promise<void> {
    await change((call) => callsApi.answer(call, uuid7(), question, answer));
    await answerAhead();
  },

  /** The step was told, and what the caller said to it. */
  async forward(answer = ""): Promise<void> {
    const { triage } = store.get().asking;
    const step = stepOf(triage);
    if (!triage?.script || !step) return;
    const { id } = triage.script;
    await change((call) => callsApi.tell(call, uuid7(), id, step.key, answer));
  },

  async stop(): Promise<void> {
    const script = store.get().asking.triage?.script;
    if (script) await change((call) => callsApi.stop(call, uuid7(), script.id));
  },

  /** A step told again takes a stopped script up. */
  async resume(): Promise<void> {
    const script = store.get().asking.triage?.script;
    const step = script?.step;
    if (script && step) await change((call) => callsApi.tell(call, uuid7(), script.id, step, ""));
  },

  async card(card: string): Promise<void> {
    await change((call) => callsApi.card(call, uuid7(), card));
  },

  /** Somebody at the scene began to push. */
  async compression(): Promise<void> {
    await change(async (call) => {
      await callsApi.compression(call, uuid7());
      say("done", "First compression stamped.");
      return callsApi.triage(call);
    });
  },
};

async function answerAhead(): Promise<void> {
  const key = ahead.shift();
  const { triage } = store.get().asking;
  if (key === undefined) return;
  if (triage?.question?.key.startsWith("entry.")) await asking.press(key);
  else ahead = [];
}

async function change(work: (call: string) => Promise<Triage>): Promise<void> {
  const { asking: now } = store.get();
  if (now.call === null || now.busy) return;
  const { call } = now;
  store.set({ asking: { ...now, busy: true } });
  try {
    heard(call, await work(call));
  } catch (error) {
    ahead = [];
    refused(call, error);
  }
}

function heard(call: string, triage: Triage): void {
  const { asking: now } = store.get();
  if (now.call !== call) return; // Another call is in front meanwhile.
  const asked = triage.question ? { ...now.asked, [triage.question.key]: triage.question } : now.asked;
  const next: Asking = { call, triage, busy: false, asked };
  store.set({ asking: next });
}

function refused(call: string, error: unknown): void {
  const { asking: now } = store.get();
  if (now.call === call) store.set({ asking: { ...now, busy: false } });
  say("refused", error instanceof Refusal ? error.message : "Something on this page went wrong. Load it again.");
}

function say(tone: "done" | "refused", text: string): void {
  store.set({ message: { tone, text } });
}

const ABOUT = /^calls\.(question_|card_picked|determinant|arrest_|first_compression|triage_|instruction_|script_|nature_)/;

/** Keep the questions of the call in front true when another desk answers them. */
export function followAsking(): void {
  let seen = 0;
  store.subscribe(() => {
    const { tail, asking: now } = store.get();
    const last = tail.find((fact) => ABOUT.test(fact.name) && fact.payload.call_id === now.call);
    if (!last || last.position <= seen) return;
    seen = last.position;
    if (now.call !== null && !now.busy) void asking.look(now.call);
  });
}
