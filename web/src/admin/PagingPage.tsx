import { useState, type ReactNode } from "react";
import { asRefusal, useAsk, useEvery } from "../kit/ask";
import { SelectField, TextField } from "../kit/Fields";
import { sessionNow } from "../kit/session";
import { FormSheet, Sheet } from "../kit/Sheet";
import { Answer, RefusedWords } from "../kit/States";
import { uuid7 } from "../kit/uuid7";
import { Link } from "../kit/where";
import type { Refusal } from "../api/client";
import { gesture } from "../workforce/gestures";
import {
  DETAILS,
  faultOf,
  getsWords,
  healthOf,
  NOTHING,
  placeWords,
  WHATS,
  whatWords,
  whoseWords,
  type Destination,
  type Detail,
  type Health,
  type Kind,
  type Message,
  type Paging,
  type What,
} from "./destinations";
import { when } from "./when";

const LOOK_MS = 5000;
const HOUR_S = 3600;

type Doing = "change" | "pause" | "secret" | "end";
const at = (one: Destination, doing: string) => `/api/paging/destinations/${encodeURIComponent(one.id)}/${doing}`;

/** Where messages about an agency's units go, whether they arrive, and what was given up. */
export function PagingPage() {
  const asked = useAsk<Paging>("/api/paging/destinations");
  useEvery(asked.again, LOOK_MS); // Deliveries and failures come by themselves.
  const [adding, setAdding] = useState(false);
  const [open, setOpen] = useState<{ doing: Doing; one: Destination } | null>(null);
  const [secret, setSecret] = useState<{ label: string; secret: string } | null>(null);
  const [said, setSaid] = useState("");
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const close = () => {
    setAdding(false);
    setOpen(null);
    asked.again();
  };
  const press = (path: string, done: string) => {
    setRefusal(null);
    setSaid("");
    gesture(path).then(
      () => {
        setSaid(done);
        asked.again();
      },
      (error: unknown) => setRefusal(asRefusal(error)),
    );
  };
  return (
    <>
      <div className="page-head">
        <h1>Paging</h1>
        <div className="actions">
          <button type="button" className="button main" onClick={() => setAdding(true)}>
            Add a destination
          </button>
        </div>
      </div>
      <p className="muted paging-lead">
        Printers, other programs and mailboxes that hear of an agency&apos;s units. People on call add their own phone, browser or
        e-mail on <Link href="/me">Me</Link>.
      </p>
      {refusal && <RefusedWords refusal={refusal} />}
      <p className="paging-said" role="status">
        {said}
      </p>
      <Answer asked={asked} loading="Fetching the destinations." empty={({ destinations }) => (destinations.length ? null : <Nothing />)}>
        {({ destinations, waiting, dead }) => (
          <>
            <div className="admin-scroll">
              <table className="admin-table" aria-label="Destinations">
                <thead>
                  <tr>
                    <th scope="col">Destination</th>
                    <th scope="col">Gets</th>
                    <th scope="col">State</th>
                    <th scope="col">Do</th>
                  </tr>
                </thead>
                <tbody>
                  {destinations.map((one) => (
                    <Row
                      key={one.id}
                      one={one}
                      messages={[...waiting, ...dead].filter((each) => each.destination === one.id)}
                      onPress={press}
                      onOpen={(doing) => setOpen({ doing, one })}
                    />
                  ))}
                </tbody>
              </table>
            </div>
            <GivenUp dead={dead} destinations={destinations} onPress={press} />
          </>
        )}
      </Answer>
      {adding && <Add onClose={close} onMade={setSecret} />}
      {open?.doing === "change" && <Change one={open.one} onClose={close} />}
      {open?.doing === "pause" && <Pause one={open.one} onClose={close} />}
      {open?.doing === "end" && <End one={open.one} onClose={close} />}
      {open?.doing === "secret" && <Rotate one={open.one} onClose={close} onMade={setSecret} />}
      {secret && (
        <Sheet head={`The secret of ${secret.label}`} onClose={() => setSecret(null)}>
          <SecretWords secret={secret.secret} />
        </Sheet>
      )}
    </>
  );
}

function Nothing() {
  return (
    <>
      <p>
        <strong>Nothing is sent anywhere.</strong>
      </p>
      <p>Add a station&apos;s printer, another program or a mailbox, and it hears when a unit is sent.</p>
    </>
  );
}

