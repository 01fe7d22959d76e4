import { useId, useRef, useState, type ChangeEvent, type DragEvent } from "react";
import { Refusal } from "../api/client";
import { asRefusal } from "../kit/ask";
import { count } from "../kit/format";
import { holds, useSession } from "../kit/session";
import { RefusedWords } from "../kit/States";
import { download, Table, type Column } from "../kit/Table";
import { Link } from "../kit/where";
import { uuid7 } from "../kit/uuid7";
import { say } from "./saying";
import type { ImportReport } from "./types";

type Line = ImportReport["lines"][number];

const MEANS: Record<Line["means"], { mark: string; word: string }> = {
  fault: { mark: "✕", word: "Wrong" },
  change: { mark: "+", word: "Change" },
  same: { mark: "=", word: "As it is" },
  note: { mark: "i", word: "Note" },
};

const COLUMNS: Column<Line>[] = [
  { key: "line", head: "Line", value: (row) => row.line, cell: (row) => row.line },
  {
    key: "means",
    head: "Means",
    value: (row) => MEANS[row.means].word,
    cell: (row) => (
      <span className="means" data-means={row.means}>
        <i aria-hidden="true">{MEANS[row.means].mark}</i>
        {MEANS[row.means].word}
      </span>
    ),
  },
  { key: "what", head: "What", value: (row) => row.what, cell: (row) => row.what },
  { key: "do", head: "What to do", value: (row) => row.do, cell: (row) => row.do },
];

const HEADER =
  "person,given_name,family_name,born,email,phone,languages,immunisations,agency,service,pay,role,practice_level," +
  "medical_director,since,left,kind,place,issuer,level,name,number,issued,expires";
const EXAMPLE = `${HEADER}\nke-9001,Ann,Example,1990-04-12,,,en,hepatitis_b 2021,county-ems,ems,paid,care,,,2026-01-01,,licence,EX,,emt,,E-1001,2026-01-01,2027-12-31\n`;

/** A file of people: checked line by line first, then taken in whole or not at all. */
export function ImportPage() {
  const session = useSession();
  const id = useId();
  const [text, setText] = useState("");
  const [name, setName] = useState("");
  const [report, setReport] = useState<ImportReport | null>(null);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [busy, setBusy] = useState(false);
  const [only, setOnly] = useState<Line["means"] | "">("");
  const sending = useRef(uuid7()); // Sent twice, it is taken in once.

  const take = (said: string, from: string) => {
    setText(said);
    setName(from);
    setReport(null);
    setRefusal(null);
    sending.current = uuid7();
  };
  const read = (file: File | undefined) => {
    if (file) void file.text().then((said) => take(said, file.name));
  };
  const send = async (check: boolean) => {
    if (busy || !text.trim()) return;
    setBusy(true);
    setRefusal(null);
    try {
      const found = await sendFile(text, check, check ? uuid7() : sending.current);
      setReport(found);
      setOnly(found.lines.some((one) => one.means === "fault") ? "fault" : "");
      if (found.done && !found.checked) say(`The file is taken in: ${count(found.facts, "entry", "entries")}.`);
    } catch (error) {
      setReport(null);
      setRefusal(asRefusal(error));
    } finally {
      setBusy(false);
    }
  };
  const faults = report?.lines.filter((one) => one.means === "fault").length ?? 0;
  const ready = report?.checked === true && faults === 0 && report.facts > 0;
  const shown = report?.lines.filter((one) => only === "" || one.means === only) ?? [];
  if (session && !holds(session, "credentialing")) {
    return (
      <>
        <header className="page-head">
          <h1>Import</h1>
        </header>
        <p className="empty">
          {session.signedIn ? "Your account may look, and not import. It is for credentialing officers." : "Sign in to import a file."}
        </p>
      </>
    );
  }
  return (
    <>
      <header className="page-head">
        <h1>Import</h1>
        <div className="actions">
          <button type="button" className="button" onClick={() => download("people.csv", EXAMPLE)}>
            Get an example
          </button>
        </div>
      </header>
      <p className="lead">
        One line is one person and one of their credentials. Check the file first: the report says what every line means. It is
        taken in whole, or not at all.
      </p>
      {/* The field and the button inside take the file by keys; dropping is for the pointer. */}
      {/* eslint-disable-next-line jsx-a11y/no-static-element-interactions */}
      <div
        className="drop"
        onDragOver={(event: DragEvent) => event.preventDefault()}
        onDrop={(event: DragEvent) => {
          event.preventDefault();
          read(event.dataTransfer.files[0]);
        }}
      >
        <label htmlFor={`${id}-file`} className="button">
          Choose a CSV file
        </label>
        <input
          id={`${id}-file`}
          className="unseen"
          type="file"
          accept=".csv,text/csv"
          onChange={(event: ChangeEvent<HTMLInputElement>) => {
            read(event.target.files?.[0]);
            event.target.value = "";
          }}
        />
        <span className="muted">{name || "or drop it here, or paste its text below"}</span>
        <div className="field">
          <label htmlFor={`${id}-text`}>Text of the file</label>
          <textarea
            id={`${id}-text`}
            rows={text ? 8 : 3}
            spellCheck={false}
            wrap="off"
            value={text}
            placeholder={HEADER}
            onChange={(event) => take(event.target.value, "")}
          />
        </div>
      </div>
      <div className="actions">
        <button
          type="button"
          className={ready ? "button" : "button main"}
          aria-disabled={busy || !text.trim()}
          title={text.trim() ? undefined : "Choose a file first."}
          onClick={() => void send(true)}
        >
          {busy ? "Reading" : "Check"}
        </button>
        <button
          type="button"
          className={ready ? "button main" : "button"}
          aria-disabled={busy || !ready}
          title={ready ? undefined : whyNot(text, report, faults)}
          onClick={() => ready && void send(false)}
        >
          Import
        </button>
        {!ready && <span className="muted">{whyNot(text, report, faults)}</span>}
      </div>
      {refusal && <RefusedWords refusal={refusal} again={() => void send(true)} />}
      {report && (
        <section aria-label="Report" className="report" aria-live="polite">
          <Outcome report={report} faults={faults} />
          {report.lines.length > 0 && (
            <>
              <div className="switch" role="group" aria-label="Lines shown">
                {(["", "fault", "change", "same", "note"] as const).map((one) => {
                  const n = one === "" ? report.lines.length : report.lines.filter((line) => line.means === one).length;
                  if (n === 0 && one !== "") return null;
                  return (
                    <button key={one} type="button" aria-pressed={only === one} onClick={() => setOnly(one)}>
                      {one === "" ? "All" : MEANS[one].word} {n}
                    </button>
                  );
                })}
              </div>
              <Table
                caption="Report by line"
                columns={COLUMNS}
                rows={shown}
                keyOf={(row) => `${row.line} ${row.means} ${row.what}`}
                stack
              />
            </>
          )}
        </section>
      )}
    </>
  );
}

