/** Destinations of an agency's messages in words: what each is told, how it is, and what is still lacking in a form. */

import type * as server from "../api/generated";
import { when } from "./when";

export type Destination = server.DestinationEntryOut;
export type What = Destination["gets"][number];
export type Detail = Destination["detail"];
export type Kind = Destination["kind"];
export type Message = server.SentMessageOut;
export type Paging = server.DestinationsOut;

export const WHATS: readonly { value: What; label: string; hint: string }[] = [
  { value: "station_alert", label: "Station alerts", hint: "a unit is sent, or its call turns out to be elsewhere" },
  { value: "station_cancel", label: "Cancels", hint: "a unit that it was alerted for is no longer needed" },
  { value: "escalation", label: "Escalations", hint: "too few of those on call have accepted in time" },
];

export const DETAILS: readonly { value: Detail; label: string }[] = [
  { value: "full", label: "Address, cross streets and coordinates" },
  { value: "street", label: "The street without its number, cross streets" },
  { value: "area", label: "Coordinates to about a kilometre" },
  { value: "none", label: "Nothing" },
];

const OTHERS: Record<string, string> = { test: "Test message" };

/** What a message is about. */
export const whatWords = (what: string): string =>
  ({ station_alert: "Station alert", station_cancel: "Cancel", escalation: "Escalation" })[what] ?? OTHERS[what] ?? what;

export const getsWords = (gets: readonly What[]): string =>
  WHATS.filter((one) => gets.includes(one.value))
    .map((one) => one.label)
    .join(", ");

export const placeWords = (detail: Detail): string =>
  ({ full: "told the whole address", street: "told the street, not the number", area: "told the area alone", none: "told nothing of the place" })[detail];

/** Whose units it hears of. */
export function whoseWords({ agency, station }: Pick<Destination, "agency" | "station">): string {
  const of = agency === "*" ? "every agency" : agency;
  return station ? `${of}, station ${station}` : of;
}

export interface Health {
  verdict: "allow" | "deny" | "unknown";
  word: string;
  /** What lies behind the word, a sentence each. */
  more: string[];
}

/** How a destination is, the worst first. `messages` are those that wait for it or were given up. */
export function healthOf(one: Destination, messages: readonly Message[]): Health {
  const last = one.heard_at ? `Last delivery ${when(one.heard_at)}.` : "Nothing was delivered yet.";
  if (one.stopped_at) return { verdict: "unknown", word: "Paused", more: [`It is told nothing since ${when(one.stopped_at)}.`, last] };
  const waits = one.waiting ? [`${one.waiting} ${one.waiting === 1 ? "message waits" : "messages wait"}.`] : [];
  if (one.failures) {
    const said = messages.find((each) => each.said)?.said.replace(/[^.]$/, "$&.") ?? "";
    const tries = one.failures === 1 ? "The last try failed." : `The last ${one.failures} tries failed.`;
    const next = one.waiting && one.paused_until ? [`Next try ${when(one.paused_until)}.`] : [];
    return { verdict: "deny", word: "Cannot be reached", more: [[tries, said].filter(Boolean).join(" "), ...waits, ...next, last] };
  }
  if (one.heard_at) return { verdict: "allow", word: "Well", more: [last, ...waits] };
  return { verdict: "unknown", word: "Untried", more: [last, ...waits] };
}

export interface Draft {
  kind: Kind;
  label: string;
  address: string;
  gets: readonly What[];
}

/** What is still lacking before it can be set up, in words; null for nothing. The server looks at the address once more. */
export function faultOf({ kind, label, address, gets }: Draft): string | null {
  const where = address.trim();
  if (!label.trim()) return "Give it a name.";
  if (kind === "webhook" && !/^https?:\/\/./.test(where)) return "Give the whole web address, beginning with https://.";
  if (kind === "email" && !/^\S+@\S+$/.test(where)) return "Give an e-mail address, such as duty@example.org.";
  return gets.length ? null : NOTHING;
}

export const NOTHING = "Say what it is told of.";
