/** What stands the same on every page of the office: the day, the words for levels, skills and places. */

import { useSyncExternalStore } from "react";
import { asRefusal } from "../kit/ask";
import { send, type Refusal } from "../api/client";
import type { Option } from "../kit/Fields";
import { plain } from "../kit/words";
import type { Vocabulary } from "./types";

interface Held {
  setting: Vocabulary | null;
  refusal: Refusal | null;
}

let held: Held = { setting: null, refusal: null };
let asked = false;
const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  if (!asked) fetchSetting();
  return () => listeners.delete(listener);
}

export function fetchSetting(): void {
  asked = true;
  send<Vocabulary>("GET", "/api/workforce/scope/vocabulary").then(
    (setting) => hold({ setting, refusal: null }),
    (error: unknown) => hold({ setting: null, refusal: asRefusal(error) }),
  );
}

function hold(now: Held): void {
  held = now;
  for (const listener of listeners) listener();
}

/** The words and the day; null until they are known. */
export function useSetting(): Vocabulary | null {
  return useSyncExternalStore(subscribe, () => held.setting);
}

/** Why they could not be fetched. */
export function useSettingRefusal(): Refusal | null {
  return useSyncExternalStore(subscribe, () => held.refusal);
}

/** What a level is called; its key where nobody has a name for it. */
export function levelName(setting: Vocabulary | null, key: string): string {
  return setting?.levels.find((one) => one.key === key)?.name ?? key;
}

export function skillName(setting: Vocabulary | null, key: string): string {
  return setting?.skills.find((one) => one.key === key)?.name ?? key;
}

const GROUPS: Record<string, string> = {
  first_responder: "First responders",
  ems_technician: "EMS technicians",
  paramedic: "Paramedics",
  other_clinician: "Other clinicians",
  no_care: "No care",
};

export function levelOptions(setting: Vocabulary): Option[] {
  return setting.levels.map((one) => ({ value: one.key, label: one.name, group: GROUPS[one.group] ?? plain(one.group) }));
}

export function placeOptions(setting: Vocabulary): Option[] {
  return setting.places.map((one) => ({
    value: one.place,
    label: `${one.name} (${one.place})`,
    group: one.place === setting.place ? "Served here" : one.synthetic ? "Invented" : one.book ? "With a rule book" : "No rule book yet",
  }));
}

export function placeName(setting: Vocabulary, place: string): string {
  return setting.places.find((one) => one.place === place)?.name ?? place;
}
