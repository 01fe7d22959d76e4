import { useEffect, useId, useRef, useState, type KeyboardEvent } from "react";
import type { Option } from "./Fields";

const MOST = 60; // More than these nobody reads; typing goes on narrowing them.

/** One of many, found by typing: a field with a list under it, all by keyboard. */
export function Combobox({
  label,
  value,
  options,
  onChange,
  placeholder = "Type to search",
}: {
  label: string;
  value: string;
  options: readonly Option[];
  onChange: (value: string) => void;
  placeholder?: string;
}) {
  const id = useId();
  const chosen = options.find((one) => one.value === value);
  const [text, setText] = useState<string | null>(null);
  const [at, setAt] = useState(0);
  const list = useRef<HTMLDivElement>(null);
  const open = text !== null;
  const found = open ? matching(options, text).slice(0, MOST) : [];
  const active = Math.min(at, found.length - 1);
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: "nearest" });
  }, [active, open]);

  const pick = (one: Option | undefined) => {
    if (one) onChange(one.value);
    setText(null);
  };
  const keys = (event: KeyboardEvent) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (open) setAt((active + (event.key === "ArrowDown" ? 1 : -1) + found.length) % Math.max(1, found.length));
      else show("");
    } else if (event.key === "Enter" && open) {
      event.preventDefault();
      pick(found[active]);
    } else if (event.key === "Escape" && open) {
      event.preventDefault();
      event.stopPropagation();
      setText(null);
    }
  };
  const show = (said: string) => {
    setText(said);
    setAt(said === "" && chosen ? Math.max(0, options.slice(0, MOST).indexOf(chosen)) : 0);
  };
  return (
    <div className="field combobox">
      <label htmlFor={id}>
        {label}
      </label>
      <input
        id={id}
        role="combobox"
        aria-expanded={open}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-activedescendant={open && found[active] ? `${id}-${active}` : undefined}
        autoComplete="off"
        placeholder={chosen?.label ?? placeholder}
        value={text ?? chosen?.label ?? ""}
        onChange={(event) => show(event.target.value)}
        onFocus={(event) => event.target.select()}
        onClick={() => text === null && show("")}
        onKeyDown={keys}
        onBlur={() => setText(null)}
      />
      {open && (
        <div id={`${id}-list`} ref={list} role="listbox" aria-label={label} className="options">
          {found.map((one, i) => (
            // The field above keeps the focus and has the keys; these only take the pointer.
            // eslint-disable-next-line jsx-a11y/click-events-have-key-events
            <div
              key={one.value}
              id={`${id}-${i}`}
              role="option"
              tabIndex={-1}
              aria-selected={i === active}
              onPointerDown={(event) => event.preventDefault()}
              onClick={() => pick(one)}
            >
              <span>{one.label}</span>
              {one.group && <span className="muted">{one.group}</span>}
            </div>
          ))}
          {found.length === 0 && (
            <div role="option" tabIndex={-1} aria-selected={false} aria-disabled="true" className="muted">
              Nothing has these words.
            </div>
          )}
        </div>
      )}
    </div>
  );
}

/** The options that hold every word typed, those that begin with the text first. */
export function matching(options: readonly Option[], text: string): readonly Option[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return options;
  const said = words.join(" ");
  return options
    .filter((one) => words.every((word) => `${one.label} ${one.value.replaceAll("_", " ")} ${one.group ?? ""}`.toLowerCase().includes(word)))
    .sort((a, b) => Number(b.label.toLowerCase().startsWith(said)) - Number(a.label.toLowerCase().startsWith(said)));
}
