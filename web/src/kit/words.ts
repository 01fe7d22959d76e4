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

/** A key such as `quick_response` when no better word is known. */
export function plain(key: string): string {
  const words = key.replaceAll(/[_.-]+/g, " ").trim();
  if (SHORT_FORMS.has(words.toLowerCase())) return words.toUpperCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

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
  "dispatch.units_recommended": (say, names, fact) => {
    const units = list(fact.payload["chosen"]).map((one) => names.unit(one["unit"] ?? ""));
    return units.length > 0
      ? `${say("call_id")}: ${units.join(", ")} recommended`
      : `${say("call_id")}: no unit can be recommended`;
  },
  "dispatch.unit_assigned": (say, names) => `${names.unit(say("unit"))} sent to ${say("call_id")}`,
  "dispatch.unit_diverted": (say, names) =>
    `${names.unit(say("unit"))} taken off ${say("from_call_id")} for ${say("to_call_id")}`,
  "dispatch.unit_cleared": (say, names) => `${names.unit(say("unit"))} cleared from ${say("call_id")}`,
  "dispatch.call_queued": (say) => `${say("call_id")} waits: no unit free`,
  "fleet.unit_registered": (say) => `${say("call_sign")} registered`,
  "fleet.unit_on_duty": (say, names) => `${names.unit(say("unit"))} on duty`,
  "fleet.unit_off_duty": (say, names) => `${names.unit(say("unit"))} off duty`,
  "fleet.time_stamped": (say, names) => {
    const what = STAMP_SENTENCES[say("stamp")] ?? plain(say("stamp")).toLowerCase();
    return `${names.unit(say("unit"))} ${what}${say("call_id") && `, ${say("call_id")}`}`;
  },
  "fleet.time_struck": (say, names) =>
    `${names.unit(say("unit"))}: ${plain(say("stamp")).toLowerCase()} struck, ${say("call_id")}`,
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

function list(value: unknown): Record<string, string>[] {
  return Array.isArray(value) ? (value as Record<string, string>[]) : [];
}
