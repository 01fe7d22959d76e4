/** The county's time, estimated between the server's readings. In the demo it runs at `speed`. */

const SETTLE_MS = 1500; // An error is worked off over about this long, so that nothing on the map jerks.
const JUMP_S = 3; // Real seconds of error beyond which smoothing would only lie: the clock was set anew.

export interface Reading {
  at: string;
  speed: number;
  paused: boolean;
}

/**
 * Estimates simulated time in ms since 1970 from readings that come about once a second.
 *
 * Real time (`realMs`, such as performance.now()) is an argument: the clock itself reads none.
 * Between two readings the estimate never runs backwards, except when the server's clock was set back.
 */
export class SimClock {
  #simMs = 0;
  #realMs = 0;
  #rate = 0;
  #errorMs = 0;
  #shown = -Infinity;
  #heard = false;

  get rate(): number {
    return this.#rate;
  }

  get known(): boolean {
    return this.#heard;
  }

  /** Take a reading of the server's clock. */
  hear(reading: Reading, realMs: number): void {
    const at = Date.parse(reading.at);
    if (Number.isNaN(at)) return;
    const rate = reading.paused ? 0 : reading.speed;
    const estimate = this.#estimate(realMs);
    const error = at - estimate;
    const tolerance = JUMP_S * 1000 * Math.max(1, rate, this.#rate);
    if (!this.#heard || Math.abs(error) > tolerance) {
      this.#simMs = at;
      this.#errorMs = 0;
      this.#shown = -Infinity;
    } else {
      this.#simMs = estimate;
      this.#errorMs = error;
    }
    this.#realMs = realMs;
    this.#rate = rate;
    this.#heard = true;
  }

  /** The county's time now, in ms since 1970. */
  read(realMs: number): number {
    this.#shown = Math.max(this.#shown, this.#estimate(realMs));
    return this.#shown;
  }

  #estimate(realMs: number): number {
    const gone = Math.max(0, realMs - this.#realMs);
    return this.#simMs + this.#rate * gone + this.#errorMs * (1 - Math.exp(-gone / SETTLE_MS));
  }
}
