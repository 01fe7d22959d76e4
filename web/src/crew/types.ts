/** What a crew's page is told: its unit, the call it is on, and nothing of anybody else's. */

import type * as server from "../api/generated";

export type Press = server.PressOut;

export type Times = server.TimesBeforeOut;

export type OtherUnit = server.OtherUnitOut;

export type Ask = server.TransportAskOut;

export type SentPrealert = server.PrealertOut;

export type CrewNote = server.NoteShownOut;

/** A page that a phone kept from before may not have the co-responders. */
export type CrewCall = Omit<server.CrewsCallOut, "co_responders"> & Partial<Pick<server.CrewsCallOut, "co_responders">>;

export type Par = server.ParOut;

export type CrewLimit = server.CrewLimitOut;

export type CrewView = Omit<server.CrewViewOut, "call"> & { call: CrewCall | null };

export type SeatRow = server.CheckedSeatOut;

export type ShiftCheck = server.ShiftCheckOut;

export type Checklist = server.ChecklistOut;

export type Destination = server.ChoiceOut;
