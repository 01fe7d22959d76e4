import { useEffect, useState } from "react";
import { asRefusal, useAsk } from "../kit/ask";
import { Combobox } from "../kit/Combobox";
import { DayField, isDay } from "../kit/DayField";
import { LongField, SelectField, TextField } from "../kit/Fields";
import { holds, useSession } from "../kit/session";
import { FormSheet } from "../kit/Sheet";
import { Answer } from "../kit/States";
import { Link } from "../kit/where";
import { instantOf, momentWords } from "../kit/zoned";
import { Ahead, Levels, Transport } from "./CrewsPage";
import { filled, gesture } from "./gestures";
import { say } from "./saying";
import { useSetting } from "./setting";
import type { Aboard, People, Roster, SeatRow } from "./types";
import { said } from "./words";

type Form =
  | { kind: "on"; seat: SeatRow }
  | { kind: "off"; person: string }
  | { kind: "role"; person: string }
  | { kind: "plan" }
  | { kind: "volunteer" };

/** One unit: its seats and who is in them, roles taken, the roster with its gaps, volunteers on call. */
export function UnitPanel({ unit, onChanged, onClose }: { unit: string; onChanged: () => void; onClose: () => void }) {
  const path = `/api/workforce/crews/${unit.split("/").map(encodeURIComponent).join("/")}`;
  const asked = useAsk<Aboard>(`${path}/aboard`);
  const roster = useAsk<Roster>(`${path}/roster?days=7`);
  const session = useSession();
  const crews = holds(session, "crew", "dispatcher", "supervisor");
  const plans = holds(session, "supervisor", "credentialing");
  const [form, setForm] = useState<Form | null>(null);
  const close = () => setForm(null);
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const target = event.target;
      if (event.key !== "Escape" || (target instanceof Element && target.closest("dialog, input, select, textarea, .menu"))) return;
      onClose();
    };
    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  }, [onClose]);
  const changed = () => {
    asked.again();
    roster.again();
    onChanged();
  };
  const attempt = (work: () => Promise<string>) => {
    work().then(
      (text) => {
        say(text);
        changed();
      },
      (error: unknown) => say(asRefusal(error).message, "refused"),
    );
  };
  return (
    <aside className="panel" aria-label={`Unit ${unit}`}>
      <div className="panel-bar">
        <button type="button" className="button plain" onClick={onClose}>
          Close <kbd aria-hidden="true">Esc</kbd>
        </button>
        {crews && (
          <button
            type="button"
            className="button"
            onClick={() =>
              attempt(async () => {
                await gesture(`${path}/relieve`);
                return "Those whom the roster names now have the seats.";
              })
            }
          >
            Relieve by roster
          </button>
        )}
      </div>
      <Answer asked={asked} loading="Fetching this unit.">
        {(one) => (
          <>
            <header className="person-head">
              <h2>{unit}</h2>
              <p>
                <Levels crew={one.crew} />
              </p>
              <p>
                Transport: <Transport crew={one.crew} />
              </p>
              <Ahead crew={one.crew} />
              {one.crew.unconfirmed.length > 0 && <p className="note">{one.crew.unconfirmed.join(" ")}</p>}
            </header>
            <section>
              <div className="section-head">
                <h3>Seats</h3>
                {crews && (
                  <button type="button" className="button" onClick={() => setForm({ kind: "volunteer" })}>
                    Volunteer on call
                  </button>
                )}
              </div>
              <ul className="rows seats">
                {one.seats.map((seat) => (
                  <Seat
                    key={seat.name}
                    seat={seat}
                    crews={crews}
                    onForm={setForm}
                    onBack={(person) =>
                      attempt(async () => {
                        await gesture(`${path}/roles/end`, { person });
                        return `${person} gave the role back: their care counts again.`;
                      })
                    }
                  />
                ))}
              </ul>
            </section>
            <section>
              <div className="section-head">
                <h3>Roster, seven days</h3>
                {plans && (
                  <button type="button" className="button" onClick={() => setForm({ kind: "plan" })}>
                    Plan somebody
                  </button>
                )}
              </div>
              <Answer asked={roster}>
                {(plan) => (
                  <RosterView
                    roster={plan}
                    {...(plans
                      ? {
                          onStrike: (duty: string) =>
                            attempt(async () => {
                              await gesture(`${path}/roster/strike`, { duty });
                              return "The duty is struck from the roster.";
                            }),
                        }
                      : {})}
                  />
                )}
              </Answer>
            </section>
            {form?.kind === "on" && <SignOn path={path} seat={form.seat} onClose={close} onDone={changed} />}
            {form?.kind === "off" && <SignOff path={path} person={form.person} onClose={close} onDone={changed} />}
            {form?.kind === "role" && <TakeRole path={path} person={form.person} onClose={close} onDone={changed} />}
            {form?.kind === "plan" && <Plan path={path} seats={one.seats} onClose={close} onDone={changed} />}
            {form?.kind === "volunteer" && <Volunteer path={path} onClose={close} onDone={changed} />}
          </>
        )}
      </Answer>
    </aside>
  );
}

