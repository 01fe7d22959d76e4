import { useState } from "react";
import { useAsk } from "../kit/ask";
import { Combobox } from "../kit/Combobox";
import { DayField, isDay } from "../kit/DayField";
import { LongField, SelectField, TextField, TickField, type Option } from "../kit/Fields";
import { FormSheet } from "../kit/Sheet";
import { filled, gesture } from "./gestures";
import { say } from "./saying";
import { levelOptions, useSetting } from "./setting";
import type { CourseWhole, People } from "./types";
import { said } from "./words";
import type * as server from "../api/generated";

interface Given {
  onClose: () => void;
  onDone: () => void;
}

type Words = server.SheetsOut;

const useTraining = () => useAsk<Words>("/api/workforce/training/sheets").data;

/** The people of the account's agencies, to pick one of. */
function usePeople(): Option[] {
  const found = useAsk<People>("/api/workforce/people?limit=1000").data;
  return found?.people.map((one) => ({ value: one.id, label: one.name || one.id, group: one.id })) ?? [];
}

const dayFault = (day: string) => (isDay(day) ? null : "Write the day as 2026-05-04.");

/** Open a course. */
export function OpenCourse({ onClose, onDone }: Given) {
  const setting = useSetting();
  const words = useTraining();
  const [now, setNow] = useState({
    course: "",
    programme: "",
    level: "emr",
    state: setting?.place ?? "",
    place_kind: "workplace",
    place: "",
    start: setting?.today ?? "",
    end: "",
  });
  const [hours, setHours] = useState<Record<string, string>>({});
  const [sheets, setSheets] = useState<string[]>([]);
  const set = (name: keyof typeof now) => (value: string) => setNow({ ...now, [name]: value });
  const given = Object.entries(hours).filter(([, value]) => Number(value) > 0);
  const total = given.reduce((all, [, value]) => all + Number(value), 0);
  const fault =
    (now.course.trim() && now.programme.trim() ? null : "Name the course and the programme: agency/name.") ??
    dayFault(now.start) ??
    (now.end === "" ? null : dayFault(now.end)) ??
    (given.length > 0 ? null : "Say how many hours are planned, by topic.");
  return (
    <FormSheet
      head="Open a course"
      action="Open it"
      fault={fault}
      onClose={onClose}
      onSend={async () => {
        const { course, programme, level, state, place_kind, start, place, end } = now;
        await gesture("/api/workforce/courses", {
          course,
          programme,
          level,
          state,
          place_kind,
          start,
          ...filled({ place, end }),
          hours: Object.fromEntries(given.map(([topic, value]) => [topic, Number(value)])),
          sheets,
        });
        say(`${course} is open.`);
        onDone();
      }}
    >
      <div className="pair">
        <TextField label="Course" value={now.course} onChange={set("course")} placeholder="county-ems/emr-2026-1" />
        <TextField label="Programme" value={now.programme} onChange={set("programme")} placeholder="county-ems/emr" />
      </div>
      <div className="pair">
        <SelectField
          label="Level"
          value={now.level}
          onChange={set("level")}
          options={setting ? levelOptions(setting).filter((one) => one.group !== "No care") : []}
        />
        <TextField label="State" value={now.state} onChange={set("state")} />
      </div>
      <div className="pair">
        <SelectField
          label="Kind of place"
          value={now.place_kind}
          onChange={set("place_kind")}
          options={["workplace", "college", "agency", "academy", "hospital", "online", "other"].map((key) => ({ value: key, label: said(key) }))}
        />
        <TextField label="Place" value={now.place} onChange={set("place")} />
      </div>
      <div className="pair">
        <DayField label="First day" value={now.start} onChange={set("start")} />
        <DayField label="First day after it" value={now.end} onChange={set("end")} />
      </div>
      <fieldset className="field">
        <legend>Hours by topic, {total} h</legend>
        <div className="pair">
          {Object.entries(words?.topics ?? {}).map(([topic, name]) => (
            <TextField
              key={topic}
              label={name}
              type="number"
              value={hours[topic] ?? ""}
              onChange={(value) => setHours({ ...hours, [topic]: value })}
            />
          ))}
        </div>
      </fieldset>
      <fieldset className="field">
        <legend>Skill sheets to pass</legend>
        {words?.sheets
          .filter((one) => one.levels.includes(now.level))
          .map((one) => (
            <TickField
              key={one.id}
              label={one.title}
              checked={sheets.includes(one.id)}
              onChange={(ticked) => setSheets(ticked ? [...sheets, one.id] : sheets.filter((each) => each !== one.id))}
            />
          ))}
      </fieldset>
    </FormSheet>
  );
}