function Row({
  one,
  messages,
  onPress,
  onOpen,
}: {
  one: Destination;
  messages: readonly Message[];
  onPress: (path: string, done: string) => void;
  onOpen: (doing: Doing) => void;
}) {
  const button = (label: string, act: () => void): ReactNode => (
    <button type="button" className="button" aria-label={`${label}: ${one.label}`} onClick={act}>
      {label}
    </button>
  );
  return (
    <tr>
      <th scope="row">
        {one.label}
        <div className="muted small">{one.kind === "email" ? "E-mail" : `Web address at ${one.host}`}</div>
        <div className="muted small">{whoseWords(one)}</div>
      </th>
      <td>
        {getsWords(one.gets)}
        <div className="muted small">{placeWords(one.detail)}</div>
      </td>
      <td>
        <HealthWords health={healthOf(one, messages)} />
        {one.former_until && new Date(one.former_until) > new Date() && (
          <div className="muted small">The former secret signs too until {when(one.former_until)}.</div>
        )}
      </td>
      <td>
        <div className="doing wraps">
          {button("Send a test", () => onPress(at(one, "try"), `A test message to ${one.label} is on its way.`))}
          {button("Change", () => onOpen("change"))}
          {one.stopped_at
            ? button("Resume", () => onPress(at(one, "resume"), `${one.label} is told again.`))
            : button("Pause", () => onOpen("pause"))}
          {one.kind === "webhook" && button("New secret", () => onOpen("secret"))}
          {button("End", () => onOpen("end"))}
        </div>
      </td>
    </tr>
  );
}

const SIGNS = { allow: "✓", deny: "!", unknown: "-" } as const;

function HealthWords({ health }: { health: Health }) {
  return (
    <>
      <span className="verdict" data-verdict={health.verdict}>
        <i aria-hidden="true">{SIGNS[health.verdict]}</i>
        {health.word}
      </span>
      {health.more.map((one) => (
        <div key={one} className="muted small">
          {one}
        </div>
      ))}
    </>
  );
}

