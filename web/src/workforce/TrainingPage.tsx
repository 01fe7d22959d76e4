import { useState } from "react";
import { useAsk, useSettled } from "../kit/ask";
import { DayField, isDay } from "../kit/DayField";
import { SelectField } from "../kit/Fields";
import { count, percent } from "../kit/format";
import { holds, useSession } from "../kit/session";
import { Answer } from "../kit/States";
import { Table, type Column } from "../kit/Table";
import { Unconfirmed } from "../kit/Verdict";
import { go, Link, useWhere, withQuery, type Where } from "../kit/where";
import { ApproveProgramme, CompleteCourse, Enrol, HoldSession, MarkSheet, OpenCourse } from "./CourseForms";
import { spanWords } from "./Findings";
import { Bar, sum } from "./Progress";
import { levelName, levelOptions, useSetting } from "./setting";
import { TeamsView } from "./TeamsView";
import type { Course, CourseHours, CourseWhole, HourRange, SkillSheet } from "./types";
import { said } from "./words";
import type * as server from "../api/generated";

const VIEWS = [
  { key: "", label: "Courses" },
  { key: "hours", label: "Course hours" },
  { key: "sheets", label: "Skill sheets" },
  { key: "teams", label: "Response teams" },
];

/** Courses, what is said of their hours, skill sheets, and employers' response teams. */
export function TrainingPage() {
  const where = useWhere();
  const view = where.query.get("view") ?? "";
  const course = where.query.get("course");
  return (
    <>
      <header className="page-head">
        <h1>Training</h1>
        <nav className="switch" aria-label="Parts of training">
          {VIEWS.map((one) => (
            <Link
              key={one.key}
              href={one.key ? `/workforce/training?view=${one.key}` : "/workforce/training"}
              aria-current={one.key === view ? "page" : undefined}
            >
              {one.label}
            </Link>
          ))}
        </nav>
      </header>
      {view === "" && course === null && <Courses />}
      {view === "" && course !== null && <OneCourse course={course} />}
      {view === "hours" && <Hours where={where} />}
      {view === "sheets" && <Sheets />}
      {view === "teams" && <TeamsView where={where} />}
    </>
  );
}

const COURSES: Column<Course>[] = [
  {
    key: "id",
    head: "Course",
    value: (row) => row.id,
    cell: (row) => <Link href={`/workforce/training?course=${encodeURIComponent(row.id)}`}>{row.id}</Link>,
  },
  { key: "level", head: "Level", value: (row) => row.level, cell: (row) => said(row.level) },
  { key: "agency", head: "Agency", value: (row) => row.agency, cell: (row) => row.agency },
  {
    key: "place",
    head: "Place",
    value: (row) => row.place,
    cell: (row) => `${said(row.place_kind)}${row.place ? `, ${row.place}` : ""}`,
  },
  { key: "start", head: "Days", value: (row) => row.start, cell: (row) => (spanWords(row.start, row.end)) },
  { key: "total", head: "Hours", value: (row) => row.total, cell: (row) => `${row.total} h`, figure: true },
  {
    key: "known",
    head: "Beside what is known",
    cell: (row) => (row.cancelled ? "cancelled" : judged(row.known_hours.ranges)),
  },
];

function judged(ranges: readonly HourRange[]): string {
  return ranges
    .filter((one) => one.judged && one.judged !== "no_range")
    .map((one) => `${one.judged ?? ""} ${one.low ?? ""} to ${one.high ?? ""} h`)
    .join("; ");
}

type Approval = server.ProgrammeApprovalOut;

const APPROVALS: Column<Approval>[] = [
  { key: "programme", head: "Programme", value: (row) => row.programme, cell: (row) => row.programme },
  { key: "levels", head: "For", value: (row) => row.levels.join(" "), cell: (row) => `${row.levels.map(said).join(", ")}, ${row.state}` },
  { key: "start", head: "Days", value: (row) => row.start, cell: (row) => spanWords(row.start, row.until) },
  { key: "source", head: "Source", cell: (row) => row.source },
];

function Courses() {
  const asked = useAsk<{ courses: Course[] }>("/api/workforce/courses");
  const [opening, setOpening] = useState(false);
  const [approving, setApproving] = useState(false);
  const approvals = useAsk<{ approvals: Approval[] }>("/api/workforce/training/approvals");
  const officer = holds(useSession(), "credentialing");
  return (
    <>
      {officer && (
        <div className="filters">
          <button type="button" className="button main" onClick={() => setOpening(true)}>
            Open a course
          </button>
          <button type="button" className="button" onClick={() => setApproving(true)}>
            A programme is approved
          </button>
        </div>
      )}
      <Answer asked={asked} empty={({ courses }) => (courses.length === 0 ? "No course is on record yet." : null)}>
        {({ courses }) => <Table caption="Courses" columns={COURSES} rows={courses} keyOf={(row) => row.id} stack />}
      </Answer>
      <h2 className="part-head">Approved programmes</h2>
      <Answer asked={approvals} empty={(found) => (found.approvals.length === 0 ? "No approval is on record: completing a course makes nobody eligible." : null)}>
        {(found) => <Table caption="Approved programmes" columns={APPROVALS} rows={found.approvals} keyOf={(row) => row.id} stack />}
      </Answer>
      {approving && <ApproveProgramme onClose={() => setApproving(false)} onDone={approvals.again} />}
      {opening && <OpenCourse onClose={() => setOpening(false)} onDone={asked.again} />}
    </>
  );
}

