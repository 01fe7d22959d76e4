import { useId, useState, type KeyboardEvent, type ReactNode } from "react";

export interface Column<T> {
  key: string;
  head: string;
  cell: (row: T) => ReactNode;
  /** What the column sorts by and what an export holds; without it, it does neither. */
  value?: (row: T) => string | number | null;
  figure?: boolean;
  /** Left out where the window is narrow. */
  wideOnly?: boolean;
}

export interface Sorting {
  key: string;
  down: boolean;
}

const collator = new Intl.Collator("en", { numeric: true, sensitivity: "base" });

/** Sort as people do; what is missing comes last, whichever way. */
export function sorted<T>(rows: readonly T[], columns: readonly Column<T>[], by: Sorting | null): readonly T[] {
  const value = columns.find((one) => one.key === by?.key)?.value;
  if (!by || !value) return rows;
  const way = by.down ? -1 : 1;
  return [...rows].sort((a, b) => {
    const [one, other] = [value(a), value(b)];
    if (one === null || one === "") return other === null || other === "" ? 0 : 1;
    if (other === null || other === "") return -1;
    if (typeof one === "number" && typeof other === "number") return way * (one - other);
    return way * collator.compare(String(one), String(other));
  });
}

/** A table to work in: heads sort, rows open by Enter or a click, arrows walk along them. */
export function Table<T>({
  caption,
  columns,
  rows,
  keyOf,
  sort,
  onSort,
  current,
  rowProps,
  stack = false,
}: {
  caption: string;
  columns: readonly Column<T>[];
  rows: readonly T[];
  keyOf: (row: T) => string;
  /** Given, the server sorts; else the table does. */
  sort?: Sorting | null;
  onSort?: (by: Sorting) => void;
  /** The key of the row that is open beside the table. */
  current?: string | null;
  rowProps?: (row: T) => Record<string, string | boolean | undefined>;
  /** On a phone each row is a block of its own, its cells under one another. */
  stack?: boolean;
}) {
  const id = useId();
  const [own, setOwn] = useState<Sorting | null>(null);
  const by = onSort ? (sort ?? null) : own;
  const shown = onSort ? rows : sorted(rows, columns, own);
  const walk = (event: KeyboardEvent<HTMLTableSectionElement>) => {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    if (!(event.target instanceof HTMLElement) || event.target.matches("input, select, textarea")) return;
    const rowNow = event.target.closest("tr");
    const next = event.key === "ArrowDown" ? rowNow?.nextElementSibling : rowNow?.previousElementSibling;
    const goal = next?.querySelector<HTMLElement>("a, button");
    if (!goal) return;
    event.preventDefault();
    goal.focus();
  };
  return (
    <div className="table-box">
      <table className={stack ? "grid stack" : "grid"} aria-labelledby={id}>
        <caption id={id} className="unseen">
          {caption}
        </caption>
        <thead>
          <tr>
            {columns.map((column) => {
              const mine = by?.key === column.key;
              return (
                <th
                  key={column.key}
                  scope="col"
                  className={classOf(column)}
                  aria-sort={mine ? (by.down ? "descending" : "ascending") : undefined}
                >
                  {column.value ? (
                    <button
                      type="button"
                      onClick={() => (onSort ?? setOwn)({ key: column.key, down: mine ? !by.down : false })}
                    >
                      {column.head}
                      <span aria-hidden="true">{mine ? (by.down ? " ▾" : " ▴") : ""}</span>
                    </button>
                  ) : (
                    column.head
                  )}
                </th>
              );
            })}
          </tr>
        </thead>
        {/* The keys walk between the links and buttons of the rows, which are what is pressed. */}
        {/* eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
        <tbody onKeyDown={walk}>
          {shown.map((row) => {
            const key = keyOf(row);
            return (
              <tr key={key} aria-current={current === key ? "true" : undefined} {...rowProps?.(row)}>
                {columns.map((column, i) =>
                  i === 0 ? (
                    <th key={column.key} scope="row" className={classOf(column)}>
                      {column.cell(row)}
                    </th>
                  ) : (
                    <td key={column.key} className={classOf(column)} data-head={column.head}>
                      {column.cell(row)}
                    </td>
                  ),
                )}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

function classOf<T>(column: Column<T>): string | undefined {
  const all = [column.figure && "figure", column.wideOnly && "wide-only"].filter(Boolean).join(" ");
  return all || undefined;
}

/** The rows as a file that spreadsheets read. A cell never begins a formula. */
export function csvOf<T>(columns: readonly Column<T>[], rows: readonly T[]): string {
  const held = columns.filter((one) => one.value);
  const quote = (value: string | number | null | undefined) => {
    const text = value === null || value === undefined ? "" : String(value);
    const safe = typeof value === "string" && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
    return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  const lines = [held.map((one) => quote(one.head)), ...rows.map((row) => held.map((one) => quote(one.value?.(row))))];
  return lines.map((line) => line.join(",")).join("\r\n") + "\r\n";
}

/** Hand a text to the browser as a file to keep. */
export function download(name: string, text: string, kind = "text/csv"): void {
  const address = URL.createObjectURL(new Blob([text], { type: `${kind};charset=utf-8` }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
