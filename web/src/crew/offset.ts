/** How far this device's clock is off, measured by some round trips to the site. */

export interface Offset {
  /** How far the site's clock was ahead of this device's, in ms. */
  offsetMs: number;
  /** The shortest round trip: half of it is how well the offset is known. */
  tripMs: number;
  /** When, by this device's clock. */
  atMs: number;
}

const TRIPS = 5;

/** Ask the site several times what time it is; the median of what comes out is kept. Throws what `ask` throws. */
export async function measure(ask: () => Promise<number>, nowMs: () => number): Promise<Offset> {
  const found: { offset: number; trip: number }[] = [];
  for (let i = 0; i < TRIPS; i++) {
    const before = nowMs();
    const site = await ask();
    const after = nowMs();
    found.push({ offset: site - (before + after) / 2, trip: after - before });
  }
  const offsets = found.map((one) => one.offset).sort((a, b) => a - b);
  return {
    offsetMs: Math.round(offsets[Math.floor(TRIPS / 2)] ?? 0),
    tripMs: Math.round(Math.min(...found.map((one) => one.trip))),
    atMs: nowMs(),
  };
}

/** How far it is off at a moment of this device's clock. `rate` is how fast the site's clock runs: 1 but in a demo. */
export function offsetAt(known: Offset, deviceMs: number, rate: number): number {
  return Math.round(known.offsetMs + (rate - 1) * (deviceMs - known.atMs));
}
