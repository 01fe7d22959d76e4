import { useAsk, useSettled } from "../kit/ask";
import { DayField, isDay } from "../kit/DayField";
import { SelectField, TextField, TickField, type Option } from "../kit/Fields";
import { Answer } from "../kit/States";
import { Unconfirmed } from "../kit/Verdict";
import { go, Link, useWhere, withQuery, type Where } from "../kit/where";
import { spanWords } from "./Findings";
import { levelOptions, useSetting } from "./setting";
import type { MovingPath, MovingStep, MovingWay, Vocabulary } from "./types";

const WAYS: Record<string, string> = {
  home: "At home",
  compact: "EMS Compact",
  level: "The level there",
  nremt: "By NREMT",
  licence: "On a licence",
  course: "By a course",
  visitor: "As a visitor",
  note: "Good to know",
};

const STATES: Record<MovingStep["state"], { mark: string; word: string }> = {
  met: { mark: "✓", word: "Met" },
  to_do: { mark: "→", word: "To do" },
  blocked: { mark: "✕", word: "Blocked" },
  unknown: { mark: "?", word: "Unknown" },
};

const VERDICTS: Record<MovingPath["verdict"], { mark: string; word: string; state: MovingStep["state"] }> = {
  may_practise: { mark: "✓", word: "May practise there", state: "met" },
  steps_to_take: { mark: "→", word: "There are steps to take", state: "to_do" },
  not_recognised: { mark: "✕", word: "Not recognised there", state: "blocked" },
  unknown: { mark: "?", word: "Unknown: ask the state office", state: "unknown" },
};

const WAY_WORDS: Record<MovingWay["verdict"], { word: string; state: MovingStep["state"] | "" }> = {
  open: { word: "Open", state: "met" },
  to_do: { word: "Steps to take", state: "to_do" },
  closed: { word: "Closed", state: "blocked" },
  unknown: { word: "Unknown", state: "unknown" },
  "": { word: "", state: "" },
};

/** What it takes to practise in another state: way by way, step by step. */
export function MovingPage() {
  const where = useWhere();
  const setting = useSetting();
  return (
    <>
      <header className="page-head">
        <h1>Moving states</h1>
      </header>
      {setting ? <Moving where={where} setting={setting} /> : <p className="empty">Fetching the rule books.</p>}
    </>
  );
}

