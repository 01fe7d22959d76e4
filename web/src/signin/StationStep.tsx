import { useState } from "react";
import type { Refusal } from "../api/client";
import type { Lock } from "../kit/lock";
import { asRefusal } from "./refusals";
import { choiceWords, sitAt, type Station } from "./station";

/** One press says what this device is; the kind that goes with the account's first role has the keys. */
export function StationStep({ lock, now = null, onDone }: { lock: Lock; now?: Station | null; onDone: () => void }) {
  const [busy, setBusy] = useState(false);
  const [said, setSaid] = useState<Refusal | null>(null);
  const pick = (station: Station) => {
    if (busy) return;
    setBusy(true);
    setSaid(null);
    sitAt(station)
      .then(onDone, (error: unknown) => setSaid(asRefusal(error)))
      .finally(() => setBusy(false));
  };
  return (
    <>
      {said && (
        <div className="refused" role="alert">
          <p>
            <strong>{said.what}</strong> {said.todo}
          </p>
        </div>
      )}
      <ul className="stations">
        {lock.stations.map((one, i) => (
          <li key={one.key}>
            <button
              type="button"
              className={now === null && i === 0 ? "button main" : "button"}
              aria-disabled={busy}
              aria-pressed={now === null ? undefined : one.key === now}
              // eslint-disable-next-line jsx-a11y/no-autofocus -- Signing in led here, and it is the only question.
              autoFocus={now === null && i === 0}
              onClick={() => pick(one.key)}
            >
              {choiceWords(one.words)}
            </button>
          </li>
        ))}
      </ul>
      <p className="muted">It decides how long this page may stand untouched before it locks itself. This device keeps it.</p>
    </>
  );
}
