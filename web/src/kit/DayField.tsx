import { useId, useRef, type ReactNode } from "react";

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** Whether a text is a day that exists, such as 2026-02-28. */
export function isDay(text: string): boolean {
  if (!DAY.test(text)) return false;
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}

/** A day, typed as 2026-05-04 whatever the browser's country, or picked from its calendar. */
export function DayField({
  label,
  value,
  onChange,
  hint,
}: {
  label: string;
  value: string;
  onChange: (value: string) => void;
  hint?: ReactNode;
}) {
  const id = useId();
  const picker = useRef<HTMLInputElement>(null);
  const wrong = value !== "" && !isDay(value);
  const pick = () => {
    try {
      picker.current?.showPicker();
    } catch {
      picker.current?.focus(); // A browser without one still takes the day by keys.
    }
  };
  return (
    <div className="field day-field">
      <label htmlFor={id}>
        {label}
      </label>
      <div className="day-box">
        <input
          id={id}
          inputMode="numeric"
          autoComplete="off"
          placeholder="2026-05-04"
          maxLength={10}
          value={value}
          aria-invalid={wrong || undefined}
          aria-describedby={hint || wrong ? `${id}-hint` : undefined}
          onChange={(event) => onChange(event.target.value.trim())}
        />
        <button type="button" className="button plain" aria-label={`${label}: calendar`} onClick={pick}>
          <svg viewBox="0 0 16 16" width="14" height="14" aria-hidden="true">
            <path d="M2 3.5h12v10H2zM2 6.5h12M5 1.5v3M11 1.5v3" fill="none" stroke="currentColor" strokeWidth="1.3" />
          </svg>
        </button>
        <input
          ref={picker}
          className="day-picker"
          type="date"
          tabIndex={-1}
          aria-hidden="true"
          value={isDay(value) ? value : ""}
          onChange={(event) => onChange(event.target.value)}
        />
      </div>
      {(hint ?? wrong) && (
        <small id={`${id}-hint`} className="muted">
          {wrong ? "Write it as 2026-05-04." : hint}
        </small>
      )}
    </div>
  );
}