/** Let somebody take part. */
export function Enrol({ path, onClose, onDone }: Given & { path: string }) {
  const people = usePeople();
  const [person, setPerson] = useState("");
  return (
    <FormSheet
      head="Enrol somebody"
      action="Enrol"
      fault={person ? null : "Choose who takes part."}
      onClose={onClose}
      onSend={async () => {
        await gesture(`${path}/enrol`, { person });
        say(`${person} takes part.`);
        onDone();
      }}
    >
      <Combobox label="Person" value={person} options={people} onChange={setPerson} />
    </FormSheet>
  );
}

/** Hours that were given, and who was there. */
export function HoldSession({ path, course, onClose, onDone }: Given & { path: string; course: CourseWhole }) {
  const setting = useSetting();
  const words = useTraining();
  const people = usePeople();
  const enrolled = course.people.filter((one) => one.status === "enrolled").map((one) => one.person);
  const [day, setDay] = useState(setting?.today ?? "");
  const [topic, setTopic] = useState(Object.keys(course.hours)[0] ?? "");
  const [hours, setHours] = useState("2");
  const [instructor, setInstructor] = useState("");
  const [absent, setAbsent] = useState<string[]>([]);
  const session = `${course.sessions.length + 1}-${day}`;
  const fault =
    dayFault(day) ?? (Number(hours) > 0 ? null : "Say how many hours.") ?? (instructor ? null : "Choose the instructor.");
  return (
    <FormSheet
      head="Record a session"
      action="Record"
      fault={fault}
      onClose={onClose}
      onSend={async () => {
        const attended = Object.fromEntries(enrolled.filter((one) => !absent.includes(one)).map((one) => [one, Number(hours)]));
        const { notes } = await gesture<{ notes: string[] }>(`${path}/sessions`, { session, day, topic, hours: Number(hours), instructor, attended });
        say(["The session is recorded.", ...notes].join(" "));
        onDone();
      }}
    >
      <div className="pair">
        <DayField label="Day" value={day} onChange={setDay} />
        <TextField label="Hours" type="number" value={hours} onChange={setHours} />
      </div>
      <SelectField
        label="Topic"
        value={topic}
        onChange={setTopic}
        options={Object.keys(course.hours).map((key) => ({ value: key, label: words?.topics[key] ?? said(key) }))}
      />
      <Combobox label="Instructor" value={instructor} options={people} onChange={setInstructor} />
      <fieldset className="field">
        <legend>Who was there</legend>
        {enrolled.length === 0 && <p className="muted">Nobody takes part yet.</p>}
        {enrolled.map((one) => (
          <TickField
            key={one}
            label={people.find((each) => each.value === one)?.label ?? one}
            checked={!absent.includes(one)}
            onChange={(there) => setAbsent(there ? absent.filter((each) => each !== one) : [...absent, one])}
          />
        ))}
      </fieldset>
    </FormSheet>
  );
}

/** A try at a skill sheet: what was seen, step by step, and what fails it at once. */
export function MarkSheet({ path, course, person, onClose, onDone }: Given & { path: string; course: CourseWhole; person: string }) {
  const setting = useSetting();
  const words = useTraining();
  const people = usePeople();
  const sheets = words?.sheets.filter((one) => course.sheets.length === 0 || course.sheets.includes(one.id)) ?? [];
  const [chosen, setChosen] = useState("");
  const sheet = sheets.find((one) => one.id === chosen) ?? sheets[0];
  const [day, setDay] = useState(setting?.today ?? "");
  const [examiner, setExaminer] = useState("");
  const [done, setDone] = useState<string[]>([]);
  const [critical, setCritical] = useState<string[]>([]);
  const toggle = (list: string[], key: string, on: boolean) => (on ? [...list, key] : list.filter((one) => one !== key));
  return (
    <FormSheet
      head={`Mark a sheet: ${person}`}
      action="Record"
      fault={dayFault(day) ?? (examiner ? null : "Choose the examiner.") ?? (sheet ? null : "No sheet is in force.")}
      onClose={onClose}
      onSend={async () => {
        const marked = await gesture<{ passed: boolean; points: number; of: number; why: string }>(`${path}/sheets`, {
          person,
          sheet: sheet?.id,
          day,
          done,
          critical,
          examiner,
        });
        say(`${marked.passed ? "Passed" : "Not passed"}, ${marked.points} of ${marked.of}. ${marked.why}`);
        onDone();
      }}
    >
      <SelectField
        label="Sheet"
        value={sheet?.id ?? ""}
        onChange={(value) => {
          setChosen(value);
          setDone([]);
          setCritical([]);
        }}
        options={sheets.map((one) => ({ value: one.id, label: one.title }))}
      />
      <div className="pair">
        <DayField label="Day" value={day} onChange={setDay} />
        <Combobox label="Examiner" value={examiner} options={people} onChange={setExaminer} />
      </div>
      {sheet && (
        <>
          <fieldset className="field">
            <legend>
              Steps seen, {done.length} of {Object.keys(sheet.steps).length}; {sheet.pass_points} to pass
            </legend>
            {Object.entries(sheet.steps).map(([key, label]) => (
              <TickField key={key} label={label} checked={done.includes(key)} onChange={(on) => setDone(toggle(done, key, on))} />
            ))}
          </fieldset>
          <fieldset className="field critical">
            <legend>Critical: fails the whole sheet</legend>
            {Object.entries(sheet.critical).map(([key, label]) => (
              <TickField key={key} label={label} checked={critical.includes(key)} onChange={(on) => setCritical(toggle(critical, key, on))} />
            ))}
          </fieldset>
        </>
      )}
    </FormSheet>
  );
}

