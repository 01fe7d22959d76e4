/** The muted base map, in the theme's own colours: no colour on it competes with a status. */

import type {
  DataDrivenPropertyValueSpecification,
  ExpressionSpecification,
  FilterSpecification,
  StyleSpecification,
} from "maplibre-gl";

export type Palette = (token: string) => string;

/** Reads the tokens of the theme in force. */
export function palette(): Palette {
  const style = getComputedStyle(document.documentElement);
  const read = new Map<string, string>();
  return (token) => {
    let value = read.get(token);
    if (value === undefined) read.set(token, (value = style.getPropertyValue(`--${token}`).trim()));
    return value;
  };
}

const MAJOR = ["freeway", "highway"];
const MIDDLE = ["arterial", "collector", "ramp"];
export const FONT = ["sans-serif"]; // No `glyphs` in the style: names are drawn with this machine's own font.

function width(far: number, near: number): DataDrivenPropertyValueSpecification<number> {
  return ["interpolate", ["exponential", 1.6], ["zoom"], 9, far, 17, near];
}

function of(classes: string[]): ExpressionSpecification {
  return ["in", ["get", "class"], ["literal", classes]];
}

export function baseStyle(colour: Palette, layers: readonly string[]): StyleSpecification {
  const style: StyleSpecification = {
    version: 8,
    sources: {},
    layers: [{ id: "ground", type: "background", paint: { "background-color": colour("map-ground") } }],
  };
  for (const name of layers) {
    style.sources[name] = { type: "geojson", data: `/map/${name}.geojson`, tolerance: 0.5 };
  }
  if (layers.includes("areas")) {
    style.layers.push(
      { id: "green", type: "fill", source: "areas", filter: of(["green"]), paint: { "fill-color": colour("map-green") } },
      { id: "water", type: "fill", source: "areas", filter: of(["water"]), paint: { "fill-color": colour("map-water") } },
    );
  }
  if (layers.includes("roads")) pushRoads(style, colour);
  if (layers.includes("places")) {
    style.layers.push({
      id: "places",
      type: "symbol",
      source: "places",
      // Above the point: the post of the village stands on it.
      layout: {
        "text-field": ["get", "name"],
        "text-size": ["match", ["get", "class"], ["city", "town"], 14, 12],
        "text-font": FONT,
        "text-anchor": "bottom",
        "text-offset": [0, -0.9],
      },
      paint: { "text-color": colour("map-name"), "text-halo-color": colour("map-ground"), "text-halo-width": 1.5 },
    });
  }
  return style;
}

function pushRoads(style: StyleSpecification, colour: Palette): void {
  const round = { "line-cap": "round", "line-join": "round" } as const;
  const line = (id: string, filter: FilterSpecification, tone: string, far: number, near: number) =>
    style.layers.push({
      id,
      type: "line",
      source: "roads",
      filter,
      layout: round,
      paint: { "line-color": colour(tone), "line-width": width(far, near) },
    });
  line("roads-minor", ["!", of([...MAJOR, ...MIDDLE])], "map-minor", 0.7, 9);
  line("roads-middle", of(MIDDLE), "map-middle", 1, 12);
  line("roads-major", of(MAJOR), "map-major", 1.6, 15);
  style.layers.push({
    id: "road-names",
    type: "symbol",
    source: "roads",
    minzoom: 12.5,
    layout: {
      "symbol-placement": "line",
      "symbol-spacing": 320,
      "text-field": ["get", "name"],
      "text-size": 11,
      "text-font": FONT,
    },
    paint: { "text-color": colour("map-name"), "text-halo-color": colour("map-ground"), "text-halo-width": 1.5 },
  });
}
