/** What a hospital's page is told of itself: its own patients, its own status, its own beds. */

export interface Prealert {
  id: string;
  kind: string;
  words: string;
  age: number | null;
  age_unit: string;
  sex: string;
  complaint: string;
  sent_at: string;
  sent_by: string;
  acknowledged_at: string | null;
  acknowledged_by: string;
}

interface Handover {
  call_id: string;
  unit: string;
  call_sign: string;
  accepted_at: string | null;
  accepted_by: string;
  signed_at: string | null;
  signed_role: string;
  signed_name: string;
  signature_refused: string;
}

export interface Inbound extends Handover {
  state: "to_come" | "on_the_way" | "here" | "accepted";
  priority: number | null;
  nature: string;
  eta: string | null;
  /** What the ETA counts from: the position that the unit's device reported, or the times of its crew; null without one. */
  eta_from: "reported" | "estimated" | null;
  arrived_at: string | null;
  transfer_at: string | null;
  prealerts: readonly Prealert[];
  /** What the desk wrote for the hospital too. */
  notes?: readonly { note: string; text: string; at: string; by: string }[];
}

export interface HandedOver extends Handover {
  left_at: string;
}

export interface NotComing {
  id: string;
  call_id: string;
  call_sign: string;
  words: string;
  at: string;
  because: string;
}

export interface Standing {
  service: string;
  words: string;
  level: "advisory" | "diversion";
  until: string | null;
  reason: string;
  since: string;
  by: string;
}

export interface Limit {
  seconds: number;
  percent: number | null;
  source: string;
}

export interface Named {
  key: string;
  words: string;
}

export interface HospitalView {
  hospital: { id: string; name: string; kind: string };
  at: string;
  time_zone: string;
  limits: Record<"offload" | "acknowledge" | "beds", Limit | null>;
  inbound: readonly Inbound[];
  handed_over: readonly HandedOver[];
  not_coming: readonly NotComing[];
  status: readonly Standing[];
  services: readonly Named[];
  beds: { beds: Record<string, number>; at: string; by: string } | null;
  bed_kinds: readonly Named[];
}
