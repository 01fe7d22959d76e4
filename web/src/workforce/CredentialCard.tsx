import { useState } from "react";
import { ChangeCredential, CorrectCredential, RenewCredential, VerifyCredential } from "./CredentialForms";
import { StatusWord } from "./Marks";
import { Timeline } from "./Timeline";
import type { Credential, CredentialStatus } from "./types";
import { changeWords, credentialName, daysBetween, inDays } from "./words";

export const DOINGS = {
  suspend: { label: "Suspend", done: "suspended" },
  restrict: { label: "Restrict", done: "restricted" },
  reinstate: { label: "Reinstate", done: "reinstated" },
  lapse: { label: "Lapse early", done: "lapsed" },
  surrender: { label: "Surrender", done: "surrendered" },
  revoke: { label: "Revoke", done: "revoked" },
} as const;

export type Doing = keyof typeof DOINGS;

const GONE: readonly CredentialStatus[] = ["revoked", "surrendered"];

/** Why something cannot be done to a credential now, in words; null when it can. The server has the last word. */
export function blocked(status: CredentialStatus, doing: Doing | "renew"): string | null {
  if (doing === "reinstate") {
    return ["suspended", "restricted", "revoked"].includes(status) ? null : "Nothing that could be lifted lies on it.";
  }
  if (GONE.includes(status)) return `It is ${status}.`;
  if (doing === "lapse" && !["live", "restricted", "suspended"].includes(status)) return "It does not hold today.";
  return null;
}

type Form = "verify" | "renew" | "correct" | Doing;

/** A credential: how it stands, its days, whether it was looked up, what was done to it, and what can be done. */
export function CredentialCard({
  person,
  credential,
  today,
  officer,
  onChanged,
}: {
  person: string;
  credential: Credential;
  today: string;
  officer: boolean;
  onChanged: () => void;
}) {
  const [form, setForm] = useState<Form | null>(null);
  const { status, verified, expires, words } = credential;
  const name = credentialName(credential);
  const close = () => setForm(null);
  const given = { person, credential, today, onClose: close, onDone: onChanged };
  return (
    <article className="credential" aria-label={name}>
      <header>
        <h4>{name}</h4>
        <StatusWord status={status} />
      </header>
      <p className="muted">
        {credential.number && `No. ${credential.number}. `}
        {expires && `Holds through ${expires}, ${inDays(daysBetween(today, expires))}.`}
        {!expires && credential.since && ["live", "restricted"].includes(status) && "No end is stated."}
        {!expires && credential.since && !["live", "restricted"].includes(status) && `Since ${credential.since}.`}
      </p>
      {words.length > 0 && <p className="note">{words.join("; ")}</p>}
      <Timeline spans={credential.spans} today={today} />
      <p className="verified" data-verified={verified !== null}>
        <i aria-hidden="true">{verified ? "✓" : "?"}</i>
        {verified ? (
          <span>
            Verified by {verified.by} on {verified.at.slice(0, 10)}: {verified.how}
          </span>
        ) : (
          <span>Not verified since it was last changed</span>
        )}
      </p>
      {officer && (
        <div className="actions">
          <button type="button" className="button" onClick={() => setForm("verify")}>
            Verify
          </button>
          <Gesture label="Renew" why={blocked(status, "renew")} onClick={() => setForm("renew")} />
          <button type="button" className="button" onClick={() => setForm("correct")}>
            Correct
          </button>
          <details className="more-doings">
            <summary>More</summary>
            <div className="actions">
              {(Object.keys(DOINGS) as Doing[]).map((doing) => (
                <Gesture key={doing} label={DOINGS[doing].label} why={blocked(status, doing)} onClick={() => setForm(doing)} />
              ))}
            </div>
          </details>
        </div>
      )}
      <details className="history">
        <summary>History ({credential.history.length})</summary>
        <ol>
          {credential.history.map((one) => (
            <li key={one.position}>
              <p>{changeWords(one)}</p>
              {one.words && <p>{one.words}</p>}
              <p className="muted">
                {one.actor}
                {one.at && `, entered ${one.at.slice(0, 10)}`}, position {one.position}
              </p>
            </li>
          ))}
        </ol>
      </details>
      {form === "verify" && <VerifyCredential {...given} />}
      {form === "renew" && <RenewCredential {...given} />}
      {form === "correct" && <CorrectCredential {...given} />}
      {form !== null && form in DOINGS && <ChangeCredential {...given} doing={form as Doing} />}
    </article>
  );
}

/** A gesture's button; blocked, it stays readable and says why. */
function Gesture({ label, why, onClick }: { label: string; why: string | null; onClick: () => void }) {
  return (
    <button
      type="button"
      className="button"
      aria-disabled={why !== null}
      title={why ?? undefined}
      onClick={() => why === null && onClick()}
    >
      {label}
      {why !== null && <span className="unseen">: {why}</span>}
    </button>
  );
}
