/** Who uses this page: the account signed in, and which pages it may open. */

import { useSyncExternalStore } from "react";
import { Refusal, send } from "../api/client";
import type * as server from "../api/generated";

export interface Session {
  /** Whether this goldenhour has accounts at all. */
  accounts: boolean;
  signedIn: boolean;
  name: string;
  /** What the account may do, in words: "Credentialing officer, county-ems". */
  roles: readonly string[];
  /** The pages it may open: "desk", "hospital", "workforce", "me". */
  pages: readonly string[];
  /** The same for programs; "*" is every agency. */
  grants: readonly { role: string; agency: string }[];
  /** The person of the books that the account belongs to; "" for none. */
  person: string;
  /** Whether this is a demo: then every page says so. */
  demo: boolean;
}

/** Before accounts exist, whoever sits at the machine may open everything. */
const NOBODY_ASKED: Session = {
  accounts: false,
  signedIn: false,
  name: "",
  roles: [],
  grants: [],
  person: "",
  pages: ["desk", "crew", "hospital", "workforce", "me"],
  demo: false,
};

let held: Session | null = null;
let asked = false;
const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  if (!asked) void load();
  return () => listeners.delete(listener);
}

/** The session, once it is known; null before. */
export function useSession(): Session | null {
  return useSyncExternalStore(subscribe, () => held);
}

/** The session as it is known now, outside of a component. */
export function sessionNow(): Session | null {
  return held;
}

export async function load(): Promise<void> {
  asked = true;
  try {
    held = read(await send<SessionBody>("GET", "/api/session"));
  } catch (error) {
    held = error instanceof Refusal && error.code === "failed" ? NOBODY_ASKED : held;
  }
  for (const listener of listeners) listener();
}

type SessionBody = Pick<server.SessionOut, "signed_in"> & Partial<server.SessionOut>;

function read(body: SessionBody): Session {
  return {
    accounts: body.accounts ?? true,
    signedIn: body.signed_in,
    name: body.name ?? "",
    roles: body.roles ?? [],
    grants: body.grants ?? [],
    person: body.person ?? "",
    pages: body.pages ?? NOBODY_ASKED.pages,
    demo: body.demo ?? false,
  };
}

/** Whether a session holds a role; before accounts exist, everybody does. */
export function holds(session: Session | null, ...roles: string[]): boolean {
  if (!session) return false;
  return !session.accounts || session.grants.some((one) => roles.includes(one.role));
}

/** Sign out, and begin at the door again. */
export async function signOut(): Promise<void> {
  await send("DELETE", "/api/session");
  location.assign("/signin");
}
