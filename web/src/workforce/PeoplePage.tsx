import { useMemo, useState } from "react";
import { useAsk, useSettled } from "../kit/ask";
import { SelectField, TextField, type Option } from "../kit/Fields";
import { count } from "../kit/format";
import { holds, useSession } from "../kit/session";
import { Answer } from "../kit/States";
import { csvOf, download, Table, type Column, type Sorting } from "../kit/Table";
import { go, Link, useWhere, withQuery } from "../kit/where";
import { AddPerson } from "./PersonForms";
import { DaysLeft, StandingWord } from "./Marks";
import { PersonPanel } from "./PersonPanel";
import { levelOptions, useSetting } from "./setting";
import type { People, PersonRow } from "./types";
import { said, SERVICES } from "./words";

const AT_ONCE = 100;
const FILTERS = ["agency", "level", "standing", "service", "pay", "verified", "expiring"] as const;

/** Everybody of the account's agencies: found, filtered, opened beside the list. */
export function PeoplePage() {
  const where = useWhere();
  const setting = useSetting();
  const session = useSession();
  const open = /^\/workforce\/people\/([^/]+)$/.exec(where.path)?.[1];
  const person = open === undefined ? null : decodeURIComponent(open);
  const [text, setText] = useState(""); // Never in the address: it is somebody's name.
  const [adding, setAdding] = useState(false);
  const sought = useSettled(text.trim(), 250);
  const value = (name: string) => where.query.get(name) ?? "";
  const set = (name: string) => (chosen: string) => go(withQuery(where, { [name]: chosen, page: "" }), { replace: true });
  const sort: Sorting = { key: value("sort") || "name", down: value("down") === "1" };
  const page = Number(value("page")) || 0;

  const query = new URLSearchParams({ sort: sort.key, limit: String(AT_ONCE), offset: String(page * AT_ONCE) });
  if (sort.down) query.set("descending", "true");
  for (const name of FILTERS) if (value(name)) query.set(name, value(name));
  const listed = useAsk<People>(sought ? null : `/api/workforce/people?${query.toString()}`);
  const searched = useAsk<People>(sought ? "/api/workforce/people/search" : null, { text: sought });
  const asked = sought ? searched : listed;
  const agencies = useAgencies(listed.data);
  const filtered = FILTERS.some((name) => value(name));

  const to = (id: string) => `/workforce/people/${encodeURIComponent(id)}${location.search}`;
  const columns = useMemo<Column<PersonRow>[]>(
    () => [
      {
        key: "name",
        head: "Name",
        value: (row) => `${row.family_name}, ${row.given_name}`,
        cell: (row) => (
          <Link href={to(row.id)}>
            {row.name || "Name erased"} <span className="muted id">{row.id}</span>
          </Link>
        ),
      },
      { key: "level", head: "Stands as", value: (row) => row.standing.level_words, cell: (row) => <StandingWord standing={row.standing} /> },
      {
        key: "agency",
        head: "Agency",
        cell: (row) => row.affiliations.map((one) => `${one.agency}${one.pay === "volunteer" ? " (volunteer)" : ""}`).join(", "),
      },
      {
        key: "until",
        head: "Ends next",
        value: (row) => row.standing.until,
        cell: (row) =>
          row.next_end && (
            <>
              {row.next_end.expires} <DaysLeft days={row.next_end.days_left} notice={row.next_end.notice} />
            </>
          ),
      },
      {
        key: "unverified",
        head: "Unverified",
        figure: true,
        wideOnly: true,
        cell: (row) => (row.unverified > 0 ? `${row.unverified} of ${row.credentials}` : ""),
      },
    ],
    [],
  );
  const total = asked.data?.total ?? 0;
  return (
    <div className="beside" data-open={person !== null}>
      <section className="list" aria-label="People">
        <header className="page-head">
          <h1>People</h1>
          <div className="actions">
            <button
              type="button"
              className="button"
              onClick={() => asked.data && download("people.csv", csvOf(EXPORT, asked.data.people))}
            >
              Export CSV
            </button>
            {holds(session, "credentialing") && (
              <button type="button" className="button main" onClick={() => setAdding(true)}>
                Add a person
              </button>
            )}
          </div>
        </header>
        <div className="filters">
          <div data-search className="grow">
            <TextField label="Search name or id" type="search" value={text} onChange={setText} />
          </div>
          <SelectField label="Agency" value={value("agency")} onChange={set("agency")} options={any(agencies.map(option))} />
          <SelectField
            label="Level"
            value={value("level")}
            onChange={set("level")}
            options={any(setting ? levelOptions(setting).filter((one) => one.group !== "No care") : [])}
          />
          <SelectField
            label="Status"
            value={value("standing")}
            onChange={set("standing")}
            options={any([
              { value: "live", label: "Live licence" },
              { value: "not_live", label: "No live licence" },
            ])}
          />
          <details className="more" open={["service", "pay", "verified", "expiring"].some(value) || undefined}>
            <summary>More filters</summary>
            <div className="filters">
              <SelectField label="Service" value={value("service")} onChange={set("service")} options={any(SERVICES.map(option))} />
              <SelectField
                label="Pay"
                value={value("pay")}
                onChange={set("pay")}
                options={any(["paid", "volunteer"].map(option))}
              />
              <SelectField
                label="Verified"
                value={value("verified")}
                onChange={set("verified")}
                options={any([
                  { value: "true", label: "All of theirs" },
                  { value: "false", label: "Something is not" },
                ])}
              />
              <SelectField
                label="Ends within"
                value={value("expiring")}
                onChange={set("expiring")}
                options={any([7, 30, 60, 90].map((days) => ({ value: String(days), label: `${days} days` })))}
              />
            </div>
          </details>
        </div>
        <Answer
          asked={asked}
          loading="Fetching the people."
          empty={(found) => (found.total > 0 ? null : emptyWords(sought, filtered))}
        >
          {(found) => (
            <>
              <p className="muted tally-line">
                {count(total, "person", "people")}
                {sought && found.people.length < total && `, the first ${found.people.length} are shown`}
                {sought && filtered && ". A search looks at everybody: the filters do not count"}
              </p>
              <Table
                caption="People"
                columns={columns}
                rows={found.people}
                keyOf={(row) => row.id}
                current={person}
                sort={sought ? null : sort}
                onSort={(by) => go(withQuery(where, { sort: by.key, down: by.down ? "1" : "", page: "" }), { replace: true })}
                stack
              />
              {!sought && total > AT_ONCE && (
                <nav className="pager" aria-label="Pages of the list">
                  <button
                    type="button"
                    className="button"
                    aria-disabled={page === 0}
                    onClick={() => page > 0 && go(withQuery(where, { page: page > 1 ? String(page - 1) : "" }))}
                  >
                    Earlier
                  </button>
                  <span>
                    {page * AT_ONCE + 1} to {Math.min(total, (page + 1) * AT_ONCE)} of {total}
                  </span>
                  <button
                    type="button"
                    className="button"
                    aria-disabled={(page + 1) * AT_ONCE >= total}
                    onClick={() => (page + 1) * AT_ONCE < total && go(withQuery(where, { page: String(page + 1) }))}
                  >
                    Later
                  </button>
                </nav>
              )}
            </>
          )}
        </Answer>
      </section>
      {person !== null && <PersonPanel key={person} person={person} onChanged={asked.again} />}
      {adding && <AddPerson agencies={agencies} onClose={() => setAdding(false)} onAdded={asked.again} />}
    </div>
  );
}

