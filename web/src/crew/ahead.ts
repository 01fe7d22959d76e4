/** What the page shows before the site has heard of it: the view, with the taps that are still kept. Pure. */

import type { Status } from "../api/types";
import type { CrewCall, CrewView, Press, Times } from "./types";
import type { Kept, Tap } from "./taps";

const OVER = new Set(["back_in_service", "cancelled"]);
const OFF_SCENE = new Set(["left_scene", "at_destination", ...OVER]);

/**
 * The view as it will be once the site has the taps that wait, and this page has heard of those it took. Refused ones
 * change nothing. Without the latter a step would stand under the thumb again for a moment, and be pressed twice.
 */
export function ahead(view: CrewView, { taps, told }: Pick<Kept, "taps" | "told">): CrewView {
  const unheard = told.filter((one) => !isHeard(view, one));
  return [...unheard, ...taps.filter((one) => one.refused === null)].reduce(step, view);
}

/** True once a view shows a tap, and for the kinds of which it could not be seen. */
export function isHeard(view: CrewView, tap: Tap): boolean {
  if (tap.path.endsWith("/stamps")) return [view.call, view.before].some((one) => one?.presses.some((press) => press.id === tap.id));
  if (tap.path.endsWith("/asks")) return view.call?.asks.some((one) => one.id === tap.id) ?? true;
  return !tap.path.endsWith("/strike") && !tap.path.endsWith("/mayday"); // Told twice these are told once.
}

function step(view: CrewView, tap: Tap): CrewView {
  const at = new Date(tap.atMs).toISOString();
  const what = tap.path.slice(tap.path.indexOf(view.unit.id) + view.unit.id.length + 1);
  if (!tap.path.includes(`/units/${view.unit.id}/`)) return view;
  const say = (field: string) => (typeof tap.body[field] === "string" ? tap.body[field] : "");
  if (what === "stamps") return stamped(view, { id: tap.id, stamp: say("stamp"), at: say("at") || at, flags: [], by: "" }, say("call_id"));
  if (what === "strike") return struck(view, say("struck_id"));
  if (what === "mayday") return { ...view, mayday: view.mayday ?? { at, by: "", call_id: null, acknowledged_at: null, acknowledged_by: "" } };
  if (what === "mayday/end") return { ...view, mayday: null };
  if (what === "par/end") return { ...view, par: null };
  if (what === "par/answer") return view.par ? { ...view, par: asked(view.par, at) } : view;
  if (what === "par") return parStarted(view, say("call_id"), say("because"), at);
  if (view.call?.call_id !== say("call_id")) return view;
  if (what === "asks") {
    const ask = { id: tap.id, call_id: view.call.call_id, kind: say("kind"), at, by: "", answer: "", words: "", answered_at: null, answered_by: "" };
    return { ...view, call: { ...view.call, asks: [...view.call.asks, ask] } };
  }
  if (what === "reassessed") return { ...view, call: { ...view.call, reassessed: { at, times: (view.call.reassessed?.times ?? 0) + 1 } } };
  if (what === "checklists") return { ...view, call: ticked(view.call, say("checklist"), say("item"), tap.body.ticked === false ? "" : at) };
  return view;
}

function stamped(view: CrewView, press: Press, call: string): CrewView {
  const after = onTimes(view, call, (times) => ({
    stamps: { ...times.stamps, [press.stamp]: times.stamps[press.stamp] ?? press.at }, // Of equal times the later press counts.
    presses: [...times.presses, press],
  }));
  const par = view.par && OFF_SCENE.has(press.stamp) ? null : view.par;
  return withStatus({ ...after, par }, press.at);
}

function struck(view: CrewView, id: string): CrewView {
  const change = (times: Times) => {
    const presses = times.presses.filter((one) => one.id !== id);
    const stamps: Record<string, string> = {};
    for (const one of [...presses].sort((a, b) => a.at.localeCompare(b.at))) stamps[one.stamp] ??= one.at;
    return { stamps, presses };
  };
  const after = onTimes(onTimes(view, view.call?.call_id ?? "", change), view.before?.call_id ?? "", change);
  return withStatus(after, view.unit.since);
}