type Form = { kind: "enrol" } | { kind: "session" } | { kind: "sheet"; person: string } | { kind: "complete"; person: string };

function OneCourse({ course }: { course: string }) {
  const path = `/api/workforce/courses/${encodeURIComponent(course).replaceAll("%2F", "/")}`;
  const asked = useAsk<CourseWhole>(path);
  const [form, setForm] = useState<Form | null>(null);
  const officer = holds(useSession(), "credentialing");
  const close = () => setForm(null);
  return (
    <>
      <p className="crumb">
        <Link href="/workforce/training">All courses</Link>
      </p>
      <Answer asked={asked}>
        {(one) => (
          <>
            <div className="today-top">
              <section>
                <p className="big">{one.id}</p>
                <p>
                  {said(one.level)} course of {one.programme}, {one.state}, {said(one.place_kind).toLowerCase()}
                  {one.place && `, ${one.place}`}
                </p>
                <p className="muted">
                  {spanWords(one.start, one.end)}
                  {one.cancelled && ". Cancelled"}
                </p>
              </section>
              <section>
                <h2>Hours by topic, {one.total} h</h2>
                <ul className="topics">
                  {Object.entries(one.hours).map(([topic, hours]) => (
                    <li key={topic}>
                      {said(topic)} <span className="muted">{hours} h</span>
                    </li>
                  ))}
                </ul>
                <p className="muted small">{one.known_hours.words}</p>
              </section>
            </div>
            <div className="section-head">
              <h2>People</h2>
              {officer && (
                <>
                  <button type="button" className="button" onClick={() => setForm({ kind: "enrol" })}>
                    Enrol somebody
                  </button>
                  <button type="button" className="button" onClick={() => setForm({ kind: "session" })}>
                    Record a session
                  </button>
                </>
              )}
            </div>
            {one.people.length === 0 && <p className="empty">Nobody takes part yet.</p>}
            <ul className="cards">
              {one.people.map((each) => (
                <li key={each.person}>
                  <h3>
                    <Link href={`/workforce/people/${encodeURIComponent(each.person)}`}>{each.person}</Link>{" "}
                    <span className="muted">
                      {each.status}
                      {each.completed_on && ` on ${each.completed_on}`}
                      {each.eligible && ", eligible for the certificate"}
                    </span>
                  </h3>
                  <Bar label="Hours" done={sum(each.done, each.planned)} of={sum(each.planned, each.planned)} />
                  <ul className="missing">
                    {each.checks.map((check) => (
                      <li key={check.what} data-met={check.met}>
                        {check.what} {!check.met && check.do}
                      </li>
                    ))}
                  </ul>
                  {officer && each.completed_on === null && (
                    <div className="actions">
                      <button type="button" className="button" onClick={() => setForm({ kind: "sheet", person: each.person })}>
                        Mark a sheet
                      </button>
                      <button
                        type="button"
                        className="button"
                        aria-disabled={!each.completed}
                        title={each.completed ? undefined : each.missing[0]}
                        onClick={() => each.completed && setForm({ kind: "complete", person: each.person })}
                      >
                        Complete
                      </button>
                    </div>
                  )}
                </li>
              ))}
            </ul>
            <Sessions course={one} />
            {form?.kind === "enrol" && <Enrol path={path} onClose={close} onDone={asked.again} />}
            {form?.kind === "session" && <HoldSession path={path} course={one} onClose={close} onDone={asked.again} />}
            {form?.kind === "sheet" && <MarkSheet path={path} course={one} person={form.person} onClose={close} onDone={asked.again} />}
            {form?.kind === "complete" && <CompleteCourse path={path} person={form.person} onClose={close} onDone={asked.again} />}
          </>
        )}
      </Answer>
    </>
  );
}

const SESSIONS: Column<CourseWhole["sessions"][number]>[] = [
  { key: "day", head: "Day", value: (row) => row.day, cell: (row) => row.day },
  { key: "topic", head: "Topic", value: (row) => row.topic, cell: (row) => said(row.topic) },
  { key: "hours", head: "Hours", value: (row) => row.hours, cell: (row) => `${row.hours} h`, figure: true },
  { key: "instructor", head: "Instructor", value: (row) => row.instructor, cell: (row) => row.instructor },
  {
    key: "counts",
    head: "Counts",
    value: (row) => (row.counts ? "yes" : "no"),
    cell: (row) => (row.struck ? "struck" : row.counts ? "yes" : "no: the instructor is not qualified on record"),
  },
];

