import { useState } from "react";
import { useAsk, useEvery } from "../kit/ask";
import { SelectField, TextField } from "../kit/Fields";
import { byCallSign, count, duration, percent } from "../kit/format";
import { Answer } from "../kit/States";
import { Table, type Column } from "../kit/Table";
import { momentWords } from "../kit/zoned";
import { go, Link, useWhere, withQuery } from "../kit/where";
import { useSetting } from "./setting";
import { UnitPanel } from "./UnitPanel";
import type { CrewCounts, UnitCrew } from "./types";
import { said } from "./words";

const RENEW_MS = 20_000; // A licence that lapses at midnight changes a crew without anybody's gesture.

const sign = (unit: string) => unit.split("/")[1] ?? unit;
const agencyOf = (unit: string) => unit.split("/")[0] ?? "";

/** What each unit's crew counts for now, who is aboard, what is missing, which volunteers are on call. */
export function CrewsPage() {
  const where = useWhere();
  const asked = useAsk<UnitCrew[]>("/api/workforce/crews");
  useEvery(asked.again, RENEW_MS);
  const [text, setText] = useState("");
  const open = where.query.get("unit");
  const agency = where.query.get("agency") ?? "";
  const show = where.query.get("show") ?? "";
  const set = (name: string) => (value: string) => go(withQuery(where, { [name]: value }), { replace: true });
  const to = (unit: string) => withQuery(where, { unit });
  const columns: Column<UnitCrew>[] = [
    {
      key: "unit",
      head: "Unit",
      value: (row) => sign(row.unit),
      cell: (row) => (
        <Link href={to(row.unit)}>
          <strong>{sign(row.unit)}</strong> <span className="muted id">{agencyOf(row.unit)}</span>
        </Link>
      ),
    },
    { key: "levels", head: "Counts as", value: (row) => row.crew.levels.join(" "), cell: (row) => <Levels crew={row.crew} /> },
    {
      key: "transport",
      head: "Transport",
      value: (row) => (row.crew.can_transport ? "yes" : row.crew.why_no_transport),
      cell: (row) => <Transport crew={row.crew} />,
    },
    {
      key: "on_call",
      head: "Volunteers on call",
      value: (row) => row.on_call?.volunteers ?? null,
      cell: (row) =>
        row.on_call && (
          <span title={row.on_call.source}>
            {row.on_call.volunteers}; one answers {percent(row.on_call.chance_of_one)}, two {percent(row.on_call.chance_of_two)},{" "}
            {duration(row.on_call.turnout_s)} turnout
          </span>
        ),
    },
    {
      key: "next",
      head: "Changes",
      value: (row) => row.crew.next_change?.at ?? null,
      cell: (row) => <Ahead crew={row.crew} />,
    },
  ];
  return (
    <div className="beside" data-open={open !== null}>
      <section className="list" aria-label="Units">
        <header className="page-head">
          <h1>Crews</h1>
        </header>
        <div className="filters">
          <div data-search className="grow">
            <TextField label="Search a unit" type="search" value={text} onChange={setText} />
          </div>
          <SelectField
            label="Agency"
            value={agency}
            onChange={set("agency")}
            options={[
              { value: "", label: "Any" },
              ...[...new Set((asked.data ?? []).map((one) => agencyOf(one.unit)))].sort().map((one) => ({ value: one, label: one })),
            ]}
          />
          <SelectField
            label="Show"
            value={show}
            onChange={set("show")}
            options={[
              { value: "", label: "All" },
              { value: "warned", label: "With a warning" },
              { value: "changing", label: "That change soon" },
              { value: "empty", label: "With nobody aboard" },
              { value: "on_call", label: "With volunteers on call" },
            ]}
          />
        </div>
        <Answer asked={asked} empty={(units) => (units.length === 0 ? "No unit is registered." : null)}>
          {(units) => {
            const rows = units
              .filter((one) => !agency || agencyOf(one.unit) === agency)
              .filter((one) => one.unit.toLowerCase().includes(text.trim().toLowerCase()))
              .filter((one) => SHOWN[show]?.(one) ?? true)
              .sort((a, b) => byCallSign(sign(a.unit), sign(b.unit)));
            return (
              <>
                <p className="muted tally-line">
                  {count(rows.length, "unit")}, {rows.filter((one) => one.crew.can_transport).length} can transport with their crew now
                </p>
                <Table caption="Crews" columns={columns} rows={rows} keyOf={(row) => row.unit} current={open} stack />
              </>
            );
          }}
        </Answer>
      </section>
      {open !== null && <UnitPanel key={open} unit={open} onChanged={asked.again} onClose={() => go(withQuery(where, { unit: "" }))} />}
    </div>
  );
}

const SHOWN: Record<string, (one: UnitCrew) => boolean> = {
  warned: (one) => one.crew.warnings.length + one.crew.unconfirmed.length > 0,
  changing: (one) => one.crew.next_change !== null,
  empty: (one) => one.crew.aboard === 0,
  on_call: (one) => one.on_call !== null,
};

/** "Paramedic, 3 EMT": the same level once, with how many. */
export function levelWords(levels: readonly string[]): string {
  const kinds = [...new Set(levels)];
  return kinds
    .map((level) => {
      const n = levels.filter((one) => one === level).length;
      return n > 1 ? `${n} ${said(level)}` : said(level);
    })
    .join(", ");
}

/** The levels that count, highest first, and whether they are the agency's word or named people's. */
export function Levels({ crew }: { crew: CrewCounts }) {
  return (
    <span className="levels">
      {crew.levels.length === 0 ? <span className="muted">no care</span> : levelWords(crew.levels)}
      {crew.aboard === null && <span className="muted"> as the agency says</span>}
      {crew.aboard === 0 && <span className="muted"> nobody aboard</span>}
      {crew.unconfirmed.length > 0 && (
        <span className="flag" title={crew.unconfirmed.join(" ")}>
          unconfirmed
        </span>
      )}
      {crew.warnings.map((one) => (
        <span key={one} className="warning">
          {one}
        </span>
      ))}
    </span>
  );
}

export function Transport({ crew }: { crew: CrewCounts }) {
  if (crew.can_transport) {
    return (
      <span className="verdict" data-verdict="allow">
        <i aria-hidden="true">✓</i>
        Yes
      </span>
    );
  }
  return <span className="muted">{crew.why_no_transport === "cannot transport" ? "carries nobody" : crew.why_no_transport}</span>;
}

export function Ahead({ crew }: { crew: CrewCounts }) {
  const zone = useSetting()?.time_zone ?? "UTC";
  const { next_change } = crew;
  if (!next_change) return null;
  return (
    <span className="ahead">
      {momentWords(next_change.at, zone)}: {next_change.why}
    </span>
  );
}