const EXPORT: Column<PersonRow>[] = [
  { key: "id", head: "person", value: (row) => row.id, cell: () => null },
  { key: "given", head: "given_name", value: (row) => row.given_name, cell: () => null },
  { key: "family", head: "family_name", value: (row) => row.family_name, cell: () => null },
  { key: "agency", head: "agencies", value: (row) => row.affiliations.map((one) => one.agency).join(" "), cell: () => null },
  { key: "level", head: "level", value: (row) => row.standing.level, cell: () => null },
  { key: "live", head: "live_licence", value: (row) => (row.standing.live ? "yes" : "no"), cell: () => null },
  { key: "until", head: "ends_next", value: (row) => row.next_end?.expires ?? null, cell: () => null },
  { key: "unverified", head: "unverified", value: (row) => row.unverified, cell: () => null },
];

const option = (key: string): Option => ({ value: key, label: said(key) });
const any = (options: Option[]): Option[] => [{ value: "", label: "Any" }, ...options];

function emptyWords(sought: string, filtered: boolean) {
  if (sought) return <p>Nobody of yours has this in their name or id.</p>;
  if (filtered) {
    return (
      <p>
        Nobody fits these filters. <Link href="/workforce">Show everybody</Link>
      </p>
    );
  }
  return (
    <p>
      Nobody is in the books yet. Add a person, or <Link href="/workforce/import">import a file</Link>.
    </p>
  );
}

const known = new Set<string>();

/** Every agency seen so far, so that a filter does not forget the others. */
function useAgencies(people: People | null): string[] {
  for (const row of people?.people ?? []) for (const one of row.affiliations) known.add(one.agency);
  return [...known].sort();
}
