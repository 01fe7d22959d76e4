import { useState } from "react";
import { DayField, isDay } from "../kit/DayField";
import { SelectField, TextField, type Option } from "../kit/Fields";
import { FormSheet } from "../kit/Sheet";
import { go } from "../kit/where";
import { filled, gesture, paths } from "./gestures";
import { say } from "./saying";
import { levelOptions, useSetting } from "./setting";
import type { Affiliation, Person } from "./types";
import { KINDS, ROLES, said, SERVICES } from "./words";

interface Given {
  person: Person;
  onClose: () => void;
  onDone: () => void;
}

const option = (key: string): Option => ({ value: key, label: said(key) });
const STATES = (
  "AL AK AZ AR CA CO CT DE DC FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR PA " +
  "RI SC SD TN TX UT VT VA WA WV WI WY"
).split(" ");

interface Serving {
  agency: string;
  service: string;
  pay: string;
  role: string;
  practice: string;
  director: string;
  start: string;
}

function servingFault(one: Serving): string | null {
  if (!one.agency.trim()) return "Say in which agency they serve.";
  return isDay(one.start) ? null : "Say from which day, as 2026-05-04.";
}

function ServingFields({ value, onChange, agencies = [] }: { value: Serving; onChange: (value: Serving) => void; agencies?: readonly string[] }) {
  const setting = useSetting();
  const set = (name: keyof Serving) => (chosen: string) => onChange({ ...value, [name]: chosen });
  return (
    <>
      <div className="pair">
        {agencies.length > 0 ? (
          <SelectField label="Agency" value={value.agency} onChange={set("agency")} options={agencies.map((one) => ({ value: one, label: one }))} />
        ) : (
          <TextField label="Agency" value={value.agency} onChange={set("agency")} placeholder="county-ems" />
        )}
        <DayField label="From" value={value.start} onChange={set("start")} />
      </div>
      <div className="pair">
        <SelectField label="Service" value={value.service} onChange={set("service")} options={SERVICES.map(option)} />
        <SelectField label="Pay" value={value.pay} onChange={set("pay")} options={["paid", "volunteer"].map(option)} />
      </div>
      <div className="pair">
        <SelectField label="Role" value={value.role} onChange={set("role")} options={ROLES.map(option)} />
        <SelectField
          label="Practises as"
          value={value.practice}
          onChange={set("practice")}
          options={[{ value: "", label: "The level of the licence" }, ...(setting ? levelOptions(setting).filter((one) => one.group !== "No care") : [])]}
        />
      </div>
      <TextField label="Medical director" value={value.director} onChange={set("director")} hint="Their id, such as ke-0001." />
    </>
  );
}

const servingSent = ({ practice, director, ...rest }: Serving) => ({ ...rest, ...filled({ practice, director }) });

/** Put somebody into the books. */
export function AddPerson({ agencies, onClose, onAdded }: { agencies: readonly string[]; onClose: () => void; onAdded: () => void }) {
  const setting = useSetting();
  const [id, setId] = useState("");
  const [given, setGiven] = useState("");
  const [family, setFamily] = useState("");
  const [serving, setServing] = useState<Serving>({
    agency: agencies[0] ?? "",
    service: "ems",
    pay: "paid",
    role: "care",
    practice: "",
    director: "",
    start: setting?.today ?? "",
  });
  return (
    <FormSheet
      head="Add a person"
      action="Add"
      fault={id.trim() ? servingFault(serving) : "Give them an id, such as ke-0042: a number, never a name."}
      onClose={onClose}
      onSend={async () => {
        const { person } = await gesture<{ person: string }>("/api/workforce/people", {
          person: id,
          who: filled({ given_name: given, family_name: family }),
          affiliation: servingSent(serving),
        });
        say(`${person} is in the books.`);
        onAdded();
        go(`/workforce/people/${encodeURIComponent(person)}`);
      }}
    >
      <TextField label="Id" value={id} onChange={setId} placeholder="ke-0042" hint="A number of your own, never a name: it stands in the log." />
      <div className="pair">
        <TextField label="Given name" value={given} onChange={setGiven} />
        <TextField label="Family name" value={family} onChange={setFamily} />
      </div>
      <ServingFields value={serving} onChange={setServing} agencies={agencies} />
    </FormSheet>
  );
}

/** Change what is known of somebody. */
export function EditPerson({ person, onClose, onDone }: Given) {
  const before = {
    given_name: person.given_name,
    family_name: person.family_name,
    born: person.born ?? "",
    email: person.email,
    phone: person.phone,
    languages: person.languages.join(", "),
    immunisations: person.immunisations.map((one) => `${one.name} ${one.year}`).join(", "),
  };
  const [now, setNow] = useState(before);
  const set = (name: keyof typeof before) => (value: string) => setNow({ ...now, [name]: value });
  const list = (text: string) => text.split(",").map((one) => one.trim()).filter(Boolean);
  const fault = now.born === "" || isDay(now.born) ? null : "Write the day as 2026-05-04.";
  return (
    <FormSheet
      head={`Edit ${person.id}`}
      action="Save"
      fault={fault}
      onClose={onClose}
      onSend={async () => {
        const { languages, immunisations, born, ...rest } = now;
        await gesture(`${paths.person(person.id)}/edit`, {
          who: { ...rest, ...(born ? { born } : {}), languages: list(languages), immunisations: list(immunisations) },
        });
        say(`${person.id} is changed.`);
        onDone();
      }}
    >
      <div className="pair">
        <TextField label="Given name" value={now.given_name} onChange={set("given_name")} />
        <TextField label="Family name" value={now.family_name} onChange={set("family_name")} />
      </div>
      <div className="pair">
        <DayField label="Born" value={now.born} onChange={set("born")} />
        <TextField label="Phone" value={now.phone} onChange={set("phone")} />
      </div>
      <TextField label="E-mail" value={now.email} onChange={set("email")} />
      <TextField label="Languages" value={now.languages} onChange={set("languages")} hint="Codes, separated by commas: en, es, ase." />
      <TextField
        label="Immunisations"
        value={now.immunisations}
        onChange={set("immunisations")}
        hint="What and the year, separated by commas: hepatitis_b 2021."
      />
    </FormSheet>
  );
}

