/** What the server says of its answers has to be what this page takes them for: where it is not, this does not compile. */

import type { Draft } from "./calls";
import type * as server from "./generated";
import type { Board, Call, Fact, Hospital, Measures, Recommendation, RefusalBody, Region, Unit } from "./types";

type Agrees<Server extends Page, Page> = Server;

export type Agreed = [
  Agrees<server.BoardOut["position"], Board["position"]>,
  Agrees<server.UnitOut, Omit<Unit, Loose>>,
  Agrees<server.CallOnBoardOut, Omit<Call, Loose>>,
  Agrees<server.HospitalOnBoardOut, Hospital>,
  Agrees<server.MeasuresOut, Measures>,
  Agrees<server.RegionOut, Region>,
  Agrees<server.RecommendationOut, Recommendation>,
  Agrees<server.FactOut, Fact>,
  Agrees<server.DraftEntryOut["version"], Draft["version"]>,
  Agrees<server.Refusal, RefusalBody>,
];

/** Parts that the server does not describe one by one yet. */
type Loose = "signals" | "alarm" | "lent" | "hold";