const ATTEMPTS: Column<CourseWhole["attempts"][number]>[] = [
  { key: "day", head: "Day", value: (row) => row.day, cell: (row) => row.day },
  { key: "person", head: "Person", value: (row) => row.person, cell: (row) => row.person },
  { key: "sheet", head: "Sheet", value: (row) => row.sheet, cell: (row) => said(row.sheet) },
  { key: "points", head: "Points", value: (row) => row.points, cell: (row) => `${row.points} of ${row.of}`, figure: true },
  {
    key: "passed",
    head: "Came out",
    value: (row) => (row.passed ? "passed" : "failed"),
    cell: (row) =>
      row.struck ? (
        "struck"
      ) : (
        <span className="verdict" data-verdict={row.passed ? "allow" : "deny"}>
          <i aria-hidden="true">{row.passed ? "✓" : "✕"}</i>
          {row.passed ? "Passed" : row.critical.length > 0 ? "Critical fail" : "Failed"}
        </span>
      ),
  },
];

function Sessions({ course }: { course: CourseWhole }) {
  return (
    <>
      <h2 className="part-head">Sessions</h2>
      {course.sessions.length === 0 ? (
        <p className="muted">No hours were given yet.</p>
      ) : (
        <Table caption="Sessions" columns={SESSIONS} rows={course.sessions} keyOf={(row) => row.session} stack />
      )}
      <h2 className="part-head">Skill sheets</h2>
      {course.attempts.length === 0 ? (
        <p className="muted">No sheet was marked yet.</p>
      ) : (
        <Table caption="Skill sheets" columns={ATTEMPTS} rows={course.attempts} keyOf={(row) => row.id} stack />
      )}
    </>
  );
}

const RANGES: Column<HourRange>[] = [
  { key: "basis", head: "By", value: (row) => row.basis, cell: (row) => row.basis },
  {
    key: "low",
    head: "Hours",
    value: (row) => row.low,
    cell: (row) =>
      row.low === null ? "no range" : `${row.low === row.high ? row.low : `${row.low} to ${row.high ?? ""}`} h${row.beyond ? ` beyond ${said(row.beyond)}` : ""}`,
  },
  { key: "place", head: "Place", value: (row) => row.place, cell: (row) => row.place },
  {
    key: "source",
    head: "Source",
    cell: (row) => (
      <>
        {row.detail && <p>{row.detail}</p>}
        <p className="muted">
          {row.source}
          {!row.dated && ", from when is not known"} {row.unconfirmed && <Unconfirmed />}
        </p>
      </>
    ),
  },
];

function Hours({ where }: { where: Where }) {
  const setting = useSetting();
  const level = where.query.get("level") ?? "emr";
  const on = where.query.get("on") ?? setting?.today ?? "";
  const set = (name: string) => (value: string) => go(withQuery(where, { [name]: value }), { replace: true });
  const query = new URLSearchParams({ level, on });
  const asked = useAsk<CourseHours>(useSettled(isDay(on) ? `/api/workforce/training/hours?${query.toString()}` : null));
  return (
    <>
      <div className="filters">
        <SelectField
          label="Level"
          value={level}
          onChange={set("level")}
          options={setting ? levelOptions(setting).filter((one) => one.group !== "No care") : [{ value: level, label: level }]}
        />
        <DayField label="Day" value={on} onChange={set("on")} />
      </div>
      <Answer
        asked={asked}
        empty={(found) => (found.ranges.length === 0 ? `No hours of a course for ${levelName(setting, level)} are recorded for that day.` : null)}
      >
        {(found) => (
          <>
            <p className="lead">{found.words}</p>
            <Table caption="Hours of the course, by basis" columns={RANGES} rows={found.ranges} keyOf={(row) => row.basis + row.place} stack />
          </>
        )}
      </Answer>
    </>
  );
}

function Sheets() {
  const asked = useAsk<{ sheets: SkillSheet[] }>("/api/workforce/training/sheets");
  return (
    <Answer asked={asked} empty={({ sheets }) => (sheets.length === 0 ? "No skill sheet is in force." : null)}>
      {({ sheets }) => (
        <ul className="cards">
          {sheets.map((one) => (
            <li key={one.id}>
              <h2>
                {one.title} {!one.approved && <span className="flag">TRAINING</span>}
              </h2>
              <p className="muted">
                {one.levels.map(said).join(", ")}; {count(Object.keys(one.steps).length, "step")}, {one.pass_points} to pass (
                {percent(one.pass_points / Math.max(1, Object.keys(one.steps).length))})
              </p>
              <details>
                <summary>Steps and critical fails</summary>
                <ol className="sheet-steps">
                  {Object.entries(one.steps).map(([key, words]) => (
                    <li key={key}>{words}</li>
                  ))}
                </ol>
                <h3>Fails the whole sheet</h3>
                <ul className="missing">
                  {Object.entries(one.critical).map(([key, words]) => (
                    <li key={key}>{words}</li>
                  ))}
                </ul>
              </details>
              <p className="muted small">
                Version {one.version}. {one.source}
              </p>
            </li>
          ))}
        </ul>
      )}
    </Answer>
  );
}
