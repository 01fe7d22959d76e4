import type { KnownCall } from "../api/calls";
import { plain } from "../kit/words";

const SHOWN = ["caller", "callback", "patient", "age_years", "sex", "apartment", "language"];

/** What is known of the caller and the patient, as it was typed. */
export function KnownPart({ known }: { known: KnownCall }) {
  const details = known.details ?? {};
  const note = String(details.note ?? "");
  const rows = SHOWN.filter((name) => details[name] !== undefined && details[name] !== "");
  return (
    <section>
      <h3>Caller and patient</h3>
      {rows.length > 0 && (
        <dl className="answers">
          {rows.map((name) => (
            <div key={name} className="row">
              <dt>{plain(name)}</dt>
              <dd>{String(details[name])}</dd>
            </div>
          ))}
        </dl>
      )}
      {note && <p className="note-lines">{note}</p>}
      {rows.length === 0 && !note && <p className="muted">Nothing is known yet.</p>}
    </section>
  );
}
