import type { SeatRow, ShiftCheck } from "./types";
import { levelWords } from "../kit/words";

/** The seats with their licences, what the crew counts for, and what is missing. */
export function ShiftView({
  check,
  busy,
  onSit,
  onLeave,
}: {
  check: ShiftCheck;
  busy: boolean;
  onSit: ((seat: string) => void) | null;
  onLeave: (person: string) => void;
}) {
  const { crew } = check;
  return (
    <section aria-label="Shift check">
      <ul className="seats">
        {check.seats.map((seat) => (
          <li key={seat.name}>
            <div>
              <h3>
                {seat.name.replaceAll("_", " ")}
                {seat.level && <span className="muted"> {levelWords(seat.level)}</span>}
              </h3>
              <p>{whoWords(seat)}</p>
              {seat.licence && (
                <p className={seat.licence.live ? "muted" : "lack"}>
                  {seat.licence.live
                    ? `${seat.licence.words}${seat.licence.until ? `, until ${seat.licence.until}` : ""}`
                    : seat.licence.why}
                </p>
              )}
              {[...seat.lacks, ...(seat.for_you?.lacks ?? [])].map((words) => (
                <p key={words} className="lack">
                  {words}
                </p>
              ))}
              {[...seat.warnings, ...(seat.for_you?.warnings ?? [])].map((words) => (
                <p key={words} className="muted">
                  {words}
                </p>
              ))}
            </div>
            {seat.you && seat.person !== null && (
              <button type="button" className="tap" aria-disabled={busy} onClick={() => !busy && onLeave(seat.person ?? "")}>
                Leave
              </button>
            )}
            {seat.person === null && onSit && check.you_aboard === null && (
              <button type="button" className="tap" aria-disabled={busy} onClick={() => !busy && onSit(seat.name)}>
                Sit here
              </button>
            )}
          </li>
        ))}
      </ul>
      <p>
        <strong>Counts for:</strong> {crew.levels.length > 0 ? crew.levels.map(levelWords).join(", ") : "no care"}
        {crew.can_transport ? ", may carry a patient" : ""}
      </p>
      {check.missing.length > 0 && (
        <ul className="missing" aria-label="Missing">
          {check.missing.map((words) => (
            <li key={words}>{words}</li>
          ))}
        </ul>
      )}
      {[...crew.warnings, ...crew.unconfirmed.map((one) => `Unconfirmed: ${one}.`)].map((words) => (
        <p key={words} className="muted">
          {words}
        </p>
      ))}
    </section>
  );
}

function whoWords(seat: SeatRow): string {
  if (seat.you) return "You";
  if (seat.person !== null) return seat.name_of_person || seat.person;
  return seat.rostered ? `Empty; planned: ${seat.rostered_name || seat.rostered}` : "Empty";
}
