import { useState } from "react";
import type { ScriptStep, Triage } from "../api/calls";
import { wallTime } from "../kit/format";
import { asking, inFront, keyed, stepOf, type Keyed } from "./asking";
import { CommandButton, keyName } from "./CommandButton";
import { firstCompression, metronome, stepForward, stopScript, takeInHand } from "./commands";
import { PriorityMark } from "./Marks";
import { beatsOf, useMetronome } from "./metronome";
import { useDesk } from "./store";

const RESPONSES: Record<string, string> = { bls: "BLS", als_bls: "ALS + BLS" };

/** The questions of the call in front, what the answers come to, and what the caller is told. */
export function TriagePanel() {
  const triage = useDesk((state) => state.asking.triage);
  const call = useDesk((state) => state.asking.call);
  const inHand = useDesk((state) => state.inHand);
  const training = Boolean(triage?.training ?? triage?.script?.training);
  return (
    <section id="triage" className="triage" tabIndex={-1} aria-label="Questions" data-in-hand={inHand} data-training={training}>
      <header>
        <h3>Questions</h3>
        {training && <strong className="training" title="No medical director stands for these cards">TRAINING</strong>}
        {inHand ? <span className="muted keys-here">keys answer here</span> : <CommandButton command={takeInHand} label="Ask" />}
      </header>
      {!triage && <p className="muted">{call === null ? "They begin with the place." : "Fetching the questions."}</p>}
      {triage && !triage.available && (
        <p className="shortfall">
          <strong>No questions</strong>
          <span>
            {triage.what} {triage.do}
          </span>
        </p>
      )}
      {triage && <Reached triage={triage} />}
      {triage?.available && <Told triage={triage} />}
      {triage?.available && <Asked triage={triage} />}
      {triage?.available && <SoFar triage={triage} />}
    </section>
  );
}

/** What the answers come to, and the times that are measured. */
function Reached({ triage }: { triage: Triage }) {
  const zone = useDesk((state) => state.picture?.board.region.time_zone) ?? "UTC";
  const { determinant } = triage;
  const times: [string, string | null][] = [
    ["Arrest recognised", triage.recognised_at],
    ["First compression", triage.first_compression_at],
  ];
  const stamped = times.filter(([, at]) => at !== null);
  return (
    <>
      {determinant && (
        <p className="reached" aria-live="polite">
          <PriorityMark priority={determinant.priority} />
          <strong>{determinant.label}</strong>
          <span>{RESPONSES[determinant.response] ?? determinant.response}</span>
          <span className="muted right">{determinant.id}</span>
        </p>
      )}
      {stamped.length > 0 && (
        <dl className="stamped">
          {stamped.map(([name, at]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{wallTime(at, zone)}</dd>
            </div>
          ))}
        </dl>
      )}
    </>
  );
}

/** The instructions: the step that is told now, large. */
function Told({ triage }: { triage: Triage }) {
  const { script } = triage;
  if (!script) return null;
  const step = stepOf(triage);
  const place = script.steps.findIndex((one) => one.key === script.step);
  return (
    <div className="script">
      <p className="script-head">
        <strong>{script.title}</strong>
        <span className="muted">{step ? `Step ${place + 1} of ${script.steps.length}` : ""}</span>
      </p>
      {step && <Step key={step.key} step={step} next={nextOf(script.steps, step)} stamped={triage.first_compression_at !== null} />}
      {!step && (
        <p className="muted">
          {script.stopped_at !== null ? "Stopped." : "Told to its end. Stay on the line."}{" "}
          {script.stopped_at !== null && script.step !== null && (
            <button type="button" className="button" onClick={() => void asking.resume()}>
              Take it up again
            </button>
          )}
        </p>
      )}
    </div>
  );
}

function nextOf(steps: readonly ScriptStep[], step: ScriptStep): ScriptStep | undefined {
  return step.answers.length > 0 ? undefined : steps[steps.indexOf(step) + 1];
}

