/** Times and numbers as people read them. What is missing is blank, never 0:00. */

const MINUTE = 60;
const HOUR = 3600;

/** Seconds as m:ss up to an hour, then h:mm h. Missing, negative or not a number: "". */
export function elapsed(seconds: number | null | undefined): string {
  if (seconds === null || seconds === undefined || !Number.isFinite(seconds) || seconds < 0) return "";
  const whole = Math.floor(seconds);
  if (whole < HOUR) return `${Math.floor(whole / MINUTE)}:${two(whole % MINUTE)}`;
  return `${Math.floor(whole / HOUR)}:${two(Math.floor((whole % HOUR) / MINUTE))} h`;
}

/** A duration that may also be nothing yet, such as a median: rounded to the second. */
export function duration(seconds: number | null | undefined): string {
  return seconds === null || seconds === undefined ? "" : elapsed(Math.round(seconds));
}

/** What is left of a target: "3:12 left", or "1:05 over" once it is past. */
export function left(seconds: number): string {
  return seconds >= 0 ? `${elapsed(seconds)} left` : `${elapsed(-seconds)} over`;
}

/** A share between 0 and 1 as whole percent; missing is "". */
export function percent(share: number | null | undefined): string {
  return share === null || share === undefined || !Number.isFinite(share) ? "" : `${Math.round(share * 100)} %`;
}

const formatters = new Map<string, Intl.DateTimeFormat>();

/** The wall clock at the place, 24 h with seconds; "" for a missing or unreadable time. */
export function wallTime(at: string | number | null | undefined, timeZone: string): string {
  return at === null || at === undefined || at === "" ? "" : inZone("time", new Date(at), timeZone);
}

/** The date at the place as 2026-05-04; "" for a missing time. */
export function wallDate(at: string | number | null | undefined, timeZone: string): string {
  return at === null || at === undefined || at === "" ? "" : inZone("date", new Date(at), timeZone);
}

function inZone(what: "time" | "date", at: Date, timeZone: string): string {
  if (Number.isNaN(at.getTime())) return "";
  const key = `${what} ${timeZone}`;
  let formatter = formatters.get(key);
  if (!formatter) {
    // Sweden writes dates and times the ISO way.
    formatter = new Intl.DateTimeFormat("sv-SE", {
      timeZone,
      ...(what === "time" ? { timeStyle: "medium" } : { dateStyle: "short" }),
    });
    formatters.set(key, formatter);
  }
  return formatter.format(at);
}

/** Seconds between two instants given as ISO text or milliseconds; null when one is missing. */
export function secondsBetween(from: string | number | null | undefined, to: number): number | null {
  if (from === null || from === undefined || from === "") return null;
  const start = typeof from === "number" ? from : Date.parse(from);
  return Number.isNaN(start) ? null : (to - start) / 1000;
}

/** Where something is: its address, else its latitude and longitude. */
export function placeWords(place: { address: string; lon: number; lat: number }): string {
  return place.address || `${place.lat.toFixed(4)}, ${place.lon.toFixed(4)}`;
}

/** "1 call", "2 calls". */
export function count(n: number, one: string, many = `${one}s`): string {
  return `${n} ${n === 1 ? one : many}`;
}

function two(n: number): string {
  return String(n).padStart(2, "0");
}

/** Sort call signs as people do: M2 before M10. */
export const byCallSign = new Intl.Collator("en", { numeric: true }).compare;
