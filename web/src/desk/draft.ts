/**
 * A call while it is typed: every change is saved within a moment, and nothing typed is ever lost.
 *
 * What the server has not confirmed stands in the browser's tab (`Keep`), so that a reload brings it back. A change
 * whose answer was lost is sent again under the same id: it is one change, however often it is sent.
 */

import { Refusal } from "../api/client";
import type { Change, Draft, Fields } from "../api/calls";

export interface Outside {
  begin: (id: string, fields: Change) => Promise<{ call_id: string }>;
  change: (call: string, id: string, seen: number, fields: Change) => Promise<{ version: number }>;
  draft: (call: string) => Promise<Draft>;
  keep: Keep;
  id: () => string;
  /** The county's time, ms since 1970. */
  now: () => number;
}

/** What this tab remembers of the call that is typed in it. */
export interface Keep {
  read: () => Kept | null;
  write: (kept: Kept | null) => void;
}

export interface Kept {
  /** The id under which it was begun. */
  begun: string;
  call: string | null;
  unsaved: Change;
}

/** What the panel shows of it. */
export interface Typed {
  /** The number that the call has, once the server has heard of it. */
  call: string | null;
  fields: Fields;
  version: number;
  /** When the last change was saved, by the county's clock; null before the first. */
  savedMs: number | null;
  /** Something is typed and not yet saved. */
  unsaved: boolean;
  /** Why it could not be saved. What was typed stays here. */
  fault: Refusal | null;
}

export const NOTHING: Typed = { call: null, fields: {}, version: 0, savedMs: null, unsaved: false, fault: null };

const STILL_MS = 250; // Typing is saved when it rests so long, and at least so often:
const LATEST_MS = 1000;
const AGAIN_MS = 2000;

interface Sending {
  id: string;
  fields: Change;
}

export class DraftSaver {
  readonly #outside: Outside;
  readonly #say: (typed: Typed) => void;
  readonly #begun: string;
  /** It may have been begun before a reload, with less. */
  readonly #again: boolean;
  #typed: Typed;
  #pending: Change = {};
  #sending: Sending | null = null;
  #running: Promise<void> | null = null;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #waitingSince = 0;
  #over = false;

  constructor(outside: Outside, say: (typed: Typed) => void, from?: { begun?: string; draft?: Draft; unsaved?: Change }) {
    this.#outside = outside;
    this.#say = say;
    this.#begun = from?.begun ?? outside.id();
    this.#again = from?.begun !== undefined;
    this.#typed = from?.draft ? typedOf(from.draft) : NOTHING;
    if (from?.unsaved && Object.keys(from.unsaved).length > 0) this.type(from.unsaved);
  }

  get typed(): Typed {
    return this.#typed;
  }

  /** Something was typed: kept in the tab at once, at the server in a moment. */
  type(change: Change): void {
    if (this.#over) return;
    this.#pending = { ...this.#pending, ...change };
    this.#keep();
    this.#show({ fields: withChange(this.#typed.fields, change), unsaved: true });
    const now = Date.now();
    if (!this.#timer) this.#waitingSince = now;
    else clearTimeout(this.#timer);
    const wait = Math.max(0, Math.min(STILL_MS, this.#waitingSince + LATEST_MS - now));
    this.#timer = setTimeout(() => void this.save().catch(() => undefined), wait);
  }

  /** Save now; resolves when everything typed so far is at the server, throws the refusal when it is not. */
  async save(): Promise<void> {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    for (;;) {
      if (this.#running) await this.#running;
      else if (this.#sending || Object.keys(this.#pending).length > 0) {
        this.#running = this.#send().finally(() => (this.#running = null));
      } else return;
    }
  }

  /** Go on from what the server has: after somebody else changed it. What was typed here is typed again upon it. */
  async anew(): Promise<void> {
    if (this.#typed.call === null) return;
    const draft = await this.#outside.draft(this.#typed.call);
    this.#pending = { ...this.#sending?.fields, ...this.#pending };
    this.#sending = null;
    this.#typed = typedOf(draft);
    this.#show({ fields: withChange(this.#typed.fields, this.#pending), unsaved: Object.keys(this.#pending).length > 0 });
    await this.save();
  }

  /** It is sent or off the desk: nothing of it is kept here. */
  end(): void {
    this.#over = true;
    if (this.#timer) clearTimeout(this.#timer);
    this.#outside.keep.write(null);
  }

  async #send(): Promise<void> {
    if (!this.#sending) {
      this.#sending = { id: this.#typed.call === null ? this.#begun : this.#outside.id(), fields: this.#pending };
      this.#pending = {};
    }
    const { id, fields } = this.#sending;
    try {
      if (this.#typed.call === null) await this.#begin(id, fields);
      else {
        const { version } = await this.#outside.change(this.#typed.call, id, this.#typed.version, fields);
        this.#show({ version });
      }
    } catch (error) {
      const fault = error instanceof Refusal ? error : new Refusal({ code: "page", what: "It could not be saved.", do: "Load the page again." });
      this.#show({ fault });
      // A server that does not answer may have heard it: the same change is sent again. One that refused is asked anew
      // by a person.
      if (isSilence(fault) && !this.#over) this.#timer ??= setTimeout(() => void this.save().catch(() => undefined), AGAIN_MS);
      throw fault;
    }
    this.#sending = null;
    this.#keep();
    const unsaved = Object.keys(this.#pending).length > 0;
    this.#show({ savedMs: this.#outside.now(), unsaved, fault: null });
  }

  async #begin(id: string, fields: Change): Promise<void> {
    const { call_id } = await this.#outside.begin(id, fields);
    this.#show({ call: call_id, version: 0 });
    if (!this.#again) return;
    const draft = await this.#outside.draft(call_id);
    const missing = Object.entries(fields).filter(([name, value]) => (draft.fields[name] ?? null) !== value);
    this.#show({ version: draft.version });
    this.#pending = { ...Object.fromEntries(missing), ...this.#pending };
  }

  #keep(): void {
    if (this.#over) return;
    const unsaved = { ...this.#sending?.fields, ...this.#pending };
    this.#outside.keep.write({ begun: this.#begun, call: this.#typed.call, unsaved });
  }

  #show(change: Partial<Typed>): void {
    this.#typed = { ...this.#typed, ...change };
    if (!this.#over) this.#say(this.#typed);
  }
}

function typedOf(draft: Draft): Typed {
  const saved = Date.parse(draft.changed_at ?? draft.rang_at);
  return { ...NOTHING, call: draft.call_id, fields: draft.fields, version: draft.version, savedMs: Number.isNaN(saved) ? null : saved };
}

function withChange(fields: Fields, change: Change): Fields {
  const next: Fields = { ...fields };
  for (const [name, value] of Object.entries(change)) {
    if (value === null) delete next[name];
    else next[name] = value;
  }
  return next;
}

/** Nobody answered, or something on the way did: the same may be sent again. */
export function isSilence(fault: Refusal): boolean {
  return ["unreachable", "failed", "fault"].includes(fault.code);
}

const KEY = "goldenhour.taking";

/** The tab's own memory; a browser without one forgets at a reload what the server has not heard yet. */
export const tab: Keep = {
  read() {
    try {
      return JSON.parse(sessionStorage.getItem(KEY) ?? "null") as Kept | null;
    } catch {
      return null;
    }
  },
  write(kept) {
    try {
      if (kept) sessionStorage.setItem(KEY, JSON.stringify(kept));
      else sessionStorage.removeItem(KEY);
    } catch {
      // Full or forbidden: the server has it a quarter of a second later.
    }
  },
};
