import { useId, useState, type KeyboardEvent, type SubmitEvent } from "react";
import { actions } from "./actions";
import { run } from "./CommandButton";
import { deskOf } from "./deskOf";
import { find, suggestions } from "./find";
import { incident } from "./incident";
import { store, useDesk } from "./store";

/** The typed command line: SEND M12 26-0041, M12 ER, a call's number, a unit's call sign, or a command; then Enter. */
export function CommandLine() {
  const [typed, setTyped] = useState("");
  const [open, setOpen] = useState(false);
  const picture = useDesk((state) => (open ? state.picture : null));
  const list = useId();
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const { picture: now } = store.get();
    const desk = deskOf(store.get());
    const found = now && find(typed, now, desk.call);
    // What is not understood stays on the line, to be corrected.
    const why = !found ? `No call, unit or command is "${typed.trim()}".` : found.kind === "refused" ? found.text : null;
    if (!found || why !== null) {
      store.set({ message: { tone: "refused", text: why ?? "" } });
      return;
    }
    if (found.kind === "line") {
      const refused = store.get().busy ? "The last command is still on its way." : found.command.typed?.run(found.words, desk);
      if (refused !== undefined) {
        store.set({ message: { tone: "refused", text: refused } });
        return;
      }
    }
    setTyped("");
    (document.activeElement as HTMLElement | null)?.blur(); // Single keys act again.
    if (found.kind === "command") run(found.command);
    else if (found.kind === "step") void incident.stamp(found.unit, found.stamp);
    else if (found.kind === "explained") store.set({ message: { tone: "done", text: found.text } });
    else if (found.kind === "call") actions.selectCall(found.id);
    else if (found.kind === "unit") actions.selectUnit(found.id);
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
        placeholder="/ call, unit, SEND M12 41"
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