function Moving({ where, setting }: { where: Where; setting: Vocabulary }) {
  const value = (name: string, usual = "") => where.query.get(name) ?? usual;
  const set = (name: string) => (said: string) => go(withQuery(where, { [name]: said }), { replace: true });
  const person = value("person");
  const to = value("to");
  const on = value("on", setting.today);
  const has = value("has").split(",").filter(Boolean);
  const states = setting.places.filter((one) => one.place !== "US" && !one.place.includes("/"));
  const placed: Option[] = states.map((one) => ({ value: one.place, label: `${one.name} (${one.place})` })).sort((a, b) => (a.label < b.label ? -1 : 1));
  const home = value("licence", setting.place);
  const query = new URLSearchParams({ to, on });
  if (has.length > 0) query.set("has", has.join(","));
  if (!person) {
    query.set("level", value("level", "emt"));
    if (home) query.set("licence", home);
    for (const name of ["nremt", "restricted", "age"]) if (value(name)) query.set(name, value(name));
  }
  const address = person ? `/api/workforce/people/${encodeURIComponent(person)}/path` : "/api/workforce/path";
  const asked = useAsk<MovingPath>(useSettled(to && isDay(on) ? `${address}?${query.toString()}` : null, 200));
  const tick = (fact: string) => (ticked: boolean) =>
    set("has")((ticked ? [...has, fact] : has.filter((one) => one !== fact)).join(","));
  return (
    <div className="ask">
      <form className="ask-form" aria-label="Who moves where" onSubmit={(event) => event.preventDefault()}>
        {person ? (
          <p className="field">
            <span className="field-name">Who</span>
            {person}, by what is on record. <Link href={withQuery(where, { person: "" })}>Ask for anybody</Link>
          </p>
        ) : (
          <>
            <SelectField
              label="Level"
              value={value("level", "emt")}
              onChange={set("level")}
              options={levelOptions(setting).filter((one) => one.group !== "No care")}
            />
            <SelectField
              label="Live licence of"
              value={home}
              onChange={set("licence")}
              options={[{ value: "", label: "No state" }, ...placed]}
            />
            <SelectField
              label="NREMT certificate"
              value={value("nremt")}
              onChange={set("nremt")}
              options={[
                { value: "", label: "None" },
                ...["emr", "emt", "aemt", "paramedic"].map((key) => ({
                  value: key,
                  label: setting.levels.find((one) => one.key === key)?.name ?? key,
                })),
              ]}
            />
          </>
        )}
        <SelectField label="To" value={to} onChange={set("to")} options={[{ value: "", label: "Choose a state" }, ...placed]} />
        <DayField label="From the day" value={on} onChange={set("on")} />
        <details open={has.length > 0 || value("restricted") !== "" || undefined}>
          <summary>What they have {has.length > 0 && `(${has.length})`}</summary>
          {!person && (
            <>
              <TextField label="Age, years" type="number" value={value("age")} onChange={set("age")} />
              <TickField
                label="A licence of theirs is restricted or suspended"
                checked={value("restricted") === "true"}
                onChange={(ticked) => set("restricted")(ticked ? "true" : "")}
              />
            </>
          )}
          {setting.facts.map((one) => (
            <TickField key={one.key} label={one.name} checked={has.includes(one.key)} onChange={tick(one.key)} />
          ))}
        </details>
      </form>
      <section className="ask-answer" aria-label="The answer" aria-live="polite">
        {to === "" ? (
          <p className="empty">Choose where to: each way there is told with its steps and sources.</p>
        ) : (
          <Answer asked={asked} loading="Asking the rule books.">
            {(path) => <PathView path={path} />}
          </Answer>
        )}
      </section>
    </div>
  );
}

function PathView({ path }: { path: MovingPath }) {
  const { mark, word, state } = VERDICTS[path.verdict];
  return (
    <>
      <header className="verdict-head">
        <span className="step-mark big" data-step={state}>
          <i aria-hidden="true">{mark}</i>
          {word}
        </span>
        <p>{path.what}</p>
        {path.do && <p>{path.do}</p>}
      </header>
      <ol className="ways">
        {path.ways.map((one) => (
          <Way key={`${one.way} ${one.rule} ${one.what}`} way={one} />
        ))}
      </ol>
    </>
  );
}

function Way({ way }: { way: MovingWay }) {
  const { word, state } = WAY_WORDS[way.verdict];
  return (
    <li>
      <header>
        <h3>{WAYS[way.way] ?? way.way}</h3>
        {word && (
          <span className="step-mark" data-step={state}>
            <i aria-hidden="true">{state && STATES[state].mark}</i>
            {word}
          </span>
        )}
        {way.unconfirmed && <Unconfirmed />}
      </header>
      <p className="way-what">{way.what}</p>
      {way.steps.length > 0 && (
        <ol className="steps">
          {way.steps.map((step) => (
            <li key={step.what}>
              <span className="step-mark" data-step={step.state}>
                <i aria-hidden="true">{STATES[step.state].mark}</i>
                {STATES[step.state].word}
              </span>
              <div>
                <p>{step.what}</p>
                <p className="muted small">{[step.rule, step.source].filter(Boolean).join(", ")}</p>
              </div>
            </li>
          ))}
        </ol>
      )}
      <p className="muted small">
        {[way.rule, spanWords(way.start, way.end), way.source].filter(Boolean).join(", ")}
        {way.note && <span className="source">Note: {way.note}</span>}
      </p>
    </li>
  );
}
