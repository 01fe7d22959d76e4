/**
 * The marks on the map, on a canvas above it: drawn anew every frame, past React and past the map's own layers,
 * so that 300 units move smoothly.
 */

import type { Call, Hospital, Unit } from "../api/types";
import { elapsed, placeWords, secondsBetween } from "../kit/format";
import { STATUSES } from "../kit/words";
import { deskOf } from "../desk/deskOf";
import type { State } from "../desk/store";
import type { Palette } from "./baseStyle";
import { WORDS_FROM_ZOOM } from "./incidents";
import { arrivesIn, freshness, whereIs, whereOnRoute } from "./motion";
import { callsToDraw, fleetScene, type Gathering } from "./scene";
import { font, Sprites, widthOf, type Brush } from "./sprites";

export interface View {
  width: number;
  height: number;
  zoom: number;
  project: (lon: number, lat: number) => { x: number; y: number };
  /** Where the crosshair stands while a place is picked. */
  centre: { x: number; y: number };
}

/** What the pointer can find. */
export interface Spot {
  x: number;
  y: number;
  reach: number;
  kind: "call" | "unit" | "hospital";
  id: string;
  words: string;
}

interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

const PILL = 16;
const CORNERS: Record<string, number> = { ambulance: 4, engine: 0, truck: 0, rescue: 0 };

export class Overlay {
  spots: Spot[] = [];
  readonly #brush: CanvasRenderingContext2D;
  readonly #colour: Palette;
  readonly #sprites: Sprites;
  #taken: Box[] = [];
  #view: View = { width: 0, height: 0, zoom: 0, project: () => ({ x: 0, y: 0 }), centre: { x: 0, y: 0 } };

  constructor(brush: CanvasRenderingContext2D, colour: Palette, ratio: number) {
    this.#brush = brush;
    this.#colour = colour;
    this.#sprites = new Sprites(ratio);
  }

  draw(state: State, view: View, simMs: number): void {
    const { picture } = state;
    this.#view = view;
    this.#taken = [];
    this.spots = [];
    this.#brush.clearRect(0, 0, view.width, view.height);
    if (!picture) return;
    this.#brush.textBaseline = "middle";
    this.#routes(state, simMs);
    this.#stations(state);
    for (const hospital of picture.hospitals.values()) this.#hospital(hospital);
    const calls = callsToDraw(picture.calls);
    for (const call of calls) this.#staging(call);
    const over = (call: Call) => call.state === "transporting" && call.id !== state.selectedCall;
    for (const call of calls.filter(over)) this.#call(call, false, simMs);
    this.#units(state, simMs);
    for (const call of calls) if (!over(call)) this.#call(call, call.id === state.selectedCall, simMs);
    if (state.mode.kind === "placing") this.#crosshair(view.centre.x, view.centre.y);
    if (state.mode.kind === "describing") {
      const { x, y } = view.project(state.mode.place.lon, state.mode.place.lat);
      this.#crosshair(x, y);
    }
  }

  /** The nearest thing under the pointer; calls before units before hospitals. */
  hit(x: number, y: number): Spot | null {
    let best: Spot | null = null;
    let least = Infinity;
    for (const spot of this.spots) {
      const away = Math.hypot(spot.x - x, spot.y - y) - (spot.kind === "call" ? 4 : 0);
      if (away <= spot.reach && away < least) [best, least] = [spot, away];
    }
    return best;
  }

  // ---- Ways to the selected call ----