/** Let somebody serve in an agency. */
export function Serve({ person, onClose, onDone }: Given) {
  const [serving, setServing] = useState<Serving>({
    agency: "",
    service: "ems",
    pay: "paid",
    role: "care",
    practice: "",
    director: "",
    start: person.on,
  });
  return (
    <FormSheet
      head={`${person.id} serves in an agency`}
      action="Add"
      fault={servingFault(serving)}
      onClose={onClose}
      onSend={async () => {
        await gesture(`${paths.person(person.id)}/affiliations`, { affiliation: servingSent(serving) });
        say(`${person.id} serves in ${serving.agency} from ${serving.start} on.`);
        onDone();
      }}
    >
      <ServingFields value={serving} onChange={setServing} />
      <p className="muted">Serving there already, they do it in this way from that day on.</p>
    </FormSheet>
  );
}

/** Somebody serves in an agency no longer. */
export function EndAffiliation({ person, affiliation, onClose, onDone }: Given & { affiliation: Affiliation }) {
  const [end, setEnd] = useState(person.on);
  const [reason, setReason] = useState("");
  return (
    <FormSheet
      head={`${person.id} leaves ${affiliation.agency}`}
      action="End it"
      fault={isDay(end) ? null : "Say from which day, as 2026-05-04."}
      onClose={onClose}
      onSend={async () => {
        await gesture(`${paths.person(person.id)}/affiliations/end`, { agency: affiliation.agency, end, reason });
        say(`${person.id} leaves ${affiliation.agency} on ${end}.`);
        onDone();
      }}
    >
      <DayField label="First day they no longer serve there" value={end} onChange={setEnd} />
      <TextField label="Reason" value={reason} onChange={setReason} />
    </FormSheet>
  );
}

const AT_A_LEVEL = ["licence", "certificate", "compact_privilege"];

/** Record a credential that somebody got. */
export function IssueCredential({ person, onClose, onDone }: Given) {
  const setting = useSetting();
  const served = setting?.place ?? "";
  const [now, setNow] = useState({ kind: "licence", place: served || "KS", level: "emt", name: "", issuer: "", number: "", issued: "", expires: "" });
  const set = (name: keyof typeof now) => (value: string) => setNow({ ...now, [name]: value });
  const leveled = AT_A_LEVEL.includes(now.kind);
  const named = ["endorsement", "other", "certificate"].includes(now.kind);
  const places = [...new Set([served, "US", ...STATES].filter(Boolean))];
  const fault = !isDay(now.issued)
    ? "Say when it was issued, as 2026-05-04."
    : now.expires !== "" && !isDay(now.expires)
      ? "Write the last day as 2026-05-04."
      : now.kind === "licence" && !now.expires
        ? "A licence has a last day: say until when it holds."
        : null;
  return (
    <FormSheet
      head={`Add a credential of ${person.id}`}
      action="Add"
      fault={fault}
      onClose={onClose}
      onSend={async () => {
        const { kind, place, issued, level, name, ...rest } = now;
        await gesture(`${paths.person(person.id)}/credentials`, {
          kind,
          place,
          issued,
          ...filled({ ...rest, level: leveled ? level : "", name: named ? name : "" }),
        });
        say(`It is on record. Look it up where it was issued, and verify it.`);
        onDone();
      }}
    >
      <div className="pair">
        <SelectField
          label="Kind"
          value={now.kind}
          onChange={set("kind")}
          options={Object.entries(KINDS).map(([value, label]) => ({ value, label }))}
        />
        <SelectField
          label="Issued by the state"
          value={now.place}
          onChange={set("place")}
          options={places.map((one) => ({ value: one, label: one === "US" ? "US (NREMT and others)" : one }))}
        />
      </div>
      {leveled && (
        <SelectField
          label="Level"
          value={now.level}
          onChange={set("level")}
          options={[...(now.kind === "licence" ? [] : [{ value: "", label: "None" }]), ...(setting ? levelOptions(setting) : [])]}
        />
      )}
      {named && <TextField label="Name" value={now.name} onChange={set("name")} placeholder={now.kind === "certificate" ? "cpr" : "iv_access"} />}
      <div className="pair">
        <TextField label="Number" value={now.number} onChange={set("number")} />
        <TextField label="Issuer" value={now.issuer} onChange={set("issuer")} hint="Of a certificate: nremt" />
      </div>
      <div className="pair">
        <DayField label="Issued" value={now.issued} onChange={set("issued")} />
        <DayField label="Last day it holds" value={now.expires} onChange={set("expires")} />
      </div>
    </FormSheet>
  );
}