function onTimes(view: CrewView, call: string, act: (times: Times) => Pick<Times, "stamps" | "presses">): CrewView {
  if (view.call && (view.call.call_id === call || call === "")) return { ...view, call: { ...view.call, ...act(view.call) } };
  if (view.before && (view.before.call_id === call || call === "")) return { ...view, before: { ...view.before, ...act(view.before) } };
  return view;
}

/** The status that the latest step leads to, as the site will find it. */
function withStatus(view: CrewView, at: string): CrewView {
  const times = view.call ?? view.before;
  const last = Object.entries(times?.stamps ?? {})
    .filter(([stamp]) => stamp in view.chain.leads_to)
    .reduce<[string, string]>((best, one) => (one[1] >= best[1] ? one : best), ["", ""]);
  const status = view.chain.leads_to[last[0]];
  if (!status || status === view.unit.status) return view;
  return { ...view, unit: { ...view.unit, status, since: at } };
}

function asked(par: NonNullable<CrewView["par"]>, at: string): NonNullable<CrewView["par"]> {
  const next = Date.parse(at) + par.interval_s * 1000;
  if (next <= Date.parse(par.ask_at)) return par;
  return { ...par, ask_at: iso(next), due_at: iso(next + par.grace_s * 1000), missed_at: null };
}

function parStarted(view: CrewView, call: string, because: string, at: string): CrewView {
  const limit = view.limits.par;
  if (!limit || view.par) return view;
  const next = Date.parse(at) + limit.seconds * 1000;
  return {
    ...view,
    par: {
      call_id: call,
      started_at: at,
      because: because || "by hand",
      interval_s: limit.seconds,
      grace_s: limit.grace_s,
      source: limit.source,
      ask_at: iso(next),
      due_at: iso(next + limit.grace_s * 1000),
      missed_at: null,
    },
  };
}

function ticked(call: CrewCall, list: string, item: string, at: string): CrewCall {
  const items = { ...call.ticks[list] };
  if (at) items[item] ??= at;
  else delete items[item];
  return { ...call, ticks: { ...call.ticks, [list]: items } };
}

const iso = (ms: number) => new Date(ms).toISOString();

/** Whether the unit's job is over by its own steps. */
export function isOver(times: Times | null): boolean {
  return !!times && Object.keys(times.stamps).some((stamp) => OVER.has(stamp));
}

/** The steps that usually follow, the likeliest first; those that are stamped already are left out. */
export function following(view: CrewView): string[] {
  const times = view.call ?? view.before;
  if (!times) return view.unit.status === "returning" ? ["at_home"] : [];
  const { stamps } = times;
  const usual = (view.chain.follows[view.unit.status] ?? []).filter((one) => !(one in stamps) && one !== "unit_notified");
  const unread = view.unit.status === "notified" && !("acknowledged" in stamps);
  return unread ? ["acknowledged", ...usual.filter((one) => one !== "acknowledged")] : usual;
}

/** The last step that can be taken back, if there is one. Being told of a call is not the crew's own. */
export function lastPress(view: CrewView): Press | null {
  const presses = (view.call ?? view.before)?.presses ?? [];
  return presses.filter((one) => one.stamp !== "unit_notified").reduce<Press | null>((best, one) => (best === null || one.at >= best.at ? one : best), null);
}

/** Whether a call still waits for this crew to say that it has seen it. */
export function isUnread(view: CrewView): boolean {
  return view.call !== null && view.unit.status === ("notified" satisfies Status) && !("acknowledged" in view.call.stamps);
}

/** When a patient who waits for transport is to be looked at again; null while none waits long. */
export function reassessAt(view: CrewView): string | null {
  const { call, limits } = view;
  const since = call?.stamps.at_patient ?? call?.stamps.on_scene;
  if (!call || !since || !limits.delayed || !limits.reassess) return null;
  if (Object.keys(call.stamps).some((stamp) => OFF_SCENE.has(stamp) || stamp === "transfer_to_other_unit")) return null;
  const delayed = Date.parse(since) + limits.delayed.seconds * 1000;
  const next = call.reassessed ? Date.parse(call.reassessed.at) + limits.reassess.seconds * 1000 : 0;
  return iso(Math.max(delayed, next));
}

