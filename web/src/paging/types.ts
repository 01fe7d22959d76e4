/** Pages to people on call, as the site's API says them. */

import type * as server from "../api/generated";

/** How far a page has come: numbers, no names. */
export type PageCount = server.PageCountOut;

export type PageAnswer = "accepted" | "declined";

/** A page as the one who was paged sees it. */
export interface OwnAlert extends PageCount {
  call_sign: string;
  nature_label: string;
  priority: number | null;
  address: string;
  line: string;
  answer: PageAnswer | null;
  answered_at: string | null;
  eta_s: number | null;
  /** Why they take no seat although they come; "" where they take one. */
  counts: string;
}

export interface Channel {
  id: string;
  kind: "email" | "push";
  label: string;
  detail: string;
  /** Only enough of it to tell it from another. */
  address: string;
  since: string;
  heard_at: string | null;
  failures: number;
}

export interface OwnPages {
  person: string;
  at: string;
  alerts: OwnAlert[];
  channels: Channel[];
  /** What this goldenhour can send: e-mail, and the key for pushing to browsers. */
  may: { email: boolean; push: string | null };
  on_call: string[];
}

/** A page as the desk sees it, with who was asked. */
export interface CallPage extends PageCount {
  people: { person: string; answer: PageAnswer | null; answered_at: string | null; eta_s: number | null; counts: string; paged_at: string }[];
}

export interface CallPages {
  call_id: string;
  alerts: CallPage[];
  /** Units of the call for which somebody could be paged. */
  can_page: string[];
  /** `paused`: who would be told of it, and is told nothing for now. */
  station_alerts: { unit: string; line: string; paused: string[] }[];
  messages: { id: string; what: string; unit: string; state: string; attempts: number; said: string; queued_at: string; done_at: string | null }[];
}
