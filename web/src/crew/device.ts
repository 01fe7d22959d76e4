/** What this device keeps: whose page it shows, its name, how far its clock is off, the last page, and its taps. */

import { send } from "../api/client";
import { forget, remember, remembered } from "../kit/remembered";
import { clock, simNow } from "../kit/ticker";
import { uuid7 } from "../kit/uuid7";
import { measure, offsetAt, type Offset } from "./offset";
import { TapQueue } from "./taps";
import type { Checklist, CrewView } from "./types";

const UNIT = "crew.unit";
const PHONE = "crew.phone";
const OFFSET = "crew.offset";
const SHAPE = 3; // Raised whenever CrewView or Checklist changes: what an older page kept is not read by a newer one.
const VIEW = `crew.view.${SHAPE}`;
const LISTS = `crew.checklists.${SHAPE}`;
const TAPS = "crew.taps";
const NUMBER = "crew.number";

/** The unit that this device shows; "" for none. */
export const unitHere = (): string => remembered(UNIT) ?? "";

/** What this device calls itself, made up at its first use. */
export function phoneName(): string {
  const known = remembered(PHONE);
  if (known) return known;
  const name = `phone-${uuid7().slice(-8)}`;
  remember(PHONE, name);
  return name;
}

function kept(key: string): unknown {
  const text = remembered(key);
  if (!text) return null;
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

export const lastView = (unit: string): CrewView | null => {
  const view = kept(VIEW) as CrewView | null;
  return view?.unit.id === unit ? view : null;
};
export const keepView = (view: CrewView): void => remember(VIEW, JSON.stringify(view));
export const keptLists = (): Checklist[] => (kept(LISTS) as Checklist[] | null) ?? [];
export const keepLists = (lists: readonly Checklist[]): void => remember(LISTS, JSON.stringify(lists));

/** Let go of the unit and of all that was shown of its call. Taps that wait are still sent. */
export function forgetUnit(): void {
  for (const key of [UNIT, VIEW, LISTS]) forget(key);
}

// ---------------------------------------------------------------- time

const rate = () => (clock.known ? clock.rate : 1);
const offsetHere = () => kept(OFFSET) as (Offset & { rate: number }) | null;

/** Measure how far this device's clock is off, and keep it. */
export async function measureClock(): Promise<Offset> {
  const site = async () => Date.parse((await send<{ at: string }>("GET", "/api/clock")).at);
  const found = await measure(site, Date.now);
  remember(OFFSET, JSON.stringify({ ...found, rate: rate() }));
  return found;
}

/** The site's time now as this device knows it, without a line. */
export function siteNow(): number {
  const known = offsetHere();
  const now = Date.now();
  return known ? now + offsetAt(known, now, clock.known ? rate() : known.rate) : now;
}

const siteTime = () => (clock.known ? simNow() : siteNow());

/** When a tap is made: as the site will reckon it from this device's clock, so that it stands after the taps before. */
const tapTime = () => (offsetHere() ? siteNow() : siteTime());

/** Let the page's clock go on from what this device knows, until the site is heard. */
export function startClock(): void {
  const known = offsetHere();
  if (clock.known || !known) return;
  clock.hear({ at: new Date(siteNow()).toISOString(), speed: known.rate, paused: known.rate === 0 }, performance.now());
}

/** What the tap says of this device's clock. */
function stampOfDevice(): Record<string, unknown> {
  const known = offsetHere();
  const now = Date.now();
  const number = Number(remembered(NUMBER) ?? "0") + 1;
  remember(NUMBER, String(number));
  return {
    device_at: new Date(now).toISOString(),
    ...(known ? { offset_ms: offsetAt(known, now, rate()) } : {}),
    device: phoneName(),
    tap: number,
  };
}

// ---------------------------------------------------------------- taps

/** Two pages of one device share what is kept: one of them sends. Without locks both do, and the site takes each once. */
async function alone(work: () => Promise<void>): Promise<void> {
  await ("locks" in navigator ? navigator.locks.request("goldenhour.crew", work) : work());
}

export const taps = new TapQueue({
  read: () => remembered(TAPS),
  write: (text) => remember(TAPS, text),
  send: (path, body) => send("POST", path, body),
  siteMs: siteTime,
  later: (ms, act) => {
    const timer = setTimeout(act, ms);
    return () => clearTimeout(timer);
  },
  alone,
});

/**
 * Keep a tap of a unit and send it as soon as may be. `timed` adds what this device's clock says; addresses that know
 * nothing of devices are told without it. Returns the gesture's id.
 */
export function tap(unit: string, what: string, label: string, body: object = {}, { timed = true } = {}): string {
  const id = uuid7();
  const path = what.startsWith("/") ? what : `/api/units/${unit}/${what}`;
  taps.add({ id, path, label, atMs: tapTime(), body: { id, ...body, ...(timed ? stampOfDevice() : {}) } });
  return id;
}

/** Show a unit's page here from now on. */
export async function signPhoneOn(unit: string): Promise<void> {
  const { offsetMs, tripMs } = await measureClock();
  await send("POST", `/api/units/${unit}/phone`, { id: uuid7(), device: phoneName(), offset_ms: offsetMs, trip_ms: Math.min(tripMs, 600_000) });
  remember(UNIT, unit);
}

export function signPhoneOff(unit: string): void {
  tap(unit, "phone/off", "Phone signed off");
  forgetUnit();
}
