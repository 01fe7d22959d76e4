/** What the sign-in page asks of the site. Keys of the browser itself go through its own dialogue. */

import { send } from "../api/client";
import type * as server from "../api/generated";

export type DemoPerson = server.DemoPersonOut;

export type Who = server.SessionOut;

export interface SecondStep {
  type: "totp" | "recovery_codes" | "webauthn";
  id?: number;
  name?: string;
  unused_code_count?: number;
}

interface Wrapped<T> {
  data: T;
}

interface Options {
  request_options?: { publicKey: PublicKeyCredentialRequestOptionsJSON };
  creation_options?: { publicKey: PublicKeyCredentialCreationOptionsJSON };
}

const STEP = "/api/account/second-step";

/** Where somebody wanted to go before the directory asked. */
export const NEXT = "goldenhour-next";

export const door = {
  who: () => send<Who>("GET", "/api/session"),
  signIn: (username: string, password: string) => send<unknown>("POST", "/api/signin", { username, password }),
  /** Go to the directory; it sends people back to /signin/sign-on. */
  toDirectory: async (next: string) => {
    const { url } = await send<{ url: string }>("POST", "/api/signin/sign-on", {});
    sessionStorage.setItem(NEXT, next);
    location.assign(url);
  },
  fromDirectory: (code: string, state: string) => send<unknown>("POST", "/api/signin/sign-on/finish", { code, state }),
  code: (code: string) => send<unknown>("POST", "/api/signin/code", { code }),
  signOut: () => send<undefined>("DELETE", "/api/session"),
  setPassword: (key: string, password: string) => send<{ account: string }>("POST", "/api/password", { key, password }),
  changePassword: (current: string, password: string) =>
    send<undefined>("POST", "/api/account/password", { current, password }),
  again: (password: string) => send<unknown>("POST", "/api/account/again", { password }),
  steps: async () => (await send<Wrapped<SecondStep[]>>("GET", STEP)).data,
  /** A fresh secret for an app of codes, and its picture to scan. */
  newApp: () => send<{ secret: string; svg: string }>("POST", `${STEP}/totp/new`),
  addApp: (code: string) => send<unknown>("POST", `${STEP}/totp`, { code }),
  removeApp: () => send<unknown>("DELETE", `${STEP}/totp`),
  newCodes: async () =>
    (await send<Wrapped<{ unused_codes: string[] }>>("POST", `${STEP}/recovery-codes`, {})).data.unused_codes,
  removeKey: (id: number) => send<unknown>("DELETE", `${STEP}/keys`, { authenticators: [id] }),
};

/** Whether this browser can sign in with a key of its own, of a phone or of a stick. */
export function knowsKeys(): boolean {
  return "PublicKeyCredential" in window && "parseRequestOptionsFromJSON" in PublicKeyCredential;
}

const KEYS = { passkey: "/api/signin/passkey", key: "/api/signin/key", again: "/api/account/again/key" };

/** Use a key: to sign in (`passkey`), as the second step after the password (`key`), or to unlock (`again`). */
export async function withKey(kind: keyof typeof KEYS): Promise<void> {
  const asked = (await send<Wrapped<Options>>("GET", KEYS[kind])).data.request_options;
  if (!asked) return;
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(asked.publicKey);
  const credential = (await navigator.credentials.get({ publicKey })) as PublicKeyCredential | null;
  if (credential) await send("POST", KEYS[kind], { credential: credential.toJSON() as unknown });
}

/** Add a key with which to sign in without a password. */
export async function addKey(name: string): Promise<void> {
  const asked = (await send<Wrapped<Options>>("GET", `${STEP}/keys?passwordless`)).data.creation_options;
  if (!asked) return;
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(asked.publicKey);
  const credential = (await navigator.credentials.create({ publicKey })) as PublicKeyCredential | null;
  if (credential) await send("POST", `${STEP}/keys`, { name, credential: credential.toJSON() as unknown });
}

/** Where to go after signing in: where somebody wanted to, else the account's first page. Never to another site. */
export function onward(next: string | null, pages: readonly string[]): string {
  if (next && /^\/(?![/\\])/.test(next) && !next.startsWith("/signin")) return next;
  if (pages.includes("desk")) return "/";
  if (pages.includes("hospital")) return "/hospital";
  if (pages.includes("crew")) return "/crew";
  return pages.includes("me") ? "/me" : "/workforce";
}
