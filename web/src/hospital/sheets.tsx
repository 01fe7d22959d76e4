import { useState } from "react";
import { LongField, SelectField, TextField } from "../kit/Fields";
import { FormSheet } from "../kit/Sheet";
import { simNow } from "../kit/ticker";
import type { Gestures, Patient } from "./gestures";
import type { HospitalView } from "./types";

interface SheetProps {
  view: HospitalView;
  gestures: Gestures;
  onClose: () => void;
}

const HOURS = [
  { value: "", label: "Until it is ended" },
  { value: "1", label: "1 hour" },
  { value: "2", label: "2 hours" },
  { value: "4", label: "4 hours" },
  { value: "8", label: "8 hours" },
];
const LEVELS = [
  { value: "advisory", label: "Advisory: call ahead, something is short" },
  { value: "diversion", label: "Diversion: please pass us over" },
  { value: "open", label: "Open" },
];

/** An advisory or a diversion, for the whole hospital or one service, until then. */
export function StatusSheet({ view, gestures, onClose }: SheetProps) {
  const [service, setService] = useState("");
  const [level, setLevel] = useState("advisory");
  const [hours, setHours] = useState("2");
  const [reason, setReason] = useState("");
  const until = () => (hours && level !== "open" ? new Date(simNow() + Number(hours) * 3_600_000).toISOString() : null);
  return (
    <FormSheet
      head="Status of this hospital"
      action="Tell the desk and crews"
      onClose={onClose}
      onSend={() => gestures.setStatus({ service, level, until: until(), reason: reason.trim() })}
    >
      <SelectField
        label="For"
        value={service}
        onChange={setService}
        options={[{ value: "", label: "The whole hospital" }, ...view.services.map((one) => ({ value: one.key, label: one.words }))]}
      />
      <SelectField label="Status" value={level} onChange={setLevel} options={LEVELS} />
      {level !== "open" && <SelectField label="Until" value={hours} onChange={setHours} options={HOURS} />}
      {level !== "open" && (
        <TextField label="Reason" value={reason} onChange={setReason} hint="Desks and crews read it. No patient's name." />
      )}
    </FormSheet>
  );
}

/** How many beds are free, by kind. A field that stays empty was not counted. */
export function BedsSheet({ view, gestures, onClose }: SheetProps) {
  const [counts, setCounts] = useState<Record<string, string>>({});
  const given = Object.entries(counts).filter(([, text]) => text.trim() !== "");
  const wrong = given.some(([, text]) => !/^\d{1,4}$/.test(text.trim()));
  const fault = wrong ? "Whole numbers only." : given.length === 0 ? "Count at least one kind." : null;
  return (
    <FormSheet
      head="Free beds"
      action="Keep this count"
      fault={fault}
      onClose={onClose}
      onSend={() => gestures.countBeds(Object.fromEntries(given.map(([key, text]) => [key, Number(text)])))}
    >
      <p className="muted">What stays empty was not counted, which is not none.</p>
      <div className="bed-fields">
        {view.bed_kinds.map((one) => (
          <TextField
            key={one.key}
            label={one.words}
            type="number"
            value={counts[one.key] ?? ""}
            placeholder={view.beds?.beds[one.key]?.toString() ?? ""}
            onChange={(text) => setCounts({ ...counts, [one.key]: text })}
          />
        ))}
      </div>
    </FormSheet>
  );
}

const ROLES = ["nurse", "physician", "physician assistant", "other"].map((value) => ({ value, label: value }));

/** Who signs for a patient, or that nobody will. The crew is free either way. */
export function SignSheet({ patient, gestures, onClose }: { patient: Patient; gestures: Gestures; onClose: () => void }) {
  const [refuses, setRefuses] = useState("");
  const [role, setRole] = useState("nurse");
  const [name, setName] = useState("");
  const refused = refuses === "refused";
  const fault = refused || name.trim() ? null : "Enter the name of who signs, or say that nobody will.";
  const [reason, setReason] = useState("");
  const why = refused && !reason.trim() ? "Say why nobody signs, in a few words." : fault;
  return (
    <FormSheet
      head={`Signature for ${patient.call_sign}`}
      action={refused ? "Keep that nobody signed" : "Sign"}
      fault={why}
      onClose={onClose}
      onSend={() => gestures.sign(patient, refused ? { refused: reason.trim() } : { name: name.trim(), role })}
    >
      <p className="muted">The care is handed over already. A signature, or none, holds nobody.</p>
      <SelectField
        label="Who"
        value={refuses}
        onChange={setRefuses}
        options={[
          { value: "", label: "Somebody here signs" },
          { value: "refused", label: "Nobody here will sign" },
        ]}
      />
      {refused ? (
        <LongField label="Reason" value={reason} onChange={setReason} rows={2} />
      ) : (
        <>
          <SelectField label="Role" value={role} onChange={setRole} options={ROLES} />
          <TextField label="Name" value={name} onChange={setName} hint="Kept sealed with the patient's record." />
        </>
      )}
    </FormSheet>
  );
}
