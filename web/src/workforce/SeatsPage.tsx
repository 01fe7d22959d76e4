import { useAsk, useSettled } from "../kit/ask";
import { DayField, isDay } from "../kit/DayField";
import { SelectField, TextField } from "../kit/Fields";
import { count } from "../kit/format";
import { Answer } from "../kit/States";
import { csvOf, download, Table, type Column } from "../kit/Table";
import { go, Link, useWhere, withQuery } from "../kit/where";
import { levelName, useSetting } from "./setting";
import type { Lacking, People } from "./types";

type Row = Lacking["people"][number];

const COLUMNS: Column<Row>[] = [
  {
    key: "name",
    head: "Name",
    value: (row) => row.name,
    cell: (row) => (
      <Link href={`/workforce/people/${encodeURIComponent(row.id)}`}>
        {row.name} <span className="muted id">{row.id}</span>
      </Link>
    ),
  },
  {
    key: "fits",
    head: "Fits",
    value: (row) => (row.fits ? "yes" : "no"),
    cell: (row) => (
      <span className="verdict" data-verdict={row.fits ? "allow" : "deny"}>
        <i aria-hidden="true">{row.fits ? "✓" : "✕"}</i>
        {row.fits ? "Fits" : "Lacks"}
      </span>
    ),
  },
  { key: "lacks", head: "What is lacking", value: (row) => row.lacks.join(" "), cell: (row) => row.lacks.join(" ") },
];

const SEATS = ["emr", "emt", "aemt", "paramedic"];

/** Who may sit in a seat on a day, and what the others lack for it. */
export function SeatsPage() {
  const where = useWhere();
  const setting = useSetting();
  const value = (name: string, usual = "") => where.query.get(name) ?? usual;
  const set = (name: string) => (said: string) => go(withQuery(where, { [name]: said }), { replace: true });
  const level = value("level", "emt");
  const endorsement = value("endorsement");
  const agency = value("agency");
  const on = value("on", setting?.today ?? "");
  const show = value("show");
  const people = useAsk<People>("/api/workforce/people?limit=1000");
  const agencies = [...new Set(people.data?.people.flatMap((one) => one.affiliations.map((each) => each.agency)) ?? [])].sort();
  const path = `/api/workforce/lacking?${new URLSearchParams({ level, endorsement, agency, on }).toString()}`;
  const asked = useAsk<Lacking>(useSettled(isDay(on) ? path : null, 200));
  return (
    <>
      <header className="page-head">
        <h1>Who fits which seat</h1>
        <div className="actions">
          <button
            type="button"
            className="button"
            onClick={() => asked.data && download(`seat-${level}-${on}.csv`, csvOf(COLUMNS, asked.data.people))}
          >
            Export CSV
          </button>
        </div>
      </header>
      <div className="filters">
        <SelectField
          label="The seat asks for at least"
          value={level}
          onChange={set("level")}
          options={[...SEATS.map((key) => ({ value: key, label: levelName(setting, key) })), { value: "", label: "No care, such as a driver" }]}
        />
        <TextField
          label="And endorsements"
          value={endorsement}
          onChange={set("endorsement")}
          placeholder="driver, rescue"
        />
        <SelectField
          label="Agency"
          value={agency}
          onChange={set("agency")}
          options={[{ value: "", label: "All of yours" }, ...agencies.map((one) => ({ value: one, label: one }))]}
        />
        <DayField label="Day" value={on} onChange={set("on")} />
        <SelectField
          label="Show"
          value={show}
          onChange={set("show")}
          options={[
            { value: "", label: "Everybody" },
            { value: "lacks", label: "Who lacks something" },
            { value: "fits", label: "Who fits" },
          ]}
        />
      </div>
      <Answer asked={asked} empty={(found) => (found.people.length === 0 ? "Nobody is in the books here yet." : null)}>
        {(found) => {
          const fit = found.people.filter((one) => one.fits).length;
          const rows = found.people.filter((one) => show === "" || one.fits === (show === "fits"));
          return (
            <>
              <p className="muted tally-line">
                {count(fit, "person fits", "people fit")}, {count(found.people.length - fit, "lacks something", "lack something")} ({found.place},{" "}
                {on})
              </p>
              <Table caption="Who fits the seat" columns={COLUMNS} rows={rows} keyOf={(row) => row.id} stack />
            </>
          );
        }}
      </Answer>
    </>
  );
}
