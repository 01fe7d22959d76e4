/** What the rest of the page may ask of the map. Null while there is no map: the lists then carry everything. */

import type { Place } from "../desk/store";

export interface Camera {
  /** Show the whole county. */
  fit: () => void;
  goTo: (place: Place) => void;
  /** Show several places at once, such as a call and who is coming to it. */
  show: (places: readonly Place[]) => void;
  /** Bring a place out from under the card, if it lies there. */
  reveal: (place: Place) => void;
  /** The place under the crosshair: the middle of what no card covers. */
  centre: () => Place;
  /** Move the map by so many pixels. */
  pan: (right: number, down: number) => void;
  focus: () => void;
}

export const camera: { current: Camera | null } = { current: null };
