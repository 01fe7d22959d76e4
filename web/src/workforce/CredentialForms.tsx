import { useState } from "react";
import { DayField, isDay } from "../kit/DayField";
import { LongField, SelectField, TextField } from "../kit/Fields";
import { FormSheet } from "../kit/Sheet";
import { DOINGS, type Doing } from "./CredentialCard";
import { filled, gesture, paths } from "./gestures";
import { say } from "./saying";
import { levelOptions, useSetting } from "./setting";
import type { Credential } from "./types";
import { changeWords, credentialName } from "./words";

interface Given {
  person: string;
  credential: Credential;
  today: string;
  onClose: () => void;
  onDone: () => void;
}

const dayFault = (...days: string[]) => (days.every((day) => day === "" || isDay(day)) ? null : "Write each day as 2026-05-04.");

/** Somebody looked it up where it was issued. */
export function VerifyCredential({ person, credential, onClose, onDone }: Given) {
  const [how, setHow] = useState("");
  return (
    <FormSheet
      head={`Verify: ${credentialName(credential)}`}
      action="Verified"
      fault={how.trim() ? null : "Say where you looked it up, such as: the state's register."}
      onClose={onClose}
      onSend={async () => {
        await gesture(paths.credential(person, credential.id, "verify"), { how });
        say(`${credentialName(credential)} is verified.`);
        onDone();
      }}
    >
      <p>Look it up where it was issued. It stands here as:</p>
      <dl className="facts">
        <div className="row">
          <dt>Number</dt>
          <dd>{credential.number || "not on record"}</dd>
        </div>
        <div className="row">
          <dt>Holds through</dt>
          <dd>{credential.expires ?? "no end is stated, or it does not hold"}</dd>
        </div>
      </dl>
      <TextField label="Where you looked it up" value={how} onChange={setHow} placeholder="The state's register" />
      <p className="muted">Whatever is done to the credential afterwards clears this.</p>
    </FormSheet>
  );
}

/** Another term. */
export function RenewCredential({ person, credential, onClose, onDone }: Given) {
  const [expires, setExpires] = useState("");
  const [start, setStart] = useState("");
  const [number, setNumber] = useState("");
  const needs = credential.kind === "licence" && !expires ? "A licence has a last day: say until when it holds." : null;
  return (
    <FormSheet
      head={`Renew: ${credentialName(credential)}`}
      action="Renew"
      fault={dayFault(expires, start) ?? needs}
      onClose={onClose}
      onSend={async () => {
        await gesture(paths.credential(person, credential.id, "renew"), {
          expires: expires || null,
          ...filled({ start, number }),
        });
        say(`${credentialName(credential)} is renewed${expires ? ` through ${expires}` : ""}. It has to be verified anew.`);
        onDone();
      }}
    >
      <DayField label="Last day it holds" value={expires} onChange={setExpires} hint="Empty: no end is stated." />
      <DayField
        label="First day of the new term"
        value={start}
        onChange={setStart}
        hint="Empty: where the term before ends, or today when that is over."
      />
      <TextField label="New number" value={number} onChange={setNumber} hint="Empty: it kept its number." />
    </FormSheet>
  );
}

const EXPLAINED: Record<Doing, string> = {
  suspend: "Who issued it takes it away for a time.",
  restrict: "Who issued it sets a limit to it; it goes on holding within that limit.",
  reinstate: "What lies on it is lifted: a suspension, a limit, a revocation.",
  lapse: "It ends before its term does. The end of a term needs no entry.",
  surrender: "Its holder gives it back.",
  revoke: "Who issued it takes it away for good.",
};

/** Suspend, restrict, reinstate, lapse, surrender, revoke. */
export function ChangeCredential({ person, credential, today, doing, onClose, onDone }: Given & { doing: Doing }) {
  const [day, setDay] = useState(today);
  const [until, setUntil] = useState("");
  const [reason, setReason] = useState("");
  const ends = doing === "suspend" || doing === "restrict";
  const { label, done } = DOINGS[doing];
  const missing = doing === "restrict" && !reason.trim() ? "A limit without words limits nothing: say what it is." : null;
  return (
    <FormSheet
      head={`${label}: ${credentialName(credential)}`}
      action={label}
      fault={dayFault(day, until) ?? missing}
      onClose={onClose}
      onSend={async () => {
        await gesture(paths.credential(person, credential.id, doing), filled({ day, reason, ...(ends ? { until } : {}) }));
        say(`${credentialName(credential)} is ${done}. It has to be verified anew.`);
        onDone();
      }}
    >
      <p>{EXPLAINED[doing]}</p>
      <DayField label="From" value={day} onChange={setDay} hint="The first day of it." />
      {ends && <DayField label="Over on" value={until} onChange={setUntil} hint="The first day it is over. Empty: until it is reinstated." />}
      <LongField label={doing === "restrict" ? "The limit, in words" : "Reason"} value={reason} onChange={setReason} />
    </FormSheet>
  );
}

/** It was entered wrongly. A correction that gives more than there was waits for a second person. */
export function CorrectCredential({ person, credential, onClose, onDone }: Given) {
  const setting = useSetting();
  const [start, setStart] = useState("");
  const [expires, setExpires] = useState("");
  const [level, setLevel] = useState("");
  const [number, setNumber] = useState("");
  const [strikes, setStrikes] = useState("");
  const [holdsUntil, setHoldsUntil] = useState("");
  const [reason, setReason] = useState("");
  const nothing = ![start, expires, level, number, strikes].some(Boolean);
  const fault =
    dayFault(start, expires, holdsUntil) ??
    (nothing ? "Say what is right: a day, the level, the number, or the entry that should not be there." : null) ??
    (reason.trim() ? null : "Say why it is corrected; it stays with the credential.");
  return (
    <FormSheet
      head={`Correct: ${credentialName(credential)}`}
      action="Correct"
      fault={fault}
      onClose={onClose}
      onSend={async () => {
        const answer = await gesture<{ done: boolean }>(paths.credential(person, credential.id, "correct"), {
          ...filled({ start, expires, level, number, holds_until: holdsUntil, reason }),
          ...(strikes ? { strikes: Number(strikes) } : {}),
        });
        say(answer.done ? `${credentialName(credential)} is corrected.` : "The correction waits for a second person.");
        onDone();
      }}
    >
      <p>What is left empty stays as it is. The wrong entry stays in the log.</p>
      <div className="pair">
        <DayField label="Right first day" value={start} onChange={setStart} />
        <DayField label="Right last day" value={expires} onChange={setExpires} />
      </div>
      <div className="pair">
        <SelectField
          label="Right level"
          value={level}
          onChange={setLevel}
          options={[{ value: "", label: "Stays" }, ...(setting ? levelOptions(setting) : [])]}
        />
        <TextField label="Right number" value={number} onChange={setNumber} />
      </div>
      {credential.history.length > 1 && (
        <SelectField
          label="An entry that should not be there"
          value={strikes}
          onChange={setStrikes}
          options={[
            { value: "", label: "None" },
            ...credential.history.slice(1).map((one) => ({ value: String(one.position), label: changeWords(one) })),
          ]}
        />
      )}
      <LongField label="Why" value={reason} onChange={setReason} rows={2} />
      <DayField
        label="Ends by itself on"
        value={holdsUntil}
        onChange={setHoldsUntil}
        hint="Only for one that gives more than there was: it needs a second person and ends within 30 days unless verified."
      />
    </FormSheet>
  );
}
