/** One hospital's feed. */

import type { SimClock } from "../kit/clock";
import { OwnFeed, type Outside } from "../kit/ownFeed";
import type { HospitalView } from "./types";

export type { Source } from "../kit/ownFeed";

export class HospitalFeed extends OwnFeed<HospitalView> {
  constructor(clock: SimClock, outside: Outside) {
    super("hospital", clock, outside);
  }
}