function GivenUp({
  dead,
  destinations,
  onPress,
}: {
  dead: readonly Message[];
  destinations: readonly Destination[];
  onPress: (path: string, done: string) => void;
}) {
  if (dead.length === 0) return null;
  const labels = new Map(destinations.map((one) => [one.id, one.label]));
  return (
    <section className="given-up" aria-labelledby="given-up">
      <h2 id="given-up">Given up</h2>
      <p className="muted">These were tried to the end and did not arrive. Whoever needed to know has to be told otherwise.</p>
      <div className="admin-scroll">
        <table className="admin-table" aria-labelledby="given-up">
          <thead>
            <tr>
              <th scope="col">Message</th>
              <th scope="col">To</th>
              <th scope="col">Why not</th>
              <th scope="col">Do</th>
            </tr>
          </thead>
          <tbody>
            {dead.map((one) => (
              <tr key={one.id}>
                <th scope="row">
                  {whatWords(one.what)} {one.unit}
                  <div className="muted small">{when(one.queued_at)}</div>
                </th>
                <td>{labels.get(one.destination) ?? "A destination that ended"}</td>
                <td>{one.said}</td>
                <td>
                  <button
                    type="button"
                    className="button"
                    onClick={() => onPress(`/api/paging/messages/${encodeURIComponent(one.id)}/again`, "It is tried once more.")}
                  >
                    Try again
                  </button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

// ---------------------------------------------------------------- forms

interface Told {
  station: string;
  gets: readonly What[];
  detail: Detail;
}

function ToldFields({ told, onChange }: { told: Told; onChange: (told: Told) => void }) {
  return (
    <>
      <TextField label="Station" value={told.station} onChange={(station) => onChange({ ...told, station })} hint="Only of this station's units; empty for all." />
      <fieldset className="token-rules">
        <legend>What it is told of</legend>
        {WHATS.map((one) => (
          <label key={one.value}>
            <input
              type="checkbox"
              checked={told.gets.includes(one.value)}
              onChange={(event) =>
                onChange({
                  ...told,
                  gets: event.target.checked ? [...told.gets, one.value] : told.gets.filter((other) => other !== one.value),
                })
              }
            />
            <span>
              {one.label} <span className="muted small">{one.hint}</span>
            </span>
          </label>
        ))}
      </fieldset>
      <SelectField
        label="What it is told of the place"
        value={told.detail}
        onChange={(detail) => onChange({ ...told, detail: detail as Detail })}
        options={DETAILS}
        hint="No message holds a patient's or a caller's name, nor a telephone number."
      />
    </>
  );
}

const KINDS = [
  { value: "webhook", label: "A web address (webhook)" },
  { value: "email", label: "E-mail" },
];

function Add({ onClose, onMade }: { onClose: () => void; onMade: (made: { label: string; secret: string }) => void }) {
  const [id] = useState(() => uuid7()); // One for the form: sent twice, it is one destination.
  const mine = (sessionNow()?.grants ?? []).filter((one) => one.role === "administrator").map((one) => one.agency);
  const any = mine.length === 0 || mine.includes("*");
  const [kind, setKind] = useState<Kind>("webhook");
  const [label, setLabel] = useState("");
  const [address, setAddress] = useState("");
  const [agency, setAgency] = useState(any ? "*" : (mine[0] ?? ""));
  const [told, setTold] = useState<Told>({ station: "", gets: ["station_alert", "station_cancel"], detail: "full" });
  return (
    <FormSheet
      head="Add a destination"
      action="Add the destination"
      fault={faultOf({ kind, label, address, gets: told.gets })}
      onClose={onClose}
      onSend={async () => {
        const body = { kind, label: label.trim(), address: address.trim(), agency: agency.trim() || "*", ...told };
        const made = await gesture<{ secret: string }>("/api/paging/destinations", body, id);
        if (kind === "webhook") onMade({ label: label.trim(), secret: made.secret });
      }}
    >
      <TextField label="Name" value={label} onChange={setLabel} hint="What people call it, such as Station 4 printer." />
      <SelectField
        label="Kind"
        value={kind}
        onChange={(said) => {
          setKind(said as Kind);
          setTold({ ...told, detail: said === "email" ? "street" : "full" }); // An e-mail can be read on its way.
        }}
        options={KINDS}
      />
      <TextField
        label={kind === "webhook" ? "Web address" : "E-mail address"}
        value={address}
        onChange={setAddress}
        hint="It is kept sealed, and shown to nobody again."
      />
      {any ? (
        <TextField label="Agency" value={agency} onChange={setAgency} hint="Whose units it hears of; * for every agency's." />
      ) : (
        <SelectField label="Agency" value={agency} onChange={setAgency} options={mine.map((one) => ({ value: one, label: one }))} />
      )}
      <ToldFields told={told} onChange={setTold} />
    </FormSheet>
  );
}

function Change({ one, onClose }: { one: Destination; onClose: () => void }) {
  const [label, setLabel] = useState(one.label);
  const [told, setTold] = useState<Told>({ station: one.station, gets: one.gets, detail: one.detail });
  return (
    <FormSheet
      head={`Change ${one.label}`}
      action="Change it"
      fault={label.trim() ? (told.gets.length ? null : NOTHING) : "Give it a name."}
      onClose={onClose}
      onSend={() => gesture(at(one, "change"), { label: label.trim(), ...told })}
    >
      <TextField label="Name" value={label} onChange={setLabel} />
      <ToldFields told={told} onChange={setTold} />
      <p className="muted">Another address is another destination: add it, and end this one.</p>
    </FormSheet>
  );
}

function Pause({ one, onClose }: { one: Destination; onClose: () => void }) {
  const [reason, setReason] = useState("");
  return (
    <FormSheet
      head={`Pause ${one.label}`}
      action="Pause it"
      fault={reason.trim() ? null : "Say why; it stands in the log."}
      onClose={onClose}
      onSend={() => gesture(at(one, "pause"), { reason: reason.trim() })}
    >
      <p>It is told nothing until somebody resumes it, and not afterwards either of what happened meanwhile. A test still goes.</p>
      <TextField label="Why" value={reason} onChange={setReason} />
    </FormSheet>
  );
}

function End({ one, onClose }: { one: Destination; onClose: () => void }) {
  const [reason, setReason] = useState("");
  return (
    <FormSheet
      head={`End ${one.label}`}
      action="End it for good"
      fault={reason.trim() ? null : "Say why; it stands in the log."}
      onClose={onClose}
      onSend={() => gesture(at(one, "end"), { reason: reason.trim() })}
    >
      <p>Nothing goes there any more. Its address and its secrets are destroyed, which cannot be undone.</p>
      <TextField label="Why" value={reason} onChange={setReason} />
    </FormSheet>
  );
}

const FORMER = [
  { value: "0", label: "Not at all: it is known to others" },
  { value: `${24 * HOUR_S}`, label: "For a day" },
  { value: `${7 * 24 * HOUR_S}`, label: "For seven days" },
  { value: `${30 * 24 * HOUR_S}`, label: "For thirty days" },
];

function Rotate({ one, onClose, onMade }: { one: Destination; onClose: () => void; onMade: (made: { label: string; secret: string }) => void }) {
  const [id] = useState(() => uuid7());
  const [former, setFormer] = useState(`${7 * 24 * HOUR_S}`);
  return (
    <FormSheet
      head={`A new secret for ${one.label}`}
      action="Make a new secret"
      onClose={onClose}
      onSend={async () => {
        const made = await gesture<{ secret: string }>(at(one, "secret"), { former_for_s: Number(former) }, id);
        onMade({ label: one.label, secret: made.secret });
      }}
    >
      <SelectField
        label="The secret before signs too"
        value={former}
        onChange={setFormer}
        options={FORMER}
        hint="So that the other side can change over without missing a message."
      />
    </FormSheet>
  );
}

/** A secret, or why there is none to show: the answer to the first try was lost, and nobody can read it again. */
function SecretWords({ secret }: { secret: string }) {
  if (!secret) return <p>It was made, but its answer was lost on the way, and it is never told twice. Make a new secret.</p>;
  return (
    <>
      <p>Its messages are signed with this. It is shown this once: put it where the other program reads its secrets.</p>
      <p className="secret-once">
        <code>{secret}</code>
      </p>
    </>
  );
}
