/** The shapes of the site's API. Times are ISO-8601 UTC with milliseconds; seconds are numbers. */

import type { Aid, Alarm, Hold } from "./aid";
import type { CoResponder, Proposed, SaidSafe } from "./coResponders";
import type * as server from "./generated";
import type { Claim, Staging, Suggestion } from "./incidents";

export type Status = server.Status;

export type Priority = 1 | 2 | 3 | 4;

export type Position = server.PositionOut;

/** Where a unit is between facts, and what that suggests. */
export interface Moved {
  unit: string;
  position: Position | null;
  suggestion: Suggestion | null;
}

/** One point of a route: longitude, latitude, seconds from its start. */
export type RoutePoint = Route["points"][number];

export type Route = server.RouteOut;

/** What a unit's crew counts for here and now: by level, never by name. */
export type Crew = server.CrewOut;

/** That a crew is in danger, and who at the desk has it in hand; null and "" while nobody has. */
export type MaydayCalled = server.MaydayOut;

/** Whether a crew has its page, is in danger, is asked whether it is all right, and what it asks for. */
export type CrewSignals = server.SignalsOut;

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
  lent?: server.LentByOut | null;
  /** It was lent and went home. */
  gone?: boolean;
  /** What its crew's page says: null while there is nothing. */
  signals?: CrewSignals | null;
  /** That it seems to have come to where it was going: a person confirms it. */
  suggestion?: Suggestion | null;
}

export type Chosen = server.ChosenOut;

export type Recommendation = server.RecommendationOut;

export type UnitOnCall = server.UnitOnCallOut;

export type CallState = server.CallOnBoardOut["state"];

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
  pages?: server.CallsPageOut[];
  /** Units that are on their way and no longer needed, and why. */
  stand_down?: server.StandDownOut[];
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
  reopened?: server.ReopenedOut | null;
}

export type Diversion = server.DivertingOut;

export type Hospital = server.HospitalOnBoardOut;

export type Station = server.StationOut;

export type Nature = server.NatureOut;

export type PriorityMeasure = server.PriorityMeasureOut;

export type Measures = server.MeasuresOut;

export type ClockReading = server.ClockOut;

export type Region = server.RegionOut;

export interface Board {
  position: number;
  epoch: string;
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
export type Fact = server.FactOut;

/** A fact from the feed, with the board entries that it changed, whole. */
export interface FeedFact extends Fact {
  changed?: { units?: Unit[]; calls?: Call[]; hospitals?: Hospital[]; measures?: Measures; aid?: Aid[] };
}

export interface FeedClock extends ClockReading {
  server_at: string;
  head: number;
  epoch?: string;
}

/** Why the server would not do it, in words for a person. */
export type RefusalBody = server.Refusal;