function whyNot(text: string, report: ImportReport | null, faults: number): string {
  if (!text.trim()) return "Choose a file first.";
  if (!report) return "Check it first.";
  if (faults > 0) return "Correct the wrong lines and check it again.";
  if (report.done && !report.checked) return "It is taken in.";
  if (report.proposal) return "A second person decides.";
  return report.facts === 0 ? "The file says nothing new." : "";
}

function Outcome({ report, faults }: { report: ImportReport; faults: number }) {
  if (faults > 0) {
    return (
      <p className="outcome" data-outcome="fault">
        <strong>{count(faults, "line is wrong", "lines are wrong")}.</strong> Nothing was taken in.
      </p>
    );
  }
  if (report.proposal) {
    return (
      <p className="outcome" data-outcome="waits">
        <strong>It waits for a second person.</strong> {report.why} <Link href="/workforce/waiting">See what waits</Link>
      </p>
    );
  }
  if (report.checked) {
    return (
      <p className="outcome" data-outcome="checked">
        <strong>
          {report.facts === 0 ? "The file says nothing new." : `It would make ${count(report.facts, "entry", "entries")}.`}
        </strong>{" "}
        Nothing is taken in yet.
      </p>
    );
  }
  return (
    <p className="outcome" data-outcome="done">
      <strong>Taken in: {count(report.facts, "entry", "entries")}.</strong> What came in is not verified yet.
    </p>
  );
}

/** Send the file. A faulty one comes back with its report, which is no refusal to this page. */
async function sendFile(text: string, check: boolean, id: string): Promise<ImportReport> {
  const token = /(?:^|; )csrftoken=([^;]+)/.exec(document.cookie)?.[1];
  let answer: Response;
  try {
    answer = await fetch("/api/workforce/import", {
      method: "POST",
      headers: { "Content-Type": "application/json", Accept: "application/json", ...(token ? { "X-CSRFToken": token } : {}) },
      body: JSON.stringify({ id, text, check }),
      signal: AbortSignal.timeout(60_000),
    });
  } catch {
    throw new Refusal({ code: "unreachable", what: "The server does not answer.", do: "Nothing is taken in twice; try again." });
  }
  const body = (await answer.json().catch(() => ({}))) as Partial<ImportReport> & { code?: string; what?: string; do?: string };
  if (body.lines) return body as ImportReport;
  throw new Refusal({
    code: body.code ?? "failed",
    what: body.what ?? `The server answered ${answer.status}.`,
    do: body.do ?? "Try again, or look at the server's log.",
  });
}
