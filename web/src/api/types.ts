/** The shapes of the site's API. Times are ISO-8601 UTC with milliseconds; seconds are numbers. */

import type { Aid, Alarm, Hold } from "./aid";
import type { CoResponder, Proposed, SaidSafe } from "./coResponders";
import type { Claim, Staging, Suggestion } from "./incidents";
import type { PageCount } from "../paging/types";
import type * as server from "./generated";

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
  /** Reported by its device, or estimated from its last status and the roads. */
  source?: "reported" | "estimated";
  accuracy_m?: number | null;
  /** When its device last reported, also where that is too old to count; null for never. */
  reported_at?: string | null;
}

/** Where a unit is between facts, and what that suggests. */
export interface Moved {
  unit: string;
  position: Position | null;
  suggestion: Suggestion | null;
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

/** That a crew is in danger, and who at the desk has it in hand; null and "" while nobody has. */
export interface MaydayCalled {
  at: string;
  by: string;
  call_id: string | null;
  acknowledged_at: string | null;
  acknowledged_by: string;
}

/** Whether a crew has its page, is in danger, is asked whether it is all right, and what it asks for. */
export interface CrewSignals {
  phones: number;
  mayday: MaydayCalled | null;
  par: { call_id: string; ask_at: string; due_at: string; missed_at: string | null } | null;
  asks: readonly { id: string; call_id: string; kind: string; at: string }[];
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
  /** What limits its time in its status; it sounds by the desk's own clock. */
  alarm?: Alarm | null;
  /** The post it was ordered to beside its own. */
  post?: string | null;
  /** By whom it is lent. */
  lent?: { request: string; by: string; due_at: string | null } | null;
  /** It was lent and went home. */
  gone?: boolean;
  /** What its crew's page says: null while there is nothing. */
  signals?: CrewSignals | null;
  /** That it seems to have come to where it was going: a person confirms it. */
  suggestion?: Suggestion | null;
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
  /** When its call turned out to be elsewhere; null for never. */
  retargeted_at?: string | null;
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
  /** Pages to people on call that are not over. */
  pages?: PageCount[];
  /** Units that are on their way and no longer needed, and why. */
  stand_down?: { unit: string; why: string }[];
  /** How it stands in the hold queue; null while it does not wait there. */
  hold?: Hold | null;
  claim?: Claim | null;
  staging?: Staging | null;
  /** Services that the house does not run, asked for help; and those that a plan proposes. */
  co_responders?: CoResponder[];
  proposed?: Proposed[];
  /** Who said that the scene is safe where units wait; a person clears it. */
  said_safe?: SaidSafe | null;
  /** Other incidents of the same event. */
  linked?: string[];
  /** The call that this one was made out of. */
  split_from?: string | null;
  place_changed_at?: string | null;
  closed_at?: string | null;
  outcome?: string;
  reopened?: { at: string; by: string; reason: string } | null;
}

export type Diversion = server.DivertingOut;

export interface Hospital {
  id: string;
  name: string;
  lon: number;
  lat: number;
  kind: string;
  capabilities: string[];
  diverting: Diversion | null;
  /** Something is slow or short there; it passes nobody over. */
  advisory?: Diversion | null;
  /** Pre-alerts that nobody there has seen. */
  unanswered?: { call_id: string; unit: string; kind: string; sent_at: string }[];
  inbound: number;
  at_door: number;
}

export type Station = server.StationOut;

export type Nature = server.NatureOut;

export type PriorityMeasure = server.PriorityMeasureOut;

export interface Measures {
  date: string;
  response: { n: number; median_s: number | null; p90_s: number | null; histogram: { upto_s: number; n: number }[] };
  by_priority: PriorityMeasure[];
}

export type ClockReading = server.ClockOut;

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
  aid?: Aid[];
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
  changed?: { units?: Unit[]; calls?: Call[]; hospitals?: Hospital[]; measures?: Measures; aid?: Aid[] };
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
