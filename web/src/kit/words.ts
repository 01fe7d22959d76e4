/** The field's own words for the keys that the API speaks. */

import type { Fact, Status } from "../api/types";

export interface StatusWords {
  mark: string;
  label: string;
}

/** In the order in which a dispatcher asks: who is free, who is going, who is bound. */
export const STATUSES: Record<Status, StatusWords> = {
  available: { mark: "AV", label: "Available" },
  notified: { mark: "NT", label: "Notified" },
  en_route: { mark: "ER", label: "En route" },
  at_scene: { mark: "AS", label: "At scene" },
  transporting: { mark: "TR", label: "Transporting" },
  at_hospital: { mark: "AH", label: "At hospital" },
  returning: { mark: "RT", label: "Returning" },
  out_of_service: { mark: "OS", label: "Out of service" },
};

export const STATUS_ORDER = Object.keys(STATUSES) as Status[];

/** The time stamps in the order of a call, with what a person calls them. */
export const STAMPS: Record<string, string> = {
  psap_call: "Call answered",
  dispatch_notified: "Dispatch notified",
  unit_notified: "Notified",
  acknowledged: "Acknowledged",
  en_route: "En route",
  at_staging: "At staging",
  on_scene: "On scene",
  at_patient: "At patient",
  transfer_to_other_unit: "Transferred to other unit",
  left_scene: "Left scene",
  landing_area: "At landing area",
  at_destination: "At destination",
  transfer_of_care: "Transfer of care",
  cancelled: "Cancelled",
  back_in_service: "Back in service",
  at_home: "At home location",
  call_completed: "Call completed",
};

export const STAMP_ORDER = Object.keys(STAMPS);

const SHORT_FORMS = new Set(["stemi", "ed", "icu", "pci", "bls", "als"]);

/** How a call ended. */
export const OUTCOMES: Record<string, string> = {
  transported: "Transported",
  treated_in_place: "Treated in place",
  refused_care: "Care refused",
  handed_over: "Handed over to another service",
  dead_at_scene: "Dead at scene",
  no_patient: "No patient found",
  cancelled: "Cancelled before anybody came",
  false_alarm: "False alarm",
  advice_given: "Advice given, nobody sent",
  duplicate: "The same as another call",
};