function Step({ step, next, stamped }: { step: ScriptStep; next: ScriptStep | undefined; stamped: boolean }) {
  const beat = useDesk((state) => state.beat);
  const inHand = useDesk((state) => state.inHand);
  const beats = beatsOf(step.metronome);
  // Only the desk that talks to the caller beats; another one that looks at the card is silent.
  const on = beat && inHand ? beats : null;
  useMetronome(on);
  return (
    <>
      <p className="say" aria-live="assertive">
        {step.say}
      </p>
      {beats !== null && (
        <p className="beat">
          <i aria-hidden="true" data-on={on !== null} style={{ animationDuration: `${60 / beats}s` }} />
          <span>
            {beats} a minute{on === null && ", silent"}
          </span>
          <CommandButton command={metronome} label={beat ? "Beat off" : "Beat on"} />
          {!stamped && <CommandButton command={firstCompression} look="main" label="They push now" />}
        </p>
      )}
      {step.answers.length > 0 && <Answers answers={keyed(step.answers)} onPick={(one) => void asking.forward(one.key)} />}
      <div className="actions">
        {step.answers.length === 0 && <CommandButton command={stepForward} look="main" label={step.waits ? "Yes, next" : "Told, next"} />}
        <CommandButton command={stopScript} />
      </div>
      {next && <p className="muted then">Then: {next.say}</p>}
    </>
  );
}

function Asked({ triage }: { triage: Triage }) {
  const { question } = triage;
  if (!question) return <p className="muted all-asked">All questions of this card are answered.</p>;
  const mine = inFront(triage)?.what === "question";
  return (
    <div className="question" data-second={triage.script !== null}>
      <p className="ask">{question.ask}</p>
      {question.help && <p className="muted">{question.help}</p>}
      <Answers
        answers={keyed(question.answers)}
        noKeys={!mine}
        onPick={(one) => void asking.answer(question.key, one.key)}
      />
    </div>
  );
}

function Answers({ answers, onPick, noKeys = false }: { answers: readonly Keyed[]; onPick: (one: Keyed) => void; noKeys?: boolean }) {
  return (
    <div className="answer-keys">
      {answers.map((one) => (
        <button key={one.key} type="button" className="button" onClick={() => onPick(one)}>
          {!noKeys && <kbd aria-hidden="true">{one.letter}</kbd>} {one.label}
        </button>
      ))}
    </div>
  );
}

/** What was answered. An answer can be given anew: priority and response follow while units roll. */
function SoFar({ triage }: { triage: Triage }) {
  const asked = useDesk((state) => state.asking.asked);
  const [open, setOpen] = useState<string | null>(null);
  if (triage.answers.length === 0) return null;
  return (
    <details className="so-far">
      <summary>
        {triage.answers.length} answered, card {triage.card?.label ?? ""}
      </summary>
      <ul>
        {triage.answers.map((one) => {
          const question = asked[one.question];
          return (
            <li key={one.question}>
              <span>{said(one.ask, one.question)}</span>
              <strong>{said(one.label, one.answer)}</strong>
              {question && (
                <button type="button" className="button plain" aria-expanded={open === one.question} onClick={() => setOpen(open === one.question ? null : one.question)}>
                  Change<span className="unseen"> the answer to: {one.ask}</span>
                </button>
              )}
              {question && open === one.question && (
                <Answers
                  answers={keyed(question.answers)}
                  noKeys
                  onPick={(answer) => {
                    setOpen(null);
                    void asking.answer(one.question, answer.key);
                  }}
                />
              )}
            </li>
          );
        })}
      </ul>
      <label className="field">
        <span>Another card</span>
        <select value={triage.picked ?? ""} onChange={(event) => void asking.card(event.target.value)}>
          <option value="">The one that the answers lead to</option>
          {triage.cards
            ?.filter((one) => one.id !== "entry")
            .map((one) => (
              <option key={one.id} value={one.id}>
                {one.label}
              </option>
            ))}
        </select>
      </label>
    </details>
  );
}

/** The words, or the key where a card that changed since has none. */
function said(words: string | undefined, key: string): string {
  return words === undefined || words === "" ? key : words;
}

/** One line for a card that nobody asks from now. */
export function TriageLine() {
  const triage = useDesk((state) => state.asking.triage);
  const determinant = triage?.determinant;
  return (
    <section className="triage-line" aria-label="Questions">
      {determinant ? (
        <span>
          <strong>{determinant.label}</strong>, {RESPONSES[determinant.response] ?? determinant.response}
          {triage.training && <strong className="training">TRAINING</strong>}
          {triage.recognised_at !== null && triage.first_compression_at === null && <span className="muted"> no compression stamped yet</span>}
        </span>
      ) : (
        <span className="muted">{triage?.answers.length ? "Questions begun" : "No questions asked"}</span>
      )}
      <CommandButton command={takeInHand} label={`Ask${determinant ? " on" : ""}`} />
      <span className="unseen">{keyName(takeInHand)}</span>
    </section>
  );
}
