import { useId, useState } from "react";

/** A field for a password, which can be looked at while typing. */
export function Secret({
  label,
  value,
  onChange,
  autoComplete,
  first = false,
}: {
  label: string;
  value: string;
  onChange: (value: string) => void;
  autoComplete: "current-password" | "new-password";
  /** The field to type in at once. */
  first?: boolean;
}) {
  const id = useId();
  const [shown, setShown] = useState(false);
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <div className="secret">
        <input
          id={id}
          type={shown ? "text" : "password"}
          value={value}
          onChange={(event) => onChange(event.target.value)}
          autoComplete={autoComplete}
          // eslint-disable-next-line jsx-a11y/no-autofocus -- The one field that is left to fill in.
          autoFocus={first}
          required
        />
        <button type="button" className="button" aria-pressed={shown} onClick={() => setShown(!shown)}>
          {shown ? "Hide" : "Show"}
        </button>
      </div>
    </div>
  );
}
