import { useMemo, useState } from "react";
import { useAsk } from "../kit/ask";
import { SelectField, TextField } from "../kit/Fields";
import { count } from "../kit/format";
import { holds, useSession } from "../kit/session";
import { Answer } from "../kit/States";
import { Unconfirmed, Verdict, VERDICTS, type VerdictKey } from "../kit/Verdict";
import { go, Link, useWhere, withQuery } from "../kit/where";
import { OwnPages } from "../paging/Pages";
import { RecordHours } from "./CourseForms";
import { DisputeButton } from "./Disputes";
import { DaysLeft, StandingWord } from "./Marks";
import { TrainingView } from "./Progress";
import { useSetting } from "./setting";
import { dayBefore } from "./words";
import type { MaySkill, OwnPage, TrainingOf } from "./types";

/** One's own page: what I may do here today and why, what of mine ends, what I still owe. */
export function MePage() {
  const session = useSession();
  if (session?.accounts && !session.signedIn) {
    return (
      <div className="empty">
        <h1>Your own page</h1>
        <p>It says what you may do here today, what of yours ends and what you still owe.</p>
        <p>
          <a className="button main" href="/signin?next=%2Fme">
            Sign in
          </a>
        </p>
      </div>
    );
  }
  return (
    <>
      <OwnPages />
      <TodayOf path="/api/workforce/me" head="What I may do today" own />
    </>
  );
}

/** The same of somebody of one's people. */
export function TodayPage({ person }: { person: string }) {
  return (
    <>
      <p className="crumb">
        <Link href={`/workforce/people/${encodeURIComponent(person)}`}>Back to {person}</Link>
      </p>
      <TodayOf path={`/api/workforce/people/${encodeURIComponent(person)}/page`} head={`What ${person} may do today`} />
    </>
  );
}

function TodayOf({ path, head, own = false }: { path: string; head: string; own?: boolean }) {
  const where = useWhere();
  const setting = useSetting();
  const query = new URLSearchParams();
  for (const name of ["role", "setting", "place"]) {
    const value = where.query.get(name);
    if (value) query.set(name, value);
  }
  const asked = useAsk<OwnPage>(query.size > 0 ? `${path}?${query.toString()}` : path);
  const set = (name: string) => (value: string) => go(withQuery(where, { [name]: value }), { replace: true });
  return (
    <div className="today-page">
      <header className="page-head">
        <h1>{head}</h1>
      </header>
      <Answer asked={asked} loading="Asking the rule books.">
        {(page) => (
          <>
            <div className="today-grid">
              <section className="standing-card" aria-label="Standing">
                <p className="big">
                  <StandingWord standing={page.standing} />
                </p>
                <p>
                  {page.place}, {page.on}
                  {page.standing.live && page.standing.until && `. Holds through ${dayBefore(page.standing.until)}`}
                </p>
                <p className="muted">{page.standing.why}</p>
                {page.standing.practice && page.standing.practice !== page.standing.level && (
                  <p className="note">Your agency lets you practise as {page.standing.practice}.</p>
                )}
                {page.standing.restrictions.length > 0 && <p className="note">Limits: {page.standing.restrictions.join("; ")}</p>}
                {page.standing.endorsements.length > 0 && (
                  <p className="muted">Endorsements: {page.standing.endorsements.join(", ").replaceAll("_", " ")}</p>
                )}
              </section>
              <div className="today-side">
              <section aria-label="What ends and what is owed">
                <h2>Ends and owed</h2>
                {page.ends.length + page.owes.length === 0 && <p className="muted">Nothing ends within 90 days, and nothing is owed.</p>}
                <ul className="rows">
                  {page.ends.map((one) => (
                    <li key={one.credential}>
                      <span>
                        {one.credential.split(":").slice(1).join(" ").replaceAll("_", " ")}, last day {one.expires}
                      </span>
                      <DaysLeft days={one.days_left} notice={one.notice} />
                    </li>
                  ))}
                  {page.owes
                    .filter((one) => !page.ends.some((each) => each.credential === one.credential && one.what.startsWith("Renew")))
                    .map((one) => (
                      <li key={`${one.credential} ${one.what}`}>
                        <span>{one.what}</span>
                        <span className="muted">by {one.by}</span>
                      </li>
                    ))}
                </ul>
              </section>
                <Owed person={page.person} />
              </div>
              <div className="today-main">
            <div className="filters">
              <SelectField
                label="My role at the scene"
                value={where.query.get("role") ?? ""}
                onChange={set("role")}
                options={[{ value: "", label: "Care" }, ...(setting?.roles ?? []).map((one) => ({ value: one.key, label: one.name }))]}
              />
              <SelectField
                label="Setting"
                value={where.query.get("setting") ?? ""}
                onChange={set("setting")}
                options={[
                  { value: "", label: "Ambulance" },
                  ...(setting?.settings ?? []).filter((one) => one.key !== "ambulance").map((one) => ({ value: one.key, label: one.name })),
                ]}
              />
            </div>
            {page.may.length === 0 ? (
              <p className="empty">No level is on record{own ? " of you" : ""}, so no skill can be looked at.</p>
            ) : (
              <Skills page={page} />
            )}
              </div>
            </div>
          </>
        )}
      </Answer>
    </div>
  );
}