  #routes(state: State, simMs: number): void {
    const { picture, selectedCall, selectedUnit } = state;
    if (!picture) return;
    for (const unit of picture.units.values()) {
      const wanted = unit.id === selectedUnit || (selectedCall !== null && unit.call_id === selectedCall);
      if (wanted) this.#route(unit, simMs);
    }
    const { call, unsent } = deskOf(state);
    if (!call || call.state === "closed") return;
    const to = this.#view.project(call.lon, call.lat);
    for (const one of unsent) {
      const unit = picture.units.get(one.unit);
      const where = unit && whereIs(unit, simMs);
      if (!where) continue;
      const from = this.#view.project(where.lon, where.lat);
      this.#line([from, to], this.#colour("muted"), 2, [6, 5]);
      this.#minutes((from.x + to.x) / 2, (from.y + to.y) / 2, `${unit.call_sign} ${elapsed(one.arrive_s)}`);
    }
  }

  #route(unit: Unit, simMs: number): void {
    const here = unit.route && whereOnRoute(unit.route, simMs);
    if (!here || !unit.route) return;
    const rest = unit.route.points.slice(here.passed + 1);
    if (rest.length === 0) return;
    const line = [this.#view.project(here.lon, here.lat), ...rest.map(([lon, lat]) => this.#view.project(lon, lat))];
    this.#line(line, this.#colour("map-ground"), 7);
    this.#line(line, this.#colour(unit.status), 4);
    const middle = line[Math.floor(line.length / 2)];
    const left = elapsed(arrivesIn(unit, simMs));
    if (middle && left) this.#minutes(middle.x, middle.y, left);
  }

  #line(points: { x: number; y: number }[], colour: string, width: number, dash: number[] = []): void {
    const brush = this.#brush;
    brush.beginPath();
    for (const { x, y } of points) brush.lineTo(x, y);
    brush.strokeStyle = colour;
    brush.lineWidth = width;
    brush.lineJoin = "round";
    brush.setLineDash(dash);
    brush.stroke();
    brush.setLineDash([]);
  }

  #minutes(x: number, y: number, words: string): void {
    const brush = this.#brush;
    const wide = widthOf(brush, words, font(12, true)) + 12;
    this.#take(x, y, wide, 18);
    this.#plate(brush, x, y, wide, 18, 4, this.#colour("panel"), this.#colour("line-strong"));
    this.#words(x, y, words, this.#colour("ink"), font(12, true));
  }

  // ---- Posts ----

  #stations({ picture }: State): void {
    for (const station of picture?.board.stations ?? []) {
      const { x, y } = this.#view.project(station.lon, station.lat);
      if (this.#outside(x, y)) continue;
      this.#sprites.stamp(this.#brush, "station", { x, y, width: 16, height: 16 }, (on) => {
        on.beginPath();
        for (const [dx, dy] of [[-5, 5], [-5, -1], [0, -6], [5, -1], [5, 5]] as const) on.lineTo(dx, dy);
        on.closePath();
        on.fillStyle = this.#colour("map-ground");
        on.strokeStyle = this.#colour("muted");
        on.lineWidth = 1.5;
        on.fill();
        on.stroke();
      });
      if (this.#view.zoom >= 12.5) this.#label(x, y - 15, station.name, this.#colour("muted"));
    }
  }

  #hospital(hospital: Hospital): void {
    const { x, y } = this.#view.project(hospital.lon, hospital.lat);
    if (this.#outside(x, y)) return;
    const diverting = hospital.diverting !== null;
    this.#take(x, y, 22, 22);
    this.#sprites.stamp(this.#brush, `H${diverting}`, { x, y, width: 26, height: 26 }, (on) => {
      this.#plate(on, 0, 0, 20, 20, 4, this.#colour("panel"), this.#colour("ink"), 1.5);
      on.font = font(13, true);
      on.textAlign = "center";
      on.textBaseline = "middle";
      on.fillStyle = this.#colour("ink");
      on.fillText("H", 0, 1);
      if (!diverting) return;
      on.beginPath();
      on.moveTo(-12, 12);
      on.lineTo(12, -12);
      on.strokeStyle = this.#colour("ink");
      on.lineWidth = 2;
      on.stroke();
    });
    if (hospital.inbound > 0) {
      const words = String(hospital.inbound);
      this.#plate(this.#brush, x + 12, y - 11, 16, 14, 7, this.#colour("ink"));
      this.#words(x + 12, y - 11, words, this.#colour("panel"), font(11, true));
    }
    if (this.#view.zoom >= 12) {
      const face = font(12);
      const wide = widthOf(this.#brush, hospital.name, face);
      this.#label(x + 17 + wide / 2, y + 1, hospital.name, this.#colour("muted"), face);
    }
    const note = diverting ? "\nDiverts" : "";
    this.spots.push({
      x, y, reach: 14, kind: "hospital", id: hospital.id,
      words: `${hospital.name}\n${hospital.inbound} inbound, ${hospital.at_door} at the door${note}`,
    });
  }

  /** The ground draws where units wait; here it is kept free of names, and found by the pointer. */
  #staging({ id, staging }: Call): void {
    if (!staging || this.#view.zoom < WORDS_FROM_ZOOM) return;
    const { x, y } = this.#view.project(staging.lon, staging.lat);
    if (this.#outside(x, y)) return;
    this.#take(x, y - 8, 90, 36);
    const where = staging.where && `\n${staging.where}`;
    this.spots.push({ x, y, reach: 11, kind: "call", id, words: `Units of ${id} wait here\n${staging.label}${where}` });
  }

  // ---- Units ----

  #units(state: State, simMs: number): void {
    if (!state.picture) return;
    const { moving, standing } = fleetScene(state.picture.units, simMs);
    for (const place of standing) {
      const { x, y } = this.#view.project(place.lon, place.lat);
      if (this.#outside(x, y)) continue;
      // What stands is at a post, a call or a door: its row of marks hangs below that.
      let right = x - place.gatherings.reduce((sum, one) => sum + this.#pillWidth(one) + 4, -4) / 2;
      for (const one of place.gatherings) {
        const wide = this.#pillWidth(one);
        this.#gathering(one, right + wide / 2, y + 18, wide, state, simMs);
        right += wide + 4;
      }
    }
    moving.sort((a, b) => Number(b.unit.call_id === state.selectedCall) - Number(a.unit.call_id === state.selectedCall));
    for (const { unit, lon, lat, bearing } of moving) {
      const { x, y } = this.#view.project(lon, lat);
      if (this.#outside(x, y)) continue;
      if (bearing !== null) this.#nose(x, y, bearing, this.#colour(unit.status));
      this.#pill(x, y, 26, unit, STATUSES[unit.status].mark, 1);
      this.#ring(unit, state, x, y, 26);
      this.#signs([unit], x, y + 15);
      this.#find([unit], x, y, 13);
    }
  }

  #pillWidth(one: Gathering): number {
    return one.units.length === 1 ? 26 : 40;
  }

  #gathering(one: Gathering, x: number, y: number, wide: number, state: State, simMs: number): void {
    const [first] = one.units;
    if (!first) return;
    const { mark } = STATUSES[one.status];
    const words = one.units.length === 1 ? mark : `${mark} ${one.units.length}`;
    const fresh = Math.max(...one.units.map((unit) => freshness(unit, simMs)));
    this.#pill(x, y, wide, first, words, fresh);
    const picked = one.units.find((unit) => unit.id === state.selectedUnit);
    if (picked) this.#ring(picked, state, x, y, wide);
    // Free units at their posts are many: their call signs wait for a closer look.
    if (one.status !== "available" || this.#view.zoom >= 12 || picked) this.#signs(one.units, x, y + 15);
    this.#find(one.units, x, y, wide / 2);
  }

  #pill(x: number, y: number, wide: number, unit: Unit, words: string, fresh: number): void {
    const corner = CORNERS[unit.type] ?? PILL / 2;
    this.#take(x, y, wide, PILL);
    this.#brush.globalAlpha = fresh;
    const name = `pill ${unit.status} ${words} ${corner}`;
    this.#sprites.stamp(this.#brush, name, { x, y, width: wide + 4, height: PILL + 4 }, (on) => {
      this.#plate(on, 0, 0, wide, PILL, corner, this.#colour(unit.status), this.#colour("map-ground"));
      on.font = font(11, true);
      on.textAlign = "center";
      on.textBaseline = "middle";
      on.fillStyle = this.#colour("on-mark");
      on.fillText(words, 0, 0.5);
    });
    this.#brush.globalAlpha = 1;
  }

  #nose(x: number, y: number, bearing: number, colour: string): void {
    const brush = this.#brush;
    brush.save();
    brush.translate(x, y);
    brush.rotate((bearing * Math.PI) / 180);
    brush.beginPath();
    brush.moveTo(0, -20);
    brush.lineTo(6, -11);
    brush.lineTo(-6, -11);
    brush.closePath();
    brush.fillStyle = colour;
    brush.fill();
    brush.restore();
  }

  #ring(unit: Unit, state: State, x: number, y: number, wide: number): void {
    const mine = unit.id === state.selectedUnit || (unit.call_id !== null && unit.call_id === state.selectedCall);
    if (mine) this.#plate(this.#brush, x, y, wide + 6, PILL + 6, 7, null, this.#colour("ink"), 1.5);
  }

  #signs(units: readonly Unit[], x: number, y: number): void {
    const words = units.length <= 3 ? units.map((unit) => unit.call_sign).join(" ") : "";
    if (words) this.#label(x, y, words, this.#colour("ink"));
  }

  #find(units: readonly Unit[], x: number, y: number, reach: number): void {
    const [first] = units;
    if (!first) return;
    const who = units.map((unit) => unit.call_sign).join(", ");
    const doing = STATUSES[first.status].label;
    this.spots.push({ x, y, reach, kind: "unit", id: first.id, words: `${who}\n${doing}${first.call_id ? `, ${first.call_id}` : ""}` });
  }

  // ---- Calls ----

  #call(call: Call, selected: boolean, simMs: number): void {
    const { x, y } = this.#view.project(call.lon, call.lat);
    if (this.#outside(x, y)) return;
    const waiting = call.state === "waiting";
    // Only what still waits for somebody is loud. A patient who has left leaves an outline behind.
    const size = waiting || call.state === "assigned" ? 20 : 16;
    const left = call.state === "transporting";
    const name = `call ${call.priority} ${call.state} ${selected}`;
    this.#take(x, y, size + 2, size + 2);
    this.#sprites.stamp(this.#brush, name, { x, y, width: 40, height: 40 }, (on) => {
      if (selected) this.#plate(on, 0, 0, 36, 36, call.priority === 1 ? 0 : 18, null, this.#colour("ink"), 2);
      this.#callMark(on, call.priority, size, waiting, left);
    });
    this.spots.push({
      x, y, reach: 15, kind: "call", id: call.id,
      words: `${call.id}, priority ${call.priority}\n${call.nature_label}\n${placeWords(call)}`,
    });
    if (left && !selected) return;
    const age = elapsed(secondsBetween(call.received_at, simMs));
    const words = selected ? `${call.nature_label} ${age}` : age;
    const face = font(12, waiting || selected);
    const wide = widthOf(this.#brush, words.replace(/\d/g, "0"), face);
    const away = (selected ? 22 : waiting ? 18 : 15) + wide / 2;
    const label = { x: x + away + wide / 2 > this.#view.width ? x - away : x + away, y };
    // The age of a call that nobody has reached is never left out for want of room.
    if (size < 20 && !selected && !this.#free(label.x, label.y, wide, 14)) return;
    this.#take(label.x, label.y, wide, 14);
    const tone = size === 20 || selected ? "ink" : "muted";
    this.#words(label.x, label.y, words, this.#colour(tone), face, this.#colour("map-ground"));
  }

  #callMark(on: Brush, priority: number, size: number, waiting: boolean, hollow: boolean): void {
    const tone = priority === 1 ? this.#colour("p1") : priority === 2 ? this.#colour("p2") : null;
    const corner = priority === 1 ? 0 : size / 2;
    const outline = tone ?? this.#colour(priority === 3 ? "ink" : "line-strong");
    const filled = tone !== null && !hollow;
    if (waiting) this.#plate(on, 0, 0, 28, 28, corner && 14, null, tone ?? this.#colour("ink"), 2);
    this.#plate(
      on, 0, 0, size, size, corner,
      filled ? tone : this.#colour("panel"), filled ? this.#colour("map-ground") : outline, filled ? 1 : 1.5,
    );
    on.font = font(size === 20 ? 13 : 11, true);
    on.textAlign = "center";
    on.textBaseline = "middle";
    on.fillStyle = this.#colour(filled ? "on-mark" : "ink");
    on.fillText(String(priority), 0, 0.5);
  }

  #crosshair(x: number, y: number): void {
    for (const [colour, width] of [[this.#colour("map-ground"), 5], [this.#colour("ink"), 2]] as const) {
      this.#line([{ x: x - 18, y }, { x: x - 5, y }], colour, width);
      this.#line([{ x: x + 5, y }, { x: x + 18, y }], colour, width);
      this.#line([{ x, y: y - 18 }, { x, y: y - 5 }], colour, width);
      this.#line([{ x, y: y + 5 }, { x, y: y + 18 }], colour, width);
    }
  }

  // ---- Strokes ----

  #plate(
    on: Brush,
    x: number,
    y: number,
    wide: number,
    high: number,
    corner: number,
    fill: string | null,
    edge?: string,
    width = 1,
  ): void {
    on.beginPath();
    on.roundRect(x - wide / 2, y - high / 2, wide, high, corner);
    if (fill !== null) {
      on.fillStyle = fill;
      on.fill();
    }
    if (edge === undefined) return;
    on.strokeStyle = edge;
    on.lineWidth = width;
    on.stroke();
  }

  #words(x: number, y: number, words: string, colour: string, face: string, halo?: string): void {
    const brush = this.#brush;
    brush.font = face;
    brush.textAlign = "center";
    if (halo !== undefined) {
      brush.strokeStyle = halo;
      brush.lineWidth = 3;
      brush.lineJoin = "round";
      brush.strokeText(words, x, y);
    }
    brush.fillStyle = colour;
    brush.fillText(words, x, y);
  }

  /** Words where there is room for them; left out where they would cover another mark. */
  #label(x: number, y: number, words: string, colour: string, face = font(11)): void {
    const wide = widthOf(this.#brush, words, face);
    if (!this.#free(x, y, wide, 12)) return;
    this.#take(x, y, wide, 12);
    this.#sprites.stamp(this.#brush, `${face}|${colour}|${words}`, { x, y, width: wide + 8, height: 20 }, (on) => {
      on.font = face;
      on.textAlign = "center";
      on.textBaseline = "middle";
      on.lineJoin = "round";
      on.lineWidth = 3;
      on.strokeStyle = this.#colour("map-ground");
      on.strokeText(words, 0, 0);
      on.fillStyle = colour;
      on.fillText(words, 0, 0);
    });
  }

  #take(x: number, y: number, wide: number, high: number): void {
    this.#taken.push({ left: x - wide / 2, right: x + wide / 2, top: y - high / 2, bottom: y + high / 2 });
  }

  #free(x: number, y: number, wide: number, high: number): boolean {
    const [left, right, top, bottom] = [x - wide / 2, x + wide / 2, y - high / 2, y + high / 2];
    return !this.#taken.some((box) => left < box.right && right > box.left && top < box.bottom && bottom > box.top);
  }

  #outside(x: number, y: number): boolean {
    return x < -60 || y < -60 || x > this.#view.width + 60 || y > this.#view.height + 60;
  }
}