/** A key such as `quick_response` when no better word is known. */
export function plain(key: string): string {
  const words = key.replaceAll(/[_.-]+/g, " ").trim();
  if (SHORT_FORMS.has(words.toLowerCase())) return words.toUpperCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

const LEVELS = new Set(["emr", "emt", "aemt"]);

/** A care level as people write it. */
export const levelWords = (level: string): string => (LEVELS.has(level) ? level.toUpperCase() : level);

/** What a name stands for on this board: a unit's call sign, a hospital's name. */
export interface Names {
  unit: (id: string) => string;
  hospital: (id: string) => string;
  nature: (key: string) => string;
}

type Wording = (say: (field: string) => string, names: Names, fact: Fact) => string;

const STAMP_SENTENCES: Record<string, string> = {
  unit_notified: "notified",
  acknowledged: "acknowledged",
  en_route: "en route",
  on_scene: "on scene",
  at_patient: "at the patient",
  left_scene: "left the scene",
  at_destination: "at the destination",
  transfer_of_care: "handed the patient over",
  back_in_service: "back in service",
  at_home: "home",
  cancelled: "cancelled",
};

const WORDINGS: Record<string, Wording> = {
  "calls.call_received": (say, names) =>
    `${say("call_id")}: priority ${say("priority")}, ${names.nature(say("nature"))}`,
  "calls.priority_changed": (say) => `${say("call_id")} is now priority ${say("priority")}. ${say("reason")}`,
  "calls.call_closed": (say) => `${say("call_id")} closed: ${plain(say("outcome")).toLowerCase()}`,
  "calls.draft_begun": (say) => `${say("call_id")} is being taken`,
  "calls.draft_changed": (say) => `${say("call_id")}: more was typed`,
  "calls.draft_taken_over": (say) => `${say("call_id")} taken over from ${say("former")}`,
  "calls.draft_discarded": (say) => `${say("call_id")} is no call: ${say("reason")}`,
  "calls.draft_sent": (say) => `${say("call_id")} sent to dispatch`,
  "calls.question_answered": (say) => `${say("call_id")}: ${plain(say("question")).toLowerCase()}, ${plain(say("answer")).toLowerCase()}`,
  "calls.determinant_reached": (say) => `${say("call_id")}: ${say("label")}, priority ${say("priority")}`,
  "calls.nature_changed": (say, names) => `${say("call_id")} is now ${names.nature(say("nature")).toLowerCase()}`,
  "calls.arrest_recognised": (say) => `${say("call_id")}: cardiac arrest recognised`,
  "calls.first_compression": (say) => `${say("call_id")}: first compression`,
  "calls.instruction_given": (say) => `${say("call_id")} told: ${plain(say("script"))}, ${plain(say("step")).toLowerCase()}`,
  "calls.script_stopped": (say) => `${say("call_id")}: ${plain(say("script"))} stopped`,
  "calls.duplicate_linked": (say) => `${say("call_id")} is the same as ${say("same_as")}`,
  "calls.disposition_given": (say) => `${say("call_id")}: ${plain(say("kind")).toLowerCase()}`,
  "calls.place_changed": (say) => `${say("call_id")} is elsewhere${say("address") && `: ${say("address")}`}${because(say("reason"))}`,
  "calls.details_changed": (say) => `${say("call_id")}: caller's details changed`,
  "calls.location_heard": (say) => `${say("call_id")}: the phone said where it is (${plain(say("source")).toLowerCase()})`,
  "calls.text_exchanged": (say) => `${say("call_id")}: text ${say("direction") === "in" ? "from" : "to"} the caller${say("text") && `: ${say("text")}`}`,
  "calls.interpreter_wanted": (say) => `${say("call_id")}: interpreter wanted, ${say("language")}`,
  "calls.interpreter_joined": (say) => `${say("call_id")}: interpreter on the line, ${say("language")}`,
  "calls.card_picked": (say) => `${say("call_id")}: ${say("card") ? `card ${plain(say("card")).toLowerCase()} picked` : "back to the card of the answers"}`,
  "calls.triage_time_struck": (say) => `${say("call_id")}: ${plain(say("what")).toLowerCase()} struck${because(say("reason"))}`,
  "calls.duplicate_unlinked": (say) => `${say("call_id")} is not the same as ${say("same_as")}`,
  "calls.follow_up_planned": (say) => `${say("call_id")}: follow-up planned, ${plain(say("kind")).toLowerCase()}`,
  "calls.follow_up_moved": (say) => `${say("call_id")}: follow-up at another time${because(say("reason"))}`,
  "calls.follow_up_done": (say) => `${say("call_id")}: follow-up ${say("outcome")}`,
  "calls.callback_tried": (say) => `${say("call_id")}: rung back, ${plain(say("outcome")).toLowerCase()}`,
  "calls.note_written": (say) => (say("text") ? `Note: ${say("text")}` : `${say("call_id")}: a note was written`),
  "calls.note_struck": (say) => `${say("call_id")}: a note was struck${because(say("reason"))}`,
  "calls.call_claimed": (say) =>
    say("former")
      ? `${say("call_id")} taken over from ${say("former")}`
      : `${say("call_id")}: ${say("doing") === "typing" ? "being typed" : "claimed"}`,
  "calls.claim_released": (say) => `${say("call_id")} let go`,
  "calls.incidents_linked": (say) => `${say("call_id")} and ${say("to_call_id")} belong to one event${because(say("reason"))}`,
  "calls.incidents_unlinked": (say) => `${say("call_id")} and ${say("to_call_id")} are not linked any more${because(say("reason"))}`,
  "calls.call_split": (say) => `${say("call_id")} made out of ${say("from_call_id")}${because(say("reason"))}`,
  "calls.split_undone": (say) => `${say("call_id")} is one with ${say("from_call_id")} again${because(say("reason"))}`,
  "calls.call_reopened": (say) => `${say("call_id")} opened again${because(say("reason"))}`,
  "dispatch.unit_swapped": (say, names) => `${names.unit(say("for_unit"))} in place of ${names.unit(say("unit"))} on ${say("call_id")}${because(say("reason"))}`,
  "dispatch.unit_moved_over": (say, names) => `${names.unit(say("unit"))} went over from ${say("from_call_id")} to ${say("to_call_id")}`,
  "dispatch.staging_ordered": (say) =>
    `${say("call_id")}: units wait${say("where") && ` at ${say("where")}`}, ${plain(say("reason")).toLowerCase()}${because(say("note"))}`,
  "dispatch.entry_cleared": (say) => `${say("call_id")}: clear to enter${because(say("reason"))}`,
  "dispatch.co_responder_asked": (say) =>
    `${say("call_id")}: ${plain(say("service")).toLowerCase()} asked, ${plain(say("task")).toLowerCase()}${because(say("note"))}`,
  "dispatch.co_responder_said": (say) =>
    `${say("call_id")}: ${plain(say("service")).toLowerCase()} says ${plain(say("said")).toLowerCase()}${say("said_by") && `, ${say("said_by")}`}${because(say("words"))}`,
  "dispatch.co_responder_cancelled": (say) => `${say("call_id")}: ${plain(say("service")).toLowerCase()} needed no longer${because(say("reason"))}`,
  "dispatch.unit_retargeted": (say, names) => `${names.unit(say("unit"))} goes to the new place of ${say("call_id")}`,
  "dispatch.units_recommended": (say, names, fact) => {
    const units = list(fact.payload.chosen).map((one) => names.unit(one.unit ?? ""));
    return units.length > 0
      ? `${say("call_id")}: ${units.join(", ")} recommended`
      : `${say("call_id")}: no unit can be recommended`;
  },
  "dispatch.unit_assigned": (say, names) => `${names.unit(say("unit"))} sent to ${say("call_id")}`,
  "dispatch.unit_diverted": (say, names) =>
    `${names.unit(say("unit"))} taken off ${say("from_call_id")} for ${say("to_call_id")}`,
  "dispatch.unit_cleared": (say, names) => `${names.unit(say("unit"))} cleared from ${say("call_id")}${because(say("reason"))}`,
  "dispatch.call_queued": (say) => `${say("call_id")} waits: no unit free`,
  "dispatch.call_held": (say) => `${say("call_id")} held${because(say("reason"))}`,
  "dispatch.call_released": (say) => `${say("call_id")} goes on${because(say("reason"))}`,
  "dispatch.alarm_acknowledged": (say, names) =>
    `Alarm taken, ${plain(say("quantity")).toLowerCase()}${say("unit") && ` of ${names.unit(say("unit"))}`}${say("call_id") && `, ${say("call_id")}`}`,
  "dispatch.aid_requested": (say) => `${say("neighbour")} asked for mutual aid, ${plain(say("type")).toLowerCase()}, ${say("call_id")}`,
  "dispatch.aid_accepted": (say, names, fact) =>
    `Mutual aid: ${names.unit(say("unit"))} comes in ${Math.round(Number(fact.payload.eta_s) / 60)} min, ${say("call_id")}`,
  "dispatch.aid_declined": (say) => `Mutual aid declined, ${say("call_id")}${because(say("reason"))}`,
  "dispatch.aid_withdrawn": (say) => `Mutual aid asked no longer, ${say("call_id")}${because(say("reason"))}`,
  "dispatch.aid_released": (say, names) => `Mutual aid: ${names.unit(say("unit"))} goes home, ${say("call_id")}${because(say("reason"))}`,
  "dispatch.unit_moved_up": (say, names) => `${names.unit(say("unit"))} moves up to post ${say("post")}${because(say("reason"))}`,
  "dispatch.move_up_declined": (say, names) => `${names.unit(say("unit"))} does not move up to post ${say("post")}${because(say("reason"))}`,
  "fleet.unit_registered": (say) => `${say("call_sign")} registered`,
  "fleet.unit_on_duty": (say, names) => `${names.unit(say("unit"))} on duty`,
  "fleet.unit_off_duty": (say, names) => `${names.unit(say("unit"))} off duty`,
  "fleet.time_stamped": (say, names) => {
    const what = STAMP_SENTENCES[say("stamp")] ?? plain(say("stamp")).toLowerCase();
    return `${names.unit(say("unit"))} ${what}${say("call_id") && `, ${say("call_id")}`}`;
  },
  "fleet.time_struck": (say, names) =>
    `${names.unit(say("unit"))}: ${plain(say("stamp")).toLowerCase()} struck, ${say("call_id")}`,
  "paging.alert_opened": (say, names) => `Those on call for ${names.unit(say("unit"))} paged, ${say("call_id")}`,
  "paging.people_paged": (say, names) => `Those on call for ${names.unit(say("unit"))} paged again, ${say("call_id")}`,
  "paging.alert_accepted": (say, names) => `${say("person")} comes for ${names.unit(say("unit"))}, ${say("call_id")}`,
  "paging.alert_declined": (say, names) => `${say("person")} does not come for ${names.unit(say("unit"))}, ${say("call_id")}`,
  "paging.alert_closed": (say, names) =>
    `${say("because") === "enough" ? "Enough come" : "Nobody more is asked"} for ${names.unit(say("unit"))}, ${say("call_id")}`,
  "paging.alert_reopened": (say, names) => `Too few come for ${names.unit(say("unit"))} again, ${say("call_id")}`,
  "paging.alert_escalated": (say, names) =>
    `Too few come for ${names.unit(say("unit"))}, ${say("call_id")}${say("next_unit") && `; next: ${names.unit(say("next_unit"))}`}`,
  "paging.message_delivered": () => "A message outside was delivered",
  "paging.message_failed": () => "A message outside could not be delivered",
  "fleet.phone_signed_on": (say, names) => `${names.unit(say("unit"))}: a phone shows the crew's page`,
  "fleet.phone_signed_off": (say, names) => `${names.unit(say("unit"))}: a phone signed off`,
  "fleet.par_started": (say, names) => `${names.unit(say("unit"))} is asked whether it is all right, ${plain(say("because")).toLowerCase()}`,
  "fleet.par_answered": (say, names) => `${names.unit(say("unit"))} is all right`,
  "fleet.par_missed": (say, names) => `${names.unit(say("unit"))} did not answer whether it is all right`,
  "fleet.par_ended": (say, names) => `${names.unit(say("unit"))} is asked no longer: ${say("reason")}`,
  "fleet.mayday_called": (say, names) => `Mayday ${names.unit(say("unit"))}${say("call_id") && `, ${say("call_id")}`}`,
  "fleet.mayday_acknowledged": (say, names) => `Mayday of ${names.unit(say("unit"))} is in hand${say("call_id") && `, ${say("call_id")}`}`,
  "fleet.mayday_ended": (say, names) => `${names.unit(say("unit"))} is safe: ${say("reason")}`,
  "fleet.transport_asked": (say, names) => `${names.unit(say("unit"))} asks for transport by ${say("kind")}, ${say("call_id")}`,
  "fleet.transport_answered": (say, names) =>
    `${names.unit(say("unit"))}, transport: ${plain(say("answer")).toLowerCase()}${say("words") && `, ${say("words")}`}`,
  "fleet.patient_reassessed": (say, names) => `${names.unit(say("unit"))} looked at its patient again, ${say("call_id")}`,
  "calls.checklist_ticked": (say, names) =>
    `${names.unit(say("unit"))}, ${plain(say("checklist")).toLowerCase()} checklist: ${plain(say("item")).toLowerCase()}`,
  "hospitals.facility_registered": (say) => `${say("name")} registered`,
  "hospitals.diversion_started": (say, names) => `${names.hospital(say("facility"))} diverts`,
  "hospitals.diversion_ended": (say, names) => `${names.hospital(say("facility"))} takes patients again`,
  "hospitals.service_status_set": (say, names) =>
    `${names.hospital(say("facility"))}${say("service") && `, ${plain(say("service"))}`}: ${plain(say("level")).toLowerCase()}`,
  "hospitals.beds_counted": (say, names) => `${names.hospital(say("facility"))} counted its free beds`,
  "hospitals.prealert_sent": (say, names) =>
    `${plain(say("kind"))} pre-alert from ${names.unit(say("unit"))} to ${names.hospital(say("facility"))}`,
  "hospitals.prealert_acknowledged": (say, names) =>
    `${names.hospital(say("facility"))} has seen the pre-alert of ${say("call_id")}`,
  "hospitals.prealert_withdrawn": (say, names) =>
    `Pre-alert of ${say("call_id")} to ${names.hospital(say("facility"))} withdrawn`,
  "hospitals.patient_accepted": (say, names) =>
    `${names.hospital(say("facility"))} accepted the patient of ${names.unit(say("unit"))}`,
  "hospitals.acceptance_struck": (say, names) =>
    `${names.hospital(say("facility"))} took the acceptance of ${names.unit(say("unit"))} back`,
  "hospitals.transfer_signed": (say, names) => `Signed for the patient of ${names.unit(say("unit"))}, ${say("call_id")}`,
  "hospitals.signature_refused": (say, names) => `Nobody signed for the patient of ${names.unit(say("unit"))}, ${say("call_id")}`,
  // Of accounts the log's tail tells only that something was said: not of whom, by whom, or of which call.
  "access.account_made": () => "An account was made",
  "access.account_tied": () => "Whose account one is was changed",
  "access.account_disabled": () => "An account was disabled",
  "access.account_enabled": () => "An account was enabled again",
  "access.role_granted": () => "A role was granted",
  "access.role_revoked": () => "A role was taken back",
  "access.password_link_made": () => "A link to set a password was made",
  "access.password_set": () => "A password was set",
  "access.second_step_changed": () => "A second step of signing in was changed",
  "access.signed_in": () => "Somebody signed in",
  "access.signed_out": () => "Somebody signed out",
  "access.sign_in_failed": () => "A try to sign in failed",
  "access.locked_out": () => "Too many tries to sign in failed: none are taken for a while",
  "access.lock_lifted": () => "Tries to sign in are taken again",
  "access.reads_anchored": () => "The record of reads was sealed up to here",
  "access.glass_broken": () => "A call's record was opened, with a reason, for review",
  "access.glass_reviewed": () => "The opening of a call's record was reviewed",
  "access.station_locked": () => "A station locked itself",
  "access.station_unlocked": () => "A station was unlocked",
  "access.sign_on_tied": () => "A sign-on through a directory was changed",
  "access.token_made": () => "A token for a program was made",
  "access.token_revoked": () => "A token for a program was revoked",
  "access.sessions_ended": () => "An account was signed out everywhere",
  "log.epoch_began": () => "The log begins a new epoch",
  "hospitals.destination_chosen": (say, names) => `${names.unit(say("unit"))} goes to ${names.hospital(say("facility"))}`,
};

/** A fact in one short sentence; an unknown kind of fact by its name, never hidden. */
export function inWords(fact: Fact, names: Names): string {
  const say = (field: string) => text(fact.payload[field]);
  const wording = WORDINGS[fact.name];
  return wording ? wording(say, names, fact) : `${plain(fact.name)}, ${fact.stream}`;
}

function text(value: unknown): string {
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}

/** A reason behind a fact; nothing where none was given. */
function because(reason: string): string {
  return reason && `. ${reason}`;
}

function list(value: unknown): Record<string, string>[] {
  return Array.isArray(value) ? (value as Record<string, string>[]) : [];
}
