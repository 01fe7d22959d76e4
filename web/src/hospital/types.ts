/** What a hospital's page is told of itself: its own patients, its own status, its own beds. */

import type * as server from "../api/generated";

export type Prealert = server.PrealertOut;

export type Inbound = server.InboundOut;

export type HandedOver = server.HandedOverOut;

export type NotComing = server.NotComingOut;

export type Standing = server.StandingOut;

export type Limit = server.LimitOut;

export type Named = server.WordsOut;

export type HospitalView = server.HospitalViewOut;
