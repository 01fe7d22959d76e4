/** The office's words for the keys that the API speaks, and days as people count them. */

import { plain } from "../kit/words";
import type { Change, Credential, CredentialStatus } from "./types";

export const STATUS_WORDS: Record<CredentialStatus, { mark: string; word: string }> = {
  not_yet: { mark: "…", word: "Not yet" },
  live: { mark: "✓", word: "Live" },
  restricted: { mark: "!", word: "Restricted" },
  suspended: { mark: "II", word: "Suspended" },
  lapsed: { mark: "–", word: "Lapsed" },
  revoked: { mark: "✕", word: "Revoked" },
  surrendered: { mark: "◦", word: "Surrendered" },
};

export const KINDS: Record<string, string> = {
  licence: "Licence",
  certificate: "Certificate",
  endorsement: "Endorsement",
  compact_privilege: "Compact privilege",
  emd_certificate: "EMD certificate",
  driver: "Driver's certificate",
  rescue: "Rescue",
  instructor: "Instructor",
  other: "Other",
};

export const SERVICES = ["ems", "fire", "ambulance", "workplace", "hospital", "clinic", "dispatch", "college"];
export const ROLES = [
  "care", "telecommunicator", "driver", "logistics", "instructor", "educator", "officer", "medical_director",
]; // prettier-ignore

const SHORT = new Set(["ems", "emd", "emr", "emt", "aemt", "cpr", "acls", "iv", "nremt"]);

/** A key as a person says it. */
export function said(key: string): string {
  return SHORT.has(key.toLowerCase()) ? key.toUpperCase() : plain(key);
}

/** A level within a sentence: "EMT", "paramedic", "critical care paramedic". */
export function levelWord(key: string): string {
  return SHORT.has(key) ? key.toUpperCase() : key.replaceAll("_", " ");
}

/** "EX paramedic licence", "NREMT EMT certificate", "IV endorsement, EX". */
export function credentialName(one: Pick<Credential, "kind" | "place" | "level" | "name"> & { issuer?: string; level_words?: string }): string {
  const what = one.level_words || levelWord(one.level) || (one.name ? said(one.name) : "");
  const who = one.issuer ? said(one.issuer) : one.place;
  const kind = (KINDS[one.kind] ?? said(one.kind)).replace(/^(?!EMD)./, (first) => first.toLowerCase());
  return [who, what, kind].filter(Boolean).join(" ");
}

const CHANGES: Record<string, string> = {
  issued: "Issued",
  renewed: "Renewed",
  lapsed: "Lapsed",
  suspended: "Suspended",
  restricted: "Restricted",
  reinstated: "Reinstated",
  revoked: "Revoked",
  surrendered: "Surrendered",
  corrected: "Corrected",
  verified: "Verified",
};

/** One change of a credential in a line. */
export function changeWords(one: Change): string {
  const parts = [CHANGES[one.what] ?? said(one.what)];
  if (one.what === "corrected") {
    if (one.start) parts.push(`begins ${one.start}`);
    if (one.until) parts.push(`holds through ${dayBefore(one.until)}`);
    if (one.level) parts.push(`level ${said(one.level)}`);
    if (one.strikes) parts.push(`strikes the entry at position ${one.strikes}`);
    if (one.holds_until) parts.push(`ends by itself on ${one.holds_until} unless verified`);
  } else {
    parts.push(one.until ? `${one.day} through ${dayBefore(one.until)}` : one.day);
  }
  return parts.join(", ");
}

const DAY_MS = 86_400_000;

/** Whole days from one day to another; negative when it is past. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS);
}

/** The last day of a span that ends on this first day after it. */
export function dayBefore(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) - DAY_MS).toISOString().slice(0, 10);
}

/** "today", "tomorrow", "in 12 days", "3 days ago". */
export function inDays(days: number): string {
  if (days === 0) return "today";
  if (days === 1) return "tomorrow";
  return days > 0 ? `in ${days} days` : `${-days} ${days === -1 ? "day" : "days"} ago`;
}
