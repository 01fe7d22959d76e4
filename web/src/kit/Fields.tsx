import { useId, type ReactNode } from "react";

interface Common {
  label: string;
  value: string;
  onChange: (value: string) => void;
  /** A word of help under the field. */
  hint?: ReactNode;
}

/** A line of text, a day, a number. */
export function TextField({
  label,
  value,
  onChange,
  hint,
  type = "text",
  placeholder,
  invalid = false,
}: Common & { type?: "text" | "date" | "number" | "search" | "datetime-local"; placeholder?: string; invalid?: boolean }) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        type={type}
        value={value}
        placeholder={placeholder}
        aria-invalid={invalid || undefined}
        aria-describedby={hint ? `${id}-hint` : undefined}
        onChange={(event) => onChange(event.target.value)}
      />
      {hint && (
        <small id={`${id}-hint`} className="muted">
          {hint}
        </small>
      )}
    </div>
  );
}

/** Several lines of text. */
export function LongField({ label, value, onChange, hint, rows = 3 }: Common & { rows?: number }) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <textarea id={id} rows={rows} value={value} onChange={(event) => onChange(event.target.value)} />
      {hint && <small className="muted">{hint}</small>}
    </div>
  );
}

export interface Option {
  value: string;
  label: string;
  group?: string;
}

/** One of a few. Options that carry a group stand under it. */
export function SelectField({ label, value, onChange, hint, options }: Common & { options: readonly Option[] }) {
  const id = useId();
  const groups = [...new Set(options.map((one) => one.group ?? ""))];
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <select id={id} value={value} onChange={(event) => onChange(event.target.value)}>
        {groups.map((group) => {
          const mine = options
            .filter((one) => (one.group ?? "") === group)
            .map((one) => (
              <option key={one.value} value={one.value}>
                {one.label}
              </option>
            ));
          return group ? (
            <optgroup key={group} label={group}>
              {mine}
            </optgroup>
          ) : (
            mine
          );
        })}
      </select>
      {hint && <small className="muted">{hint}</small>}
    </div>
  );
}

/** Yes or no, in a line. */
export function TickField({ label, checked, onChange }: { label: string; checked: boolean; onChange: (checked: boolean) => void }) {
  return (
    <label className="tick">
      <input type="checkbox" checked={checked} onChange={(event) => onChange(event.target.checked)} />
      {label}
    </label>
  );
}
