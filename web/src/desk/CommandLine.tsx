import { useId, useState, type KeyboardEvent, type SubmitEvent } from "react";
import { actions } from "./actions";
import { run } from "./CommandButton";
import { find, suggestions } from "./find";
import { store, useDesk } from "./store";

/** The typed command line: a call's number, a unit's call sign, or a command, then Enter. */
export function CommandLine() {
  const [typed, setTyped] = useState("");
  const [open, setOpen] = useState(false);
  const picture = useDesk((state) => (open ? state.picture : null));
  const list = useId();
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const { picture: now } = store.get();
    const found = now && find(typed, now);
    if (!found) {
      store.set({ message: { tone: "refused", text: `No call, unit or command is "${typed.trim()}".` } });
      return;
    }
    setTyped("");
    (document.activeElement as HTMLElement | null)?.blur(); // Single keys act again.
    if (found.kind === "command") run(found.command);
    else if (found.kind === "call") actions.selectCall(found.id);
    else actions.selectUnit(found.id);
  };
  const escape = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === "Escape") event.currentTarget.blur();
  };
  return (
    <form className="line" role="search" onSubmit={submit}>
      <input
        id="command-line"
        aria-label="Command line: call, unit or command"
        aria-keyshortcuts="/"
        placeholder="/ call, unit, command"
        autoComplete="off"
        list={list}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        onFocus={() => setOpen(true)}
        onBlur={() => setOpen(false)}
        onKeyDown={escape}
      />
      <datalist id={list}>
        {picture && [...new Set(suggestions(picture))].map((one) => <option key={one} value={one} />)}
      </datalist>
    </form>
  );
}
