import { Unconfirmed } from "../kit/Verdict";
import type { Renewal, TrainingOf } from "./types";
import { daysBetween, inDays, said } from "./words";

const hours = (n: number) => `${Number(n.toFixed(2))} h`;

/** A bar of how much is done, with the figures beside it. */
export function Bar({ done, of, label }: { done: number; of: number; label: string }) {
  const share = of > 0 ? Math.min(1, done / of) : 1;
  return (
    <div className="bar-row">
      <span className="bar-label">{label}</span>
      <span className="bar-track" role="progressbar" aria-label={label} aria-valuemin={0} aria-valuemax={of} aria-valuenow={Math.min(done, of)}>
        <i style={{ width: `${share * 100}%` }} data-full={share >= 1 || undefined} />
      </span>
      <span className="bar-figure">
        {hours(done)} of {hours(of)}
      </span>
    </div>
  );
}

/** One renewal: until when, how many hours of what are done, and what is missing in words. */
export function RenewalView({ renewal, today }: { renewal: Renewal; today: string }) {
  const { progress } = renewal;
  return (
    <article className="renewal">
      <header>
        <h3>
          {said(renewal.authority)}, {said(renewal.level)}
        </h3>
        <span className="muted">
          ends {renewal.ends}, {inDays(daysBetween(today, renewal.ends))}
        </span>
      </header>
      {renewal.what && !progress && <p className="muted">{renewal.what}</p>}
      {progress && (
        <>
          <Bar label="All hours" done={progress.counted} of={progress.total} />
          {progress.split_known &&
            progress.parts.map((one) => <Bar key={one.name} label={said(one.name)} done={one.counted} of={one.asked} />)}
          {progress.done && <p>All hours are there.</p>}
          {progress.missing.length > 0 && (
            <ul className="missing">
              {progress.missing.map((one) => (
                <li key={one}>{one}</li>
              ))}
            </ul>
          )}
          {progress.uncounted.length > 0 && (
            <details>
              <summary>Hours that do not count ({progress.uncounted.length})</summary>
              <ul className="missing">
                {progress.uncounted.map((one) => (
                  <li key={one.entry + one.why}>
                    {hours(one.hours)}: {one.why}
                  </li>
                ))}
              </ul>
            </details>
          )}
          <p className="muted small">
            {progress.notes.join(" ")} {progress.rule}, {progress.source} {progress.unconfirmed && <Unconfirmed />}
          </p>
        </>
      )}
    </article>
  );
}

/** Somebody's courses and renewals: what they still owe. */
export function TrainingView({ training }: { training: TrainingOf }) {
  const nothing = training.renewals.length + training.courses.length === 0;
  return (
    <>
      {nothing && <p className="muted">No renewal asks for hours, and no course is on record.</p>}
      {training.renewals.map((one) => (
        <RenewalView key={`${one.credential} ${one.authority}`} renewal={one} today={training.on} />
      ))}
      {training.courses.map((one) => (
        <article key={one.course} className="renewal">
          <header>
            <h3>{one.course}</h3>
            <span className="muted">
              {said(one.level)} course, {said(one.status).toLowerCase()}
              {one.completed_on && ` on ${one.completed_on}`}
            </span>
          </header>
          <Bar label="Hours" done={sum(one.done, one.planned)} of={sum(one.planned, one.planned)} />
          {one.missing.length > 0 && (
            <ul className="missing">
              {one.missing.map((each) => (
                <li key={each}>{each}</li>
              ))}
            </ul>
          )}
        </article>
      ))}
    </>
  );
}

/** Hours done, of each topic no more than planned. */
export function sum(done: Record<string, number>, planned: Record<string, number>): number {
  return Object.entries(planned).reduce((all, [topic, asked]) => all + Math.min(done[topic] ?? 0, asked), 0);
}
