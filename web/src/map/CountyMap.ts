/** The map of the county: MapLibre draws the ground, the overlay everything that lives on it. */

import { Map as GroundMap, setWorkerUrl, type GeoJSONSource, type LngLatBoundsLike, type StyleSpecification } from "maplibre-gl";
import "maplibre-gl/dist/maplibre-gl.css";
import workerUrl from "maplibre-gl/dist/maplibre-gl-worker.mjs?url";
import type { Call } from "../api/types";
import { actions } from "../desk/actions";
import { store } from "../desk/store";
import { currentTheme } from "../kit/remembered";
import { simNow } from "../kit/ticker";
import { baseStyle, palette, type Palette } from "./baseStyle";
import { camera } from "./camera";
import { INCIDENTS, incidentsOf, pushIncidents } from "./incidents";
import { isMoving } from "./motion";
import { Overlay, type View } from "./Overlay";

setWorkerUrl(workerUrl);

const CARD = 352; // What the selected call's card covers on the left, in pixels.
const WIDE_CARD = 448; // The same while a call is taken or its questions are asked.
const EDGE = 32;
const EASE_MS = 150;
const CLOSE_ZOOM = 12;
const NO_CALLS: ReadonlyMap<string, Call> = new Map();

export class CountyMap {
  readonly #box: HTMLElement;
  readonly #ground: GroundMap;
  readonly #canvas = document.createElement("canvas");
  readonly #tip = document.createElement("div");
  readonly #brush: CanvasRenderingContext2D;
  readonly #stillness = matchMedia("(prefers-reduced-motion: reduce)");
  readonly #unsubscribe: () => void;
  #overlay: Overlay;
  #theme = currentTheme();
  #ratio = 1;
  // Asked of the page in every frame, its size would make the browser lay everything out again.
  #wide = 0;
  #high = 0;
  /** The calls that the ground was last asked about, and what it was told of them. */
  #calls = store.get().picture?.calls ?? NO_CALLS;
  #joined = JSON.stringify(incidentsOf(this.#calls));
  #changed = true;
  #second = 0;
  #frame = 0;
  #removed = false;

