import { useEffect, useState } from "react";
import { useAsk } from "../kit/ask";
import { count } from "../kit/format";
import { holds, useSession } from "../kit/session";
import { Answer } from "../kit/States";
import { go, Link } from "../kit/where";
import { CredentialCard } from "./CredentialCard";
import { spanWords } from "./Findings";
import { paths } from "./gestures";
import { StandingWord } from "./Marks";
import { EditPerson, EndAffiliation, IssueCredential, Serve } from "./PersonForms";
import { levelName, useSetting } from "./setting";
import type { Affiliation, Person } from "./types";
import { said } from "./words";

type Form = { kind: "edit" } | { kind: "issue" } | { kind: "serve" } | { kind: "leave"; of: Affiliation };

/** One person: who they are, where they serve, what they hold. */
export function PersonPanel({ person, onChanged }: { person: string; onChanged: () => void }) {
  const asked = useAsk<Person>(paths.person(person));
  const session = useSession();
  const officer = holds(session, "credentialing");
  const [form, setForm] = useState<Form | null>(null);
  const close = () => go(`/workforce${location.search}`);
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const target = event.target;
      if (event.key !== "Escape" || (target instanceof Element && target.closest("dialog, input, select, textarea, .menu"))) return;
      close();
    };
    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  }, []);
  const changed = () => {
    asked.again();
    onChanged();
  };
  return (
    <aside className="panel" aria-label="Person">
      <div className="panel-bar">
        <button type="button" className="button plain" onClick={close}>
          Close <kbd aria-hidden="true">Esc</kbd>
        </button>
        <Link className="button" href={`/workforce/people/${encodeURIComponent(person)}/today`}>
          What they may do today
        </Link>
      </div>
      <Answer asked={asked} loading="Fetching this person.">
        {(one) => (
          <>
            <header className="person-head">
              <h2>{one.name || "Name erased"}</h2>
              <p>
                <span className="muted">{one.id}</span> <StandingWord standing={one.standing} />
              </p>
              <p className="muted">{one.standing.why}</p>
              {one.standing.restrictions.length > 0 && <p className="note">Limits: {one.standing.restrictions.join("; ")}</p>}
            </header>
            <section>
              <div className="section-head">
                <h3>Credentials</h3>
                <span className="muted">
                  {one.unverified > 0 ? `${count(one.unverified, "is", "are")} not verified` : "all verified"}
                </span>
                {officer && (
                  <button type="button" className="button" onClick={() => setForm({ kind: "issue" })}>
                    Add a credential
                  </button>
                )}
              </div>
              {one.credentials.length === 0 && <p className="empty">Nothing is on record.</p>}
              {inOrder(one).map((credential) => (
                <CredentialCard
                  key={credential.id}
                  person={one.id}
                  credential={credential}
                  today={one.on}
                  officer={officer}
                  onChanged={changed}
                />
              ))}
            </section>
            <section>
              <div className="section-head">
                <h3>Serves in</h3>
                {officer && (
                  <button type="button" className="button" onClick={() => setForm({ kind: "serve" })}>
                    Add an agency
                  </button>
                )}
              </div>
              {one.affiliations.length === 0 && <p className="empty">No agency is on record.</p>}
              <ul className="rows">
                {one.affiliations.map((each) => (
                  <ServesRow
                    key={`${each.agency} ${each.start}`}
                    affiliation={each}
                    {...(officer && each.end === null ? { onEnd: () => setForm({ kind: "leave", of: each }) } : {})}
                  />
                ))}
              </ul>
            </section>
            <section>
              <div className="section-head">
                <h3>Identity</h3>
                {officer && (
                  <button type="button" className="button" onClick={() => setForm({ kind: "edit" })}>
                    Edit
                  </button>
                )}
              </div>
              <Identity person={one} />
            </section>
            {form?.kind === "edit" && <EditPerson person={one} onClose={() => setForm(null)} onDone={changed} />}
            {form?.kind === "issue" && <IssueCredential person={one} onClose={() => setForm(null)} onDone={changed} />}
            {form?.kind === "serve" && <Serve person={one} onClose={() => setForm(null)} onDone={changed} />}
            {form?.kind === "leave" && (
              <EndAffiliation person={one} affiliation={form.of} onClose={() => setForm(null)} onDone={changed} />
            )}
          </>
        )}
      </Answer>
    </aside>
  );
}

const RANK = ["licence", "compact_privilege", "endorsement", "rescue", "driver", "emd_certificate", "certificate"];

/** Licences first, then what hangs on them; what no longer holds comes last. */
function inOrder(person: Person) {
  const over = (status: string) => Number(!["live", "restricted", "suspended", "not_yet"].includes(status));
  const rank = (kind: string) => (RANK.includes(kind) ? RANK.indexOf(kind) : RANK.length);
  return [...person.credentials].sort((a, b) => over(a.status) - over(b.status) || rank(a.kind) - rank(b.kind));
}

function ServesRow({ affiliation, onEnd }: { affiliation: Affiliation; onEnd?: () => void }) {
  const setting = useSetting();
  const { agency, service, pay, role, practice, director, start, end } = affiliation;
  return (
    <li data-over={end !== null || undefined}>
      <div>
        <strong>{agency}</strong> {said(service)}, {pay}, {said(role).toLowerCase()}
        <p className="muted">
          {spanWords(start, end)}
          {practice && `, practises as ${levelName(setting, practice)}`}
          {director && `, under ${director}`}
        </p>
      </div>
      {onEnd && (
        <button type="button" className="button plain" onClick={onEnd}>
          End
        </button>
      )}
    </li>
  );
}

function Identity({ person }: { person: Person }) {
  const rows = [
    ["Born", person.born],
    ["E-mail", person.email],
    ["Phone", person.phone],
    ["Languages", person.languages.join(", ")],
    ["Immunisations", person.immunisations.map((one) => `${said(one.name)} ${one.year}`).join(", ")],
  ] as const;
  return (
    <dl className="facts">
      {rows.map(([label, value]) => (
        <div key={label} className="row">
          <dt>{label}</dt>
          <dd>{(value ?? "") === "" ? <span className="muted">not on record</span> : value}</dd>
        </div>
      ))}
    </dl>
  );
}