function Seat({
  seat,
  crews,
  onForm,
  onBack,
}: {
  seat: SeatRow;
  crews: boolean;
  onForm: (form: Form) => void;
  onBack: (person: string) => void;
}) {
  const zone = useSetting()?.time_zone ?? "UTC";
  const { person, role, rostered } = seat;
  const needs = [seat.level && `${said(seat.level)} or above`, ...seat.endorsements.map(said)].filter(Boolean).join(", ");
  return (
    <li data-gap={(person === null && seat.required) || undefined}>
      <div>
        <strong>{said(seat.name)}</strong>{" "}
        {person === null ? (
          <span className="gap-word">{seat.required ? "nobody" : "empty"}</span>
        ) : (
          <Link href={`/workforce/people/${encodeURIComponent(person)}`}>{person}</Link>
        )}
        {role && <span className="flag">{said(role)}</span>}
        <p className="muted">
          {needs || "no care asked"}
          {seat.since && `, since ${momentWords(seat.since, zone)}`}
          {rostered && rostered !== person && `, planned: ${rostered}`}
        </p>
        {role && <p className="muted">In this role their care is out of the counted capacity until they give it back.</p>}
      </div>
      {crews && (
        <div className="actions">
          {person === null && (
            <button type="button" className="button" onClick={() => onForm({ kind: "on", seat })}>
              Sign on
            </button>
          )}
          {person !== null && role === null && (
            <button type="button" className="button" onClick={() => onForm({ kind: "role", person })}>
              Take a role
            </button>
          )}
          {person !== null && role !== null && (
            <button type="button" className="button" onClick={() => onBack(person)}>
              Give it back
            </button>
          )}
          {person !== null && (
            <button type="button" className="button plain" onClick={() => onForm({ kind: "off", person })}>
              Sign off
            </button>
          )}
        </div>
      )}
    </li>
  );
}