/** How far somebody is with every renewal, and with their courses. */
function Owed({ person }: { person: string }) {
  const asked = useAsk<TrainingOf>(`/api/workforce/people/${encodeURIComponent(person)}/training`);
  const officer = holds(useSession(), "credentialing");
  const [recording, setRecording] = useState(false);
  return (
    <section className="owed" aria-label="Training">
      <header className="section-head">
        <h2>Training for renewal</h2>
        <Link className="button" href={`/workforce/moving?person=${encodeURIComponent(person)}`}>
          Move to another state
        </Link>
      </header>
      <Answer asked={asked}>{(training) => <TrainingView training={training} />}</Answer>
      {officer && (
        <div className="actions">
          <button type="button" className="button" onClick={() => setRecording(true)}>
            Record hours
          </button>
        </div>
      )}
      {recording && <RecordHours person={person} onClose={() => setRecording(false)} onDone={asked.again} />}
    </section>
  );
}

function Skills({ page }: { page: OwnPage }) {
  const [text, setText] = useState("");
  const [only, setOnly] = useState<VerdictKey | "">("");
  const all = page.may.flatMap((one) => one.skills);
  const found = useMemo(() => {
    const words = text.toLowerCase().split(/\s+/).filter(Boolean);
    return page.may
      .map((one) => ({
        ...one,
        skills: one.skills.filter(
          (skill) =>
            (only === "" || skill.verdict === only) &&
            words.every((word) => `${skill.name} ${skill.skill.replaceAll("_", " ")} ${one.category}`.toLowerCase().includes(word)),
        ),
      }))
      .filter((one) => one.skills.length > 0);
  }, [page, text, only]);
  const n = (verdict: VerdictKey) => all.filter((one) => one.verdict === verdict).length;
  return (
    <section aria-label="Skills">
      <div className="filters">
        <div data-search className="grow">
          <TextField label="Search a skill" type="search" value={text} onChange={setText} placeholder="Naloxone, airway, ..." />
        </div>
        <div className="switch" role="group" aria-label="Which skills">
          <button type="button" aria-pressed={only === ""} onClick={() => setOnly("")}>
            All {all.length}
          </button>
          {(Object.keys(VERDICTS) as VerdictKey[]).map((verdict) => (
            <button key={verdict} type="button" aria-pressed={only === verdict} onClick={() => setOnly(verdict)}>
              {VERDICTS[verdict].word} {n(verdict)}
            </button>
          ))}
        </div>
      </div>
      <p className="muted tally-line">
        A verdict never blocks care or charting. Unknown means that no rule is known here, never that it is allowed.
      </p>
      {found.length === 0 && <p className="empty">No skill fits.</p>}
      {found.map((one) => (
        <details key={one.category} className="category" open>
          <summary>
            <h2>{one.category}</h2>
            <span className="muted">{count(one.skills.length, "skill")}</span>
          </summary>
          <ul className="skills">
            {one.skills.map((skill) => (
              <SkillRow key={skill.skill} skill={skill} page={page} />
            ))}
          </ul>
        </details>
      ))}
    </section>
  );
}

function SkillRow({ skill, page }: { skill: MaySkill; page: OwnPage }) {
  const query = new URLSearchParams({
    level: page.standing.practice || page.standing.level,
    skill: skill.skill,
    place: page.place,
    on: page.on,
  });
  return (
    <li>
      <Verdict verdict={skill.verdict} />
      <div>
        <p className="skill-name">
          {skill.name} {skill.unconfirmed && <Unconfirmed />}
        </p>
        <p className="muted">{skill.why}</p>
        {(skill.rule || skill.source) && (
          <p className="muted small">
            {[skill.rule, skill.source].filter(Boolean).join(", ")}{" "}
            <Link href={`/workforce/scope?${query.toString()}`}>All findings</Link>
            {skill.rule && <DisputeButton rule={skill.rule} />}
          </p>
        )}
      </div>
    </li>
  );
}
