/** Pages to people on call, as the site's API says them. */

import type * as server from "../api/generated";

export type PageAnswer = "accepted" | "declined";

/** A page as the one who was paged sees it. */
export type OwnAlert = server.OwnAlertOut;

export type Channel = server.ChannelOut;

export type OwnPages = server.OwnPagesOut;

/** A page as the desk sees it, with who was asked. */
export type CallPage = server.CallPageOut;

export type CallPages = server.CallPagesOut;