/** Somebody did all that the course asks. */
export function CompleteCourse({ path, person, onClose, onDone }: Given & { path: string; person: string }) {
  const setting = useSetting();
  const [day, setDay] = useState(setting?.today ?? "");
  return (
    <FormSheet
      head={`${person} completed the course`}
      action="Record"
      fault={dayFault(day)}
      onClose={onClose}
      onSend={async () => {
        const found = await gesture<{ eligible: boolean }>(`${path}/complete`, { person, day });
        say(
          found.eligible
            ? `${person} completed the course and is eligible for the certificate.`
            : `${person} completed the course. The programme is not approved that day, so they are not eligible for the certificate.`,
        );
        onDone();
      }}
    >
      <DayField label="On" value={day} onChange={setDay} />
      <p className="muted">It makes them eligible for a certificate only where the programme is approved on that day.</p>
    </FormSheet>
  );
}

const FORMATS = [
  { value: "in_person", label: "In person" },
  { value: "virtual_live", label: "Live, at a distance" },
  { value: "distributive", label: "Without an instructor" },
];

/** Hours of continuing education. */
export function RecordHours({ person, onClose, onDone }: Given & { person: string }) {
  const setting = useSetting();
  const words = useTraining();
  const [now, setNow] = useState({ day: setting?.today ?? "", hours: "1", component: "", format: "in_person", topic: "", provider: "" });
  const [children, setChildren] = useState(false);
  const set = (name: keyof typeof now) => (value: string) => setNow({ ...now, [name]: value });
  return (
    <FormSheet
      head={`Hours of ${person}`}
      action="Record"
      fault={dayFault(now.day) ?? (Number(now.hours) > 0 ? null : "Say how many hours.")}
      onClose={onClose}
      onSend={async () => {
        const { day, hours, format, ...rest } = now;
        await gesture(`/api/workforce/people/${encodeURIComponent(person)}/education`, {
          day,
          hours: Number(hours),
          format,
          about_children: children,
          ...filled(rest),
        });
        say(`${hours} h are recorded.`);
        onDone();
      }}
    >
      <div className="pair">
        <DayField label="Day" value={now.day} onChange={set("day")} />
        <TextField label="Hours" type="number" value={now.hours} onChange={set("hours")} />
      </div>
      <div className="pair">
        <SelectField
          label="Component"
          value={now.component}
          onChange={set("component")}
          options={["", "national", "local", "individual", "core", "elective"].map((key) => ({ value: key, label: key ? said(key) : "Not said" }))}
        />
        <SelectField label="How" value={now.format} onChange={set("format")} options={FORMATS} />
      </div>
      <SelectField
        label="Topic"
        value={now.topic}
        onChange={set("topic")}
        options={[{ value: "", label: "Not said" }, ...Object.entries(words?.topics ?? {}).map(([value, label]) => ({ value, label }))]}
      />
      <TextField label="Given by" value={now.provider} onChange={set("provider")} />
      <TickField label="About children" checked={children} onChange={setChildren} />
    </FormSheet>
  );
}

