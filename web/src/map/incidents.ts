/** What joins calls on the ground: where the units of a call wait, and which incidents belong together. */

import type { FeatureCollection } from "geojson";
import type { StyleSpecification } from "maplibre-gl";
import type { Call } from "../api/types";
import { FONT, type Palette } from "./baseStyle";

export const INCIDENTS = "incidents";
/** Farther away their words would cover what they stand beside; the list says which calls are staged. */
export const WORDS_FROM_ZOOM = 11;

type Spot = [number, number];

/** Staging points with the way to their call, and a line between linked incidents, each pair once. Closed calls have none. Pure. */
export function incidentsOf(calls: ReadonlyMap<string, Call>): FeatureCollection {
  const found: FeatureCollection = { type: "FeatureCollection", features: [] };
  const line = (what: string, words: string, from: Spot, to: Spot) =>
    found.features.push({ type: "Feature", properties: { what, words }, geometry: { type: "LineString", coordinates: [from, to] } });
  const open = [...calls.values()].filter((call) => call.state !== "closed").sort((a, b) => a.id.localeCompare(b.id));
  for (const call of open) {
    for (const id of [...(call.linked ?? [])].sort()) {
      const other = calls.get(id);
      if (other && other.state !== "closed" && call.id < id) line("linked", "Linked", [call.lon, call.lat], [other.lon, other.lat]);
    }
    if (!call.staging) continue;
    const { lon, lat } = call.staging;
    line("to_scene", "", [lon, lat], [call.lon, call.lat]);
    const words = `Staging ${call.id}`;
    found.features.push({ type: "Feature", properties: { what: "staging", words }, geometry: { type: "Point", coordinates: [lon, lat] } });
  }
  return found;
}

/** Marks in the ink of the theme, told apart by letter, words and strokes: colour belongs to status. */
export function pushIncidents(style: StyleSpecification, colour: Palette, data: FeatureCollection): void {
  style.sources[INCIDENTS] = { type: "geojson", data };
  const only = (what: string): ["==", string, string] => ["==", "what", what];
  const halo = { "text-color": colour("ink"), "text-halo-color": colour("map-ground"), "text-halo-width": 2 };
  const always = { "text-font": FONT, "text-allow-overlap": true, "text-ignore-placement": true };
  const muted = { "line-color": colour("muted") };
  style.layers.push(
    {
      // Two lines beside each other: a dashed one is the way of a unit that was not sent yet.
      id: "linked", type: "line", source: INCIDENTS, filter: only("linked"),
      paint: { ...muted, "line-width": 1.5, "line-gap-width": 3 },
    },
    {
      id: "to-scene", type: "line", source: INCIDENTS, filter: only("to_scene"),
      paint: { ...muted, "line-width": 2, "line-dasharray": [1, 2] },
    },
    {
      id: "linked-words", type: "symbol", source: INCIDENTS, minzoom: WORDS_FROM_ZOOM, filter: only("linked"),
      layout: { ...always, "symbol-placement": "line", "symbol-spacing": 180, "text-field": ["get", "words"], "text-size": 11 },
      paint: halo,
    },
    {
      id: "staging", type: "circle", source: INCIDENTS, minzoom: WORDS_FROM_ZOOM, filter: only("staging"),
      paint: { "circle-radius": 9, "circle-color": colour("panel"), "circle-stroke-color": colour("ink"), "circle-stroke-width": 1.5 },
    },
    {
      id: "staging-letter", type: "symbol", source: INCIDENTS, minzoom: WORDS_FROM_ZOOM, filter: only("staging"),
      layout: { ...always, "text-field": "S", "text-size": 12 },
      paint: { "text-color": colour("ink") },
    },
    {
      // Above the point: the units that wait there hang below it.
      id: "staging-words", type: "symbol", source: INCIDENTS, minzoom: WORDS_FROM_ZOOM, filter: only("staging"),
      layout: { ...always, "text-field": ["get", "words"], "text-size": 12, "text-anchor": "bottom", "text-offset": [0, -1] },
      paint: halo,
    },
  );
}
