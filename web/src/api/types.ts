/** The shapes of the site's API. Times are ISO-8601 UTC with milliseconds; seconds are numbers. */

export type Status =
  | "available"
  | "notified"
  | "en_route"
  | "at_scene"
  | "transporting"
  | "at_hospital"
  | "returning"
  | "out_of_service";

export type Priority = 1 | 2 | 3 | 4;

export interface Position {
  lon: number;
  lat: number;
  at: string;
}

/** One point of a route: longitude, latitude, seconds from its start. */
export type RoutePoint = [lon: number, lat: number, seconds: number];

export interface Route {
  started_at: string;
  points: RoutePoint[];
  to: string;
  arrive_at: string;
}

/** What a unit's crew counts for here and now: by level, never by name. */
export interface Crew {
  levels: string[];
  /** How many are aboard by name; null while nobody has said who. */
  aboard: number | null;
  can_transport: boolean;
  why_no_transport: string;
  /** What rests on somebody's word alone. */
  unconfirmed: string[];
  /** Why somebody aboard counts for less. */
  warnings: string[];
  next_change: { at: string; levels: string[]; can_transport: boolean; why: string } | null;
}

export interface Unit {
  id: string;
  call_sign: string;
  agency: string;
  type: string;
  station: string;
  can_transport: boolean;
  status: Status;
  mark: string;
  since: string;
  call_id: string | null;
  position: Position | null;
  route: Route | null;
  destination: string | null;
  crew?: Crew;
}

export interface Chosen {
  slot: string;
  unit: string;
  arrive_s: number;
  reason: string;
  runner_up: string | null;
  margin_s: number | null;
  from_call_id: string | null;
}

export interface Recommendation {
  policy: string;
  plan: string;
  at: string;
  chosen: Chosen[];
  passed_over: { unit: string; why: string }[];
  shortfalls: { slot: string; why: string }[];
}

export interface UnitOnCall {
  unit: string;
  slot: string;
  stamps: Record<string, string>;
}

export type CallState = "waiting" | "assigned" | "on_scene" | "transporting" | "closed";

export interface Call {
  id: string;
  received_at: string;
  lon: number;
  lat: number;
  address: string;
  nature: string;
  nature_label: string;
  priority: number;
  patients: number;
  state: CallState;
  units: UnitOnCall[];
  recommendation: Recommendation | null;
  first_on_scene_at: string | null;
  /** Units that are on their way and no longer needed, and why. */
  stand_down?: { unit: string; why: string }[];
}

export interface Diversion {
  services: string[];
  until: string;
  reason: string;
}

export interface Hospital {
  id: string;
  name: string;
  lon: number;
  lat: number;
  kind: string;
  capabilities: string[];
  diverting: Diversion | null;
  inbound: number;
  at_door: number;
}

export interface Station {
  id: string;
  name: string;
  lon: number;
  lat: number;
  kind: string;
}

export interface Nature {
  key: string;
  label: string;
  default_priority: number;
}

export interface PriorityMeasure {
  priority: number;
  n: number;
  median_s: number | null;
  p90_s: number | null;
  target_s: number | null;
  within: number | null;
}

export interface Measures {
  date: string;
  response: { n: number; median_s: number | null; p90_s: number | null; histogram: { upto_s: number; n: number }[] };
  by_priority: PriorityMeasure[];
}

export interface ClockReading {
  at: string;
  speed: number;
  paused: boolean;
}

export interface Region {
  name: string;
  time_zone: string;
  bounds: [west: number, south: number, east: number, north: number];
  centre: [lon: number, lat: number];
  jurisdiction: string;
  /** Layers of the base map under /map/NAME.geojson: always roads, where known also areas and places. */
  layers?: string[];
  /** Whom the map's data must name, such as "© OpenStreetMap contributors". */
  attribution?: string;
}

export interface Board {
  position: number;
  epoch: string | number;
  at: string;
  clock: ClockReading;
  demo: boolean;
  region: Region;
  stations: Station[];
  hospitals: Hospital[];
  units: Unit[];
  calls: Call[];
  measures: Measures;
  natures: Nature[];
}

/** One recorded fact, as the log's tail shows it. */
export interface Fact {
  position: number;
  name: string;
  at: string;
  recorded_at: string;
  actor: string;
  stream: string;
  payload: Record<string, unknown>;
}

/** A fact from the feed, with the board entries that it changed, whole. */
export interface FeedFact extends Fact {
  changed?: { units?: Unit[]; calls?: Call[]; hospitals?: Hospital[]; measures?: Measures };
}

export interface FeedClock extends ClockReading {
  server_at: string;
  head: number;
  epoch?: string | number;
}

/** Why the server would not do it, in words for a person. */
export interface RefusalBody {
  code: string;
  what: string;
  do: string;
}
