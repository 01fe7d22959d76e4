import { useMemo } from "react";
import { useAsk, useSettled } from "../kit/ask";
import { Combobox } from "../kit/Combobox";
import { DayField, isDay } from "../kit/DayField";
import { SelectField, TextField, TickField, type Option } from "../kit/Fields";
import { holds, useSession } from "../kit/session";
import { Answer, RefusedWords } from "../kit/States";
import { Verdict } from "../kit/Verdict";
import { Link, go, useWhere, withQuery, type Where } from "../kit/where";
import { DisputesView } from "./Disputes";
import { Findings } from "./Findings";
import { DiffView, TableView } from "./ScopeTables";
import { levelName, levelOptions, placeName, placeOptions, skillName, useSetting, useSettingRefusal } from "./setting";
import type { Decision, Vocabulary, Word } from "./types";

const VIEWS = [
  { key: "", label: "Ask" },
  { key: "table", label: "Table of a place" },
  { key: "compare", label: "Compare two places" },
];
const DIRECTORS = [{ key: "disputes", label: "Said to be wrong" }];

/** Who may do what, where, on which day, and why: one question, a whole place, or two places beside each other. */
export function ScopePage() {
  const where = useWhere();
  const setting = useSetting();
  const refusal = useSettingRefusal();
  const view = where.query.get("view") ?? "";
  const director = holds(useSession(), "medical_director");
  return (
    <>
      <header className="page-head">
        <h1>Scope of practice</h1>
        <nav className="switch" aria-label="Ways to ask">
          {[...VIEWS, ...(director ? DIRECTORS : [])].map((one) => (
            <Link
              key={one.key}
              href={withQuery(where, { view: one.key })}
              aria-current={one.key === view ? "page" : undefined}
            >
              {one.label}
            </Link>
          ))}
        </nav>
      </header>
      {refusal && <RefusedWords refusal={refusal} />}
      {!setting && !refusal && <p className="empty">Fetching the rule books.</p>}
      {setting && view === "" && <AskView setting={setting} where={where} />}
      {setting && view === "table" && <TableView setting={setting} where={where} />}
      {setting && view === "disputes" && <DisputesView setting={setting} />}
      {setting && view === "compare" && <DiffView setting={setting} where={where} />}
    </>
  );
}

const choice = (words: readonly Word[], none: string): Option[] => [
  { value: "", label: none },
  ...words.map((one) => ({ value: one.key, label: one.name })),
];

/** The parts of a question that stand in the address, so that an answer can be handed on. */
const PARTS = [
  "level", "skill", "place", "on", "agency", "licence", "endorsement", "role", "setting", "route", "order", "declared", "age",
  "director", "programme",
] as const; // prettier-ignore

function AskView({ setting, where }: { setting: Vocabulary; where: Where }) {
  const value = (name: string, usual = "") => where.query.get(name) ?? usual;
  const set = (name: string) => (said: string) => go(withQuery(where, { [name]: said }), { replace: true });
  const level = value("level", "emt");
  const place = value("place", setting.place || "US");
  const on = value("on", setting.today);
  const skill = value("skill");
  const more = PARTS.slice(4).filter((name) => value(name) !== "").length;
  const skills = useMemo(
    () => setting.skills.map((one) => ({ value: one.key, label: one.name, group: one.category })),
    [setting],
  );

  const query = new URLSearchParams({ level, skill, place, on });
  for (const name of PARTS.slice(4)) if (value(name)) query.set(name, value(name));
  const asked = useAsk<Decision>(useSettled(skill && isDay(on) ? `/api/workforce/scope/decide?${query.toString()}` : null, 150));
  return (
    <div className="ask">
      <form className="ask-form" aria-label="The question" onSubmit={(event) => event.preventDefault()}>
        <SelectField label="Level" value={level} onChange={set("level")} options={levelOptions(setting)} />
        <div data-search>
          <Combobox label="Skill" value={skill} onChange={set("skill")} options={skills} placeholder="Naloxone, airway, ..." />
        </div>
        <SelectField label="Place" value={place} onChange={set("place")} options={placeOptions(setting)} />
        <DayField label="Day" value={on} onChange={set("on")} />
        <details open={more > 0 || undefined}>
          <summary>More about it {more > 0 && `(${more})`}</summary>
          <div className="pair">
            <TextField
              label="Licence of"
              value={value("licence")}
              onChange={set("licence")}
              placeholder={place}
              hint="A state, or NREMT. Empty: a live licence of the place."
            />
            <TextField label="Agency" value={value("agency")} onChange={set("agency")} />
          </div>
          <TextField
            label="Endorsements"
            value={value("endorsement")}
            onChange={set("endorsement")}
            hint={setting.endorsements.length > 0 ? `Known: ${setting.endorsements.slice(0, 12).join(", ")}` : undefined}
          />
          <div className="pair">
            <SelectField label="Role" value={value("role")} onChange={set("role")} options={choice(setting.roles, "Care")} />
            <SelectField
              label="Setting"
              value={value("setting")}
              onChange={set("setting")}
              options={choice(setting.settings.filter((one) => one.key !== "ambulance"), "Ambulance")}
            />
          </div>
          <div className="pair">
            <SelectField label="Route" value={value("route")} onChange={set("route")} options={choice(setting.routes, "Not said")} />
            <SelectField label="Order" value={value("order")} onChange={set("order")} options={choice(setting.orders, "Not said")} />
          </div>
          <div className="pair">
            <TextField label="Patient's age, years" type="number" value={value("age")} onChange={set("age")} />
            <SelectField
              label="Medical director"
              value={value("director")}
              onChange={set("director")}
              options={[
                { value: "", label: "Not said" },
                { value: "true", label: "Yes" },
                { value: "false", label: "None" },
              ]}
            />
          </div>
          <TextField label="Programme" value={value("programme")} onChange={set("programme")} />
          <TickField
            label="A declared emergency"
            checked={value("declared") === "true"}
            onChange={(ticked) => set("declared")(ticked ? "true" : "")}
          />
        </details>
      </form>
      <section className="ask-answer" aria-label="The answer" aria-live="polite">
        {skill === "" ? (
          <div className="empty">
            <p>Choose a skill: the answer comes with every rule that it rests on.</p>
          </div>
        ) : (
          <Answer asked={asked} loading="Asking the rule books.">
            {(decision) => (
              <>
                <header className="verdict-head">
                  <Verdict verdict={decision.verdict} />
                  <p>
                    {levelName(setting, level)}, {skillName(setting, skill)}, {placeName(setting, place)}, {on}
                  </p>
                </header>
                <Findings findings={decision.findings} />
                <p className="muted small">
                  A verdict never blocks care or charting. Rule book {decision.rules_hash.slice(0, 12)}
                </p>
              </>
            )}
          </Answer>
        )}
      </section>
    </div>
  );
}