function RosterView({ roster, onStrike }: { roster: Roster; onStrike?: (duty: string) => void }) {
  const zone = useSetting()?.time_zone ?? "UTC";
  return (
    <>
      {roster.faults.length > 0 && (
        <ul className="missing faults">
          {roster.faults.map((one) => (
            <li key={`${one.kind} ${one.what}`} title={one.source || undefined}>
              {one.what}
            </li>
          ))}
        </ul>
      )}
      {roster.faults.length === 0 && roster.lines.length > 0 && <p className="muted">No gap, nobody in two places, nobody too long on duty.</p>}
      {roster.lines.length === 0 && <p className="muted">Nobody is planned in these days.</p>}
      <ul className="rows">
        {roster.lines.map((one) => (
          <li key={one.duty}>
            <span>
              {one.person}, {said(one.seat).toLowerCase()}
              <span className="muted">
                {" "}
                {momentWords(one.start, zone)} to {momentWords(one.end, zone)}
                {one.hours && `, ${one.hours}`}
              </span>
            </span>
            {onStrike && (
              <button type="button" className="button plain" onClick={() => onStrike(one.duty)}>
                Strike
              </button>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}

/** A person by name where the account may see names, else by id. */
function PersonField({ label, value, onChange }: { label: string; value: string; onChange: (value: string) => void }) {
  const session = useSession();
  const sees = holds(session, "credentialing", "medical_director", "state_office");
  const people = useAsk<People>(sees ? "/api/workforce/people?limit=1000" : null).data;
  if (!people) return <TextField label={`${label}, by id`} value={value} onChange={onChange} placeholder="ke-0042" />;
  const options = people.people.map((one) => ({ value: one.id, label: one.name || one.id, group: `${one.id}, ${one.standing.level_words || "no licence"}` }));
  return <Combobox label={label} value={value} options={options} onChange={onChange} />;
}

interface Given {
  path: string;
  onClose: () => void;
  onDone: () => void;
}

function SignOn({ path, seat, onClose, onDone }: Given & { seat: SeatRow }) {
  const [person, setPerson] = useState(seat.rostered ?? "");
  const [page, setPage] = useState("");
  const [override, setOverride] = useState("");
  return (
    <FormSheet
      head={`Sign on: ${said(seat.name)}`}
      action="Sign on"
      fault={person.trim() ? null : "Say who takes the seat."}
      onClose={onClose}
      onSend={async () => {
        const { warnings } = await gesture<{ warnings: string[] }>(`${path}/on`, {
          person: person.trim(),
          seat: seat.name,
          ...filled({ page, override }),
        });
        say([`${person} is aboard.`, ...warnings].join(" "));
        onDone();
      }}
    >
      <PersonField label="Person" value={person} onChange={setPerson} />
      <TextField label="Page accepted" value={page} onChange={setPage} hint="A volunteer on call: the number of the call." />
      <TextField label="Why all the same" value={override} onChange={setOverride} hint="A supervisor's reason where the seat asks for more." />
    </FormSheet>
  );
}

function SignOff({ path, person, onClose, onDone }: Given & { person: string }) {
  const [reason, setReason] = useState("");
  return (
    <FormSheet
      head={`Sign off: ${person}`}
      action="Sign off"
      onClose={onClose}
      onSend={async () => {
        await gesture(`${path}/off`, { person, reason });
        say(`${person} is no longer aboard.`);
        onDone();
      }}
    >
      <LongField label="Reason, if there is one" value={reason} onChange={setReason} rows={2} />
    </FormSheet>
  );
}

function TakeRole({ path, person, onClose, onDone }: Given & { person: string }) {
  const setting = useSetting();
  const [role, setRole] = useState("command");
  const [scope, setScope] = useState("incident");
  const [call, setCall] = useState("");
  return (
    <FormSheet
      head={`${person} takes a role`}
      action="Take it"
      fault={scope === "incident" && !call.trim() ? "A role of an incident names its call: write its number." : null}
      onClose={onClose}
      onSend={async () => {
        const { warnings } = await gesture<{ warnings: string[] }>(`${path}/roles`, {
          person,
          role,
          scope,
          ...(scope === "incident" ? filled({ call_id: call }) : {}),
        });
        say([`${person} has the role ${said(role).toLowerCase()}.`, ...warnings].join(" "));
        onDone();
      }}
    >
      <SelectField
        label="Role"
        value={role}
        onChange={setRole}
        options={(setting?.roles ?? [{ key: "command", name: "Command" }]).map((one) => ({ value: one.key, label: one.name }))}
      />
      <div className="pair">
        <SelectField
          label="For"
          value={scope}
          onChange={setScope}
          options={[
            { value: "incident", label: "One incident" },
            { value: "shift", label: "The whole shift" },
          ]}
        />
        {scope === "incident" && <TextField label="Call" value={call} onChange={setCall} placeholder="26-0001" />}
      </div>
      <p className="muted">Their care leaves the unit&apos;s counted capacity until they give the role back. Their licence stays what it is.</p>
    </FormSheet>
  );
}

const CLOCK = /^([01]\d|2[0-3]):[0-5]\d$/;

/** A moment typed as day and time, by the clock of the region. */
function useMoment(day: string, time: string) {
  const zone = useSetting()?.time_zone ?? "UTC";
  const [at, setAt] = useState({ day, time });
  const fault = !isDay(at.day) ? "Write each day as 2026-05-04." : CLOCK.test(at.time) ? null : "Write each time as 07:00.";
  return { ...at, fault, iso: fault === null ? instantOf(at.day, at.time, zone) : "", setDay: (value: string) => setAt({ ...at, day: value }), setTime: (value: string) => setAt({ ...at, time: value }) };
}

function Moment({ label, at }: { label: string; at: ReturnType<typeof useMoment> }) {
  return (
    <div className="pair">
      <DayField label={label} value={at.day} onChange={at.setDay} />
      <TextField label="Time" value={at.time} onChange={at.setTime} placeholder="07:00" />
    </div>
  );
}

function Plan({ path, seats, onClose, onDone }: Given & { seats: readonly SeatRow[] }) {
  const setting = useSetting();
  const [person, setPerson] = useState("");
  const [seat, setSeat] = useState(seats[0]?.name ?? "");
  const [hours, setHours] = useState("");
  const start = useMoment(setting?.today ?? "", "00:00");
  const end = useMoment("", "00:00");
  return (
    <FormSheet
      head="Plan somebody"
      action="Plan"
      fault={(person.trim() ? null : "Say who.") ?? start.fault ?? end.fault}
      onClose={onClose}
      onSend={async () => {
        const { warnings } = await gesture<{ warnings: string[] }>(`${path}/roster`, {
          person: person.trim(),
          seat,
          start: start.iso,
          end: end.iso,
          hours,
        });
        say([`${person} is planned.`, ...warnings].join(" "));
        onDone();
      }}
    >
      <PersonField label="Person" value={person} onChange={setPerson} />
      <SelectField label="Seat" value={seat} onChange={setSeat} options={seats.map((one) => ({ value: one.name, label: said(one.name) }))} />
      <Moment label="From" at={start} />
      <Moment label="Until" at={end} />
      <TextField label="Hours of the week" value={hours} onChange={setHours} placeholder="Mon-Fri 07:00-19:00" hint="On the local clock. Empty: all of that time." />
    </FormSheet>
  );
}

function Volunteer({ path, onClose, onDone }: Given) {
  const setting = useSetting();
  const session = useSession();
  const [person, setPerson] = useState(session?.person ?? "");
  const start = useMoment(setting?.today ?? "", "18:00");
  const end = useMoment(setting?.today ?? "", "23:59");
  return (
    <FormSheet
      head="Volunteer on call"
      action="On call"
      fault={(person.trim() ? null : "Say who.") ?? start.fault ?? end.fault}
      onClose={onClose}
      onSend={async () => {
        await gesture(`${path}/on-call`, { person: person.trim(), start: start.iso, end: end.iso });
        say(`${person} is on call. They are counted once they have come, not before.`);
        onDone();
      }}
    >
      <PersonField label="Person" value={person} onChange={setPerson} />
      <Moment label="From" at={start} />
      <Moment label="Until" at={end} />
      <p className="muted">Nobody is counted before they have accepted a page and come.</p>
    </FormSheet>
  );
}