  /**
   * Draw the county of the store's board into `box`.
   *
   * Raises an Error where the browser cannot draw maps.
   */
  constructor(box: HTMLElement) {
    this.#box = box;
    const brush = this.#canvas.getContext("2d");
    if (!brush) throw new Error("This browser has no canvas.");
    this.#brush = brush;
    const colour = palette();
    this.#ground = new GroundMap({
      container: box,
      style: this.#style(colour),
      bounds: this.#bounds(),
      fitBoundsOptions: { padding: EDGE },
      attributionControl: false,
      dragRotate: false,
      pitchWithRotate: false,
      fadeDuration: 0,
      maxZoom: 18,
    });
    this.#ground.touchZoomRotate.disableRotation();
    this.#ground.keyboard.disableRotation();
    box.dataset.demo = String(store.get().picture?.board.demo ?? false);
    this.#canvas.className = "marks";
    this.#tip.className = "map-tip";
    box.append(this.#canvas, this.#tip);
    this.#overlay = new Overlay(brush, colour, 1);
    this.#resize();
    this.#listen();
    this.#unsubscribe = store.subscribe(() => this.#storeChanged());
    camera.current = {
      fit: () => {
        const padding = { left: this.#covered() + EDGE, right: EDGE, top: EDGE, bottom: EDGE };
        this.#ground.fitBounds(this.#bounds(), { padding, duration: this.#ease() });
      },
      goTo: ({ lon, lat }) => {
        const zoom = Math.max(this.#ground.getZoom(), CLOSE_ZOOM);
        const offset: [number, number] = [this.#covered() / 2, 0];
        this.#ground.easeTo({ center: [lon, lat], zoom, offset, duration: this.#ease() });
      },
      show: (places) => {
        const lons = places.map((place) => place.lon);
        const lats = places.map((place) => place.lat);
        const corners: LngLatBoundsLike = [Math.min(...lons), Math.min(...lats), Math.max(...lons), Math.max(...lats)];
        const padding = { left: this.#covered() + 60, right: 90, top: 60, bottom: 60 };
        this.#ground.fitBounds(corners, { padding, maxZoom: CLOSE_ZOOM + 1.5, duration: this.#ease() });
      },
      reveal: ({ lon, lat }) => {
        const { x } = this.#ground.project([lon, lat]);
        const [middle] = this.#middle();
        if (x < this.#covered() + EDGE) this.#ground.panBy([x - middle, 0], { duration: this.#ease() });
      },
      centre: () => {
        const { lng, lat } = this.#ground.unproject(this.#middle());
        return { lon: lng, lat };
      },
      pan: (right, down) => this.#ground.panBy([right, down], { duration: 0 }),
      focus: () => this.#ground.getCanvas().focus(),
    };
    this.#frame = requestAnimationFrame(this.#loop);
  }

  remove(): void {
    this.#removed = true;
    camera.current = null;
    cancelAnimationFrame(this.#frame);
    this.#unsubscribe();
    this.#ground.remove();
    this.#canvas.remove();
    this.#tip.remove();
  }

  #layers(): readonly string[] {
    return store.get().picture?.board.region.layers ?? ["roads"];
  }

  #style(colour: Palette): StyleSpecification {
    const style = baseStyle(colour, this.#layers());
    pushIncidents(style, colour, incidentsOf(this.#calls));
    return style;
  }

  /** Tell the ground what joins calls, where that changed: most of what happens to a call does not. */
  #joinCalls(): void {
    const calls = store.get().picture?.calls ?? NO_CALLS;
    const source = this.#ground.getSource<GeoJSONSource>(INCIDENTS);
    if (calls === this.#calls || !source) return;
    this.#calls = calls;
    const data = incidentsOf(calls);
    const told = JSON.stringify(data);
    if (told === this.#joined) return;
    this.#joined = told;
    void source.setData(data);
  }

  #bounds(): LngLatBoundsLike {
    return store.get().picture?.board.region.bounds ?? [-180, -80, 180, 80];
  }

  #ease(): number {
    return this.#stillness.matches ? 0 : EASE_MS;
  }

  #covered(): number {
    const { selectedCall, mode, inHand } = store.get();
    if (mode.kind !== "looking" || (inHand && selectedCall !== null)) return WIDE_CARD;
    return selectedCall !== null ? CARD : 0;
  }

  /** The middle of what no card covers. */
  #middle(): [number, number] {
    return [(this.#covered() + this.#wide) / 2, this.#high / 2];
  }

  #listen(): void {
    const ground = this.#ground;
    ground.on("style.load", () => this.#joinCalls()); // What came while the ground was still read.
    ground.on("resize", () => this.#resize());
    // Drawn in the same beat as the ground, the marks do not swim when it is moved.
    ground.on("render", () => this.#draw());
    ground.on("click", ({ point, lngLat }) => {
      const { mode } = store.get();
      if (mode.kind !== "looking") {
        actions.describe({ lon: lngLat.lng, lat: lngLat.lat });
        return;
      }
      const spot = this.#overlay.hit(point.x, point.y);
      if (spot?.kind === "call") actions.selectCall(spot.id);
      else if (spot?.kind === "unit") store.set({ selectedUnit: spot.id });
    });
    ground.on("mousemove", ({ point }) => this.#point(point.x, point.y));
    ground.on("mouseout", () => this.#point(-1000, -1000));
    ground.on("error", ({ error }) => console.error(error));
  }

  #point(x: number, y: number): void {
    const spot = store.get().mode.kind === "looking" ? this.#overlay.hit(x, y) : null;
    this.#box.dataset.over = String(spot !== null);
    const words = spot?.words ?? "";
    if (this.#tip.textContent !== words) this.#tip.textContent = words;
    if (!spot) return;
    const flip = spot.x > this.#wide - 200 ? "calc(-100% - 16px)" : "16px";
    this.#tip.style.transform = `translate(${spot.x}px, ${spot.y}px) translate(${flip}, 12px)`;
  }

  #resize(): void {
    this.#ratio = window.devicePixelRatio || 1;
    this.#wide = this.#box.clientWidth;
    this.#high = this.#box.clientHeight;
    this.#canvas.width = Math.round(this.#wide * this.#ratio);
    this.#canvas.height = Math.round(this.#high * this.#ratio);
    this.#overlay = new Overlay(this.#brush, palette(), this.#ratio);
    this.#changed = true;
  }

  #storeChanged(): void {
    this.#changed = true;
    this.#joinCalls();
    this.#box.dataset.mode = store.get().mode.kind;
    if (this.#theme === currentTheme()) return;
    this.#theme = currentTheme();
    this.#ground.setStyle(this.#style(palette()));
    this.#resize();
  }

  readonly #loop = (): void => {
    if (this.#removed) return;
    const second = Math.floor(simNow() / 1000);
    // Whoever asked for stillness sees positions once a second, everybody else every frame.
    if (this.#changed || second !== this.#second || (!this.#stillness.matches && this.#anyMoving())) {
      this.#second = second;
      this.#draw();
    }
    this.#frame = requestAnimationFrame(this.#loop);
  };

  #anyMoving(): boolean {
    const simMs = simNow();
    for (const unit of store.get().picture?.units.values() ?? []) if (isMoving(unit, simMs)) return true;
    return false;
  }

  #draw(): void {
    this.#changed = false;
    const [x, y] = this.#middle();
    const view: View = {
      width: this.#wide,
      height: this.#high,
      zoom: this.#ground.getZoom(),
      project: (lon, lat) => this.#ground.project([lon, lat]),
      centre: { x, y },
    };
    this.#brush.setTransform(this.#ratio, 0, 0, this.#ratio, 0, 0);
    this.#overlay.draw(store.get(), view, simNow());
  }
}
