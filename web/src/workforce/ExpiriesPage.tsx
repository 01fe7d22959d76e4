import { useState } from "react";
import type { Refusal } from "../api/client";
import { asRefusal, useAsk } from "../kit/ask";
import { SelectField } from "../kit/Fields";
import { count } from "../kit/format";
import { holds, useSession } from "../kit/session";
import { Sheet } from "../kit/Sheet";
import { Answer, RefusedWords } from "../kit/States";
import { csvOf, download, Table, type Column } from "../kit/Table";
import { go, Link, useWhere, withQuery } from "../kit/where";
import { gesture } from "./gestures";
import { DaysLeft } from "./Marks";
import { say } from "./saying";
import type { Expiry, People } from "./types";
import { credentialName } from "./words";

const BANDS = [
  { notice: 7, label: "Within 7 days" },
  { notice: 30, label: "8 to 30 days" },
  { notice: 60, label: "31 to 60 days" },
  { notice: 90, label: "61 to 90 days" },
];

const COLUMNS: Column<Expiry>[] = [
  {
    key: "name",
    head: "Name",
    value: (row) => row.name_of_person,
    cell: (row) => (
      <Link href={`/workforce/people/${encodeURIComponent(row.person)}`}>
        {row.name_of_person} <span className="muted id">{row.person}</span>
      </Link>
    ),
  },
  { key: "what", head: "Credential", value: (row) => credentialName(row), cell: (row) => credentialName(row) },
  { key: "expires", head: "Last day", value: (row) => row.expires, cell: (row) => row.expires },
  {
    key: "left",
    head: "Days left",
    value: (row) => row.days_left,
    cell: (row) => <DaysLeft days={row.days_left} notice={row.notice} />,
  },
];

/** What ends within 90 days, the next to end first, in the bands of notice; and the calendar of it. */
export function ExpiriesPage() {
  const where = useWhere();
  const session = useSession();
  const agency = where.query.get("agency") ?? "";
  const asked = useAsk<{ expiring: Expiry[] }>(`/api/workforce/expiring?${new URLSearchParams({ within: "90", agency }).toString()}`);
  const people = useAsk<People>("/api/workforce/people?limit=1000");
  const agencies = [...new Set(people.data?.people.flatMap((one) => one.affiliations.map((each) => each.agency)) ?? [])].sort();
  const [calendar, setCalendar] = useState(false);
  return (
    <>
      <header className="page-head">
        <h1>Expiries</h1>
        <div className="actions">
          <button
            type="button"
            className="button"
            onClick={() => asked.data && download("expiries.csv", csvOf(COLUMNS, asked.data.expiring))}
          >
            Export CSV
          </button>
          {holds(session, "credentialing") && (
            <button type="button" className="button" onClick={() => setCalendar(true)}>
              Calendar feed
            </button>
          )}
        </div>
      </header>
      <div className="filters">
        <SelectField
          label="Agency"
          value={agency}
          onChange={(value) => go(withQuery(where, { agency: value }), { replace: true })}
          options={[{ value: "", label: "All of yours" }, ...agencies.map((one) => ({ value: one, label: one }))]}
        />
      </div>
      <Answer
        asked={asked}
        loading="Fetching what ends."
        empty={({ expiring }) => (expiring.length === 0 ? "Nothing that holds today ends within 90 days." : null)}
      >
        {({ expiring }) => (
          <>
            <ul className="bands">
              {BANDS.map(({ notice, label }) => (
                <li key={notice} data-notice={notice}>
                  <strong>{expiring.filter((one) => one.notice === notice).length}</strong>
                  <a href={`#within-${notice}`}>{label}</a>
                </li>
              ))}
            </ul>
            {BANDS.map(({ notice, label }) => {
              const mine = expiring.filter((one) => one.notice === notice);
              return (
                <section key={notice} id={`within-${notice}`} className="band">
                  <h2>
                    {label} <span className="muted">{count(mine.length, "credential")}</span>
                  </h2>
                  {mine.length === 0 ? (
                    <p className="muted">Nothing ends then.</p>
                  ) : (
                    <Table caption={label} columns={COLUMNS} rows={mine} keyOf={(row) => row.credential} stack />
                  )}
                </section>
              );
            })}
          </>
        )}
      </Answer>
      {calendar && <CalendarSheet agencies={agencies} usual={agency} onClose={() => setCalendar(false)} />}
    </>
  );
}

/** A secret address that calendar programs follow. It is said once, and a new one voids the old one. */
function CalendarSheet({ agencies, usual, onClose }: { agencies: readonly string[]; usual: string; onClose: () => void }) {
  const [agency, setAgency] = useState(usual || (agencies[0] ?? ""));
  const [address, setAddress] = useState("");
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const attempt = (work: () => Promise<void>) => {
    setRefusal(null);
    work().catch((error: unknown) => setRefusal(asRefusal(error)));
  };
  const path = `/api/workforce/calendars/${encodeURIComponent(agency)}`;
  const open = () =>
    attempt(async () => {
      const made = await gesture<{ address: string }>(path);
      setAddress(new URL(made.address, location.href).href);
    });
  const close = () =>
    attempt(async () => {
      await gesture(`${path}/close`);
      setAddress("");
      say(`The calendar of ${agency} answers no longer.`);
      onClose();
    });
  const copy = () =>
    attempt(async () => {
      await navigator.clipboard.writeText(address);
      say("The address is copied.");
    });
  return (
    <Sheet head="Calendar feed of expiries" onClose={onClose}>
      <p>
        A calendar program can follow what ends, with alarms at 90, 60, 30 and 7 days. Whoever has the address can read the ids and
        last days, never a name. It is shown once; a new address voids the one before.
      </p>
      <SelectField
        label="Agency"
        value={agency}
        onChange={(value) => {
          setAgency(value);
          setAddress("");
        }}
        options={agencies.map((one) => ({ value: one, label: one }))}
      />
      {address && (
        <div className="secret">
          <code>{address}</code>
          <button type="button" className="button" onClick={copy}>
            Copy
          </button>
        </div>
      )}
      {refusal && <RefusedWords refusal={refusal} />}
      <div className="actions">
        <button type="button" className="button main" aria-disabled={!agency} onClick={() => agency && open()}>
          {address ? "Make another address" : "Make an address"}
        </button>
        <button type="button" className="button" aria-disabled={!agency} onClick={() => agency && close()}>
          Close the calendar
        </button>
      </div>
    </Sheet>
  );
}