/** A state's approval of a programme: completing its courses then makes eligible. */
export function ApproveProgramme({ onClose, onDone }: Given) {
  const setting = useSetting();
  const [now, setNow] = useState({ programme: "", state: setting?.place ?? "", level: "emr", start: setting?.today ?? "", until: "", source: "" });
  const set = (name: keyof typeof now) => (value: string) => setNow({ ...now, [name]: value });
  const missing = !now.programme.trim() || !now.source.trim() ? "Name the programme (agency/name) and where the approval stands written." : null;
  return (
    <FormSheet
      head="A programme is approved"
      action="Record"
      fault={missing ?? dayFault(now.start) ?? (now.until === "" ? null : dayFault(now.until))}
      onClose={onClose}
      onSend={async () => {
        const { programme, state, level, start, until, source } = now;
        await gesture("/api/workforce/training/approvals", { programme, state, levels: [level], start, source, ...filled({ until }) });
        say(`${programme} is approved from ${start} on.`);
        onDone();
      }}
    >
      <div className="pair">
        <TextField label="Programme" value={now.programme} onChange={set("programme")} placeholder="county-ems/emr" />
        <TextField label="State" value={now.state} onChange={set("state")} />
      </div>
      <SelectField
        label="Level"
        value={now.level}
        onChange={set("level")}
        options={setting ? levelOptions(setting).filter((one) => one.group !== "No care") : []}
      />
      <div className="pair">
        <DayField label="From" value={now.start} onChange={set("start")} />
        <DayField label="First day it no longer holds" value={now.until} onChange={set("until")} />
      </div>
      <TextField label="Source" value={now.source} onChange={set("source")} placeholder="Letter of the state office of 2026-01-02" />
    </FormSheet>
  );
}

/** An employer has a response team on a site. */
export function SetTeam({ onClose, onDone }: Given) {
  const setting = useSetting();
  const [now, setNow] = useState({ team: "", site: "", state: setting?.place ?? "", level: "emr", asks: "licence", least: "1" });
  const [shifts, setShifts] = useState("day Mon-Fri 06:00-14:00\nlate Mon-Fri 14:00-22:00");
  const set = (name: keyof typeof now) => (value: string) => setNow({ ...now, [name]: value });
  const lines = shifts.split("\n").map((one) => one.trim()).filter(Boolean);
  const named = Object.fromEntries(lines.map((one) => [one.split(/\s+/)[0] ?? "", one.replace(/^\S+\s*/, "")]));
  const missing = !now.team.trim() || !now.site.trim() ? "Name the team (agency/name) and the site." : null;
  return (
    <FormSheet
      head="A response team"
      action="Record"
      fault={missing ?? (lines.length > 0 ? null : "Say when somebody should be there.")}
      onClose={onClose}
      onSend={async () => {
        await gesture("/api/workforce/teams", { ...now, least: Number(now.least), shifts: named });
        say(`${now.site} has a response team.`);
        onDone();
      }}
    >
      <div className="pair">
        <TextField label="Team" value={now.team} onChange={set("team")} placeholder="county-ems/mill" />
        <TextField label="Site" value={now.site} onChange={set("site")} />
      </div>
      <div className="pair">
        <TextField label="State" value={now.state} onChange={set("state")} />
        <TextField label="At least so many" type="number" value={now.least} onChange={set("least")} />
      </div>
      <div className="pair">
        <SelectField
          label="Of the level"
          value={now.level}
          onChange={set("level")}
          options={setting ? levelOptions(setting).filter((one) => one.group !== "No care") : []}
        />
        <SelectField label="By their" value={now.asks} onChange={set("asks")} options={["licence", "certificate"].map((key) => ({ value: key, label: said(key) }))} />
      </div>
      <LongField label="Shifts, one a line" value={shifts} onChange={setShifts} hint="A name, then its hours of the week." />
    </FormSheet>
  );
}

/** Somebody is of a team, at these hours of the week. */
export function JoinTeam({ path, onClose, onDone }: Given & { path: string }) {
  const setting = useSetting();
  const people = usePeople();
  const [person, setPerson] = useState("");
  const [hours, setHours] = useState("Mon-Fri 06:00-14:00");
  const [start, setStart] = useState(setting?.today ?? "");
  return (
    <FormSheet
      head="A member of the team"
      action="Record"
      fault={(person ? null : "Choose who.") ?? dayFault(start)}
      onClose={onClose}
      onSend={async () => {
        await gesture(`${path}/members`, { person, hours, start });
        say(`${person} is of the team from ${start} on.`);
        onDone();
      }}
    >
      <Combobox label="Person" value={person} options={people} onChange={setPerson} />
      <TextField label="On site" value={hours} onChange={setHours} hint="Hours of the week, such as Mon-Fri 06:00-14:00." />
      <DayField label="From" value={start} onChange={setStart} />
    </FormSheet>
  );
}
