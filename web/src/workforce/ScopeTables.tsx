import { useMemo } from "react";
import { useAsk } from "../kit/ask";
import { DayField, isDay } from "../kit/DayField";
import { SelectField, TextField } from "../kit/Fields";
import { count } from "../kit/format";
import { Answer } from "../kit/States";
import { csvOf, download, Table, type Column } from "../kit/Table";
import { Verdict, VERDICTS } from "../kit/Verdict";
import { go, Link, withQuery, type Where } from "../kit/where";
import { levelName, levelOptions, placeName, placeOptions } from "./setting";
import type { Cell, ScopeDiff, ScopeTable, Vocabulary } from "./types";

type Row = ScopeTable["rows"][number];
type Difference = ScopeDiff["rows"][number];

const mark = (cell: Cell | undefined) =>
  cell && (
    <>
      <Verdict verdict={cell.verdict} brief note={cell.why} />
      {cell.unconfirmed && <abbr title="Unconfirmed: second-hand">u</abbr>}
    </>
  );

const said = (cell: Cell | undefined) => (cell ? VERDICTS[cell.verdict].word + (cell.unconfirmed ? ", unconfirmed" : "") : null);

function found<T extends { name: string; category: string }>(rows: readonly T[], text: string): T[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return rows.filter((row) => words.every((word) => `${row.name} ${row.category}`.toLowerCase().includes(word)));
}

/** Every skill of a place, by level. */
export function TableView({ setting, where }: { setting: Vocabulary; where: Where }) {
  const place = where.query.get("place") ?? (setting.place || "US");
  const on = where.query.get("on") ?? setting.today;
  const text = where.query.get("find") ?? "";
  const set = (name: string) => (value: string) => go(withQuery(where, { [name]: value }), { replace: true });
  const asked = useAsk<ScopeTable>(isDay(on) ? `/api/workforce/scope/table?${new URLSearchParams({ place, on }).toString()}` : null);
  const levels = asked.data?.levels;
  const columns = useMemo<Column<Row>[]>(
    () => [
      {
        key: "name",
        head: "Skill",
        value: (row) => row.name,
        cell: (row) => (
          <Link href={`/workforce/scope?${new URLSearchParams({ skill: row.skill, place, on }).toString()}`}>{row.name}</Link>
        ),
      },
      ...(levels ?? []).map((level) => ({
        key: level.key,
        head: level.name,
        value: (row: Row) => said(row.cells[level.key]),
        cell: (row: Row) => mark(row.cells[level.key]),
      })),
      { key: "category", head: "Category", value: (row) => row.category, cell: (row) => row.category, wideOnly: true },
    ],
    [levels, place, on],
  );
  return (
    <>
      <div className="filters">
        <SelectField label="Place" value={place} onChange={set("place")} options={placeOptions(setting)} />
        <DayField label="Day" value={on} onChange={set("on")} />
        <div data-search>
          <TextField label="Search" type="search" value={text} onChange={set("find")} />
        </div>
        {asked.data && (
          <button
            type="button"
            className="button"
            onClick={() => asked.data && download(`scope-${place}-${on}.csv`, csvOf(columns, asked.data.rows))}
          >
            Export CSV
          </button>
        )}
      </div>
      <Answer asked={asked} empty={(table) => (table.rows.length === 0 ? `No rule of ${table.name} is known that day.` : null)}>
        {(table) => {
          const rows = found(table.rows, text);
          return (
            <>
              {table.note && <p className="note">{table.note}</p>}
              <p className="muted tally-line">
                {count(rows.length, "skill")}. <Legend />
              </p>
              <Table
                caption={`Scope of practice, ${table.name}, ${table.on}`}
                columns={columns}
                rows={rows}
                keyOf={(row) => row.skill}
              />
            </>
          );
        }}
      </Answer>
    </>
  );
}

function Legend() {
  return (
    <span className="legend">
      <Verdict verdict="allow" /> <Verdict verdict="deny" /> <Verdict verdict="unknown" />
    </span>
  );
}

/** Where two places differ for one level. */
export function DiffView({ setting, where }: { setting: Vocabulary; where: Where }) {
  const one = where.query.get("place") ?? (setting.place || "US");
  const other = where.query.get("other") ?? (one === "US" ? "MT" : "US");
  const level = where.query.get("level") ?? "emt";
  const on = where.query.get("on") ?? setting.today;
  const text = where.query.get("find") ?? "";
  const set = (name: string) => (value: string) => go(withQuery(where, { [name]: value }), { replace: true });
  const asked = useAsk<ScopeDiff>(
    isDay(on) ? `/api/workforce/scope/diff?${new URLSearchParams({ one, other, level, on }).toString()}` : null,
  );
  const columns = useMemo<Column<Difference>[]>(() => {
    const side = (key: "one" | "other", place: string): Column<Difference> => ({
      key,
      head: placeName(setting, place),
      value: (row) => said(row[key]),
      cell: (row) => (
        <div className="side">
          <Verdict verdict={row[key].verdict} />
          <p className="muted">{row[key].why}</p>
        </div>
      ),
    });
    return [
      { key: "name", head: "Skill", value: (row) => row.name, cell: (row) => row.name },
      side("one", one),
      side("other", other),
    ];
  }, [setting, one, other]);
  return (
    <>
      <div className="filters">
        <SelectField label="Place" value={one} onChange={set("place")} options={placeOptions(setting)} />
        <SelectField label="Other place" value={other} onChange={set("other")} options={placeOptions(setting)} />
        <SelectField label="Level" value={level} onChange={set("level")} options={levelOptions(setting)} />
        <DayField label="Day" value={on} onChange={set("on")} />
        <div data-search>
          <TextField label="Search" type="search" value={text} onChange={set("find")} />
        </div>
        {asked.data && (
          <button
            type="button"
            className="button"
            onClick={() => asked.data && download(`scope-${one}-${other}-${level}.csv`, csvOf(columns, asked.data.rows))}
          >
            Export CSV
          </button>
        )}
      </div>
      <Answer
        asked={asked}
        empty={(diff) =>
          diff.rows.length === 0 ? `${placeName(setting, one)} and ${placeName(setting, other)} do not differ for this level.` : null
        }
      >
        {(diff) => (
          <>
            <p className="muted tally-line">
              {levelName(setting, level)}: {count(diff.rows.length, "skill differs", "skills differ")}, {diff.same} are the same.
            </p>
            <Table
              caption={`Where ${placeName(setting, one)} and ${placeName(setting, other)} differ for ${levelName(setting, level)}`}
              columns={columns}
              rows={found(diff.rows, text)}
              stack
              keyOf={(row) => row.skill}
            />
          </>
        )}
      </Answer>
    </>
  );
}
