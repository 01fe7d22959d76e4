/** What kind of station this device is: it decides how soon it locks itself. Said once, and kept on the device. */

import { send } from "../api/client";
import type { Lock } from "../kit/lock";
import { remember, remembered } from "../kit/remembered";
import type { Who } from "./door";

export type Station = Lock["station"];

const KEPT = "station";

/** What this device was said to be, where the account may sit at such a one. */
export function keptFor(lock: Lock): Station | null {
  return lock.stations.find((one) => one.key === remembered(KEPT))?.key ?? null;
}

/** Whether somebody has to say it: their roles allow several kinds, and nobody has said it on this device. */
export function asksStation(who: Who): boolean {
  // Nothing locks in a demo, so there is nothing to choose.
  return !who.demo && !!who.lock && who.lock.stations.length > 1 && keptFor(who.lock) === null;
}

/** Say what this device is, and keep it. */
export async function sitAt(station: Station): Promise<void> {
  await send("POST", "/api/session/station", { station });
  remember(KEPT, station);
}

/** After signing in: say what the device was said to be; return whether that leaves nothing to ask. */
export async function seated(who: Who): Promise<boolean> {
  if (asksStation(who)) return false;
  const kept = who.lock && !who.demo ? keptFor(who.lock) : null;
  if (!kept || kept === who.lock?.station) return true;
  return sitAt(kept).then(
    () => true,
    () => false, // Then it is asked, and a refusal is read there.
  );
}

/** "a dispatch desk" as a choice: "A dispatch desk". */
export const choiceWords = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);
