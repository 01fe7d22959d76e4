import { useEffect } from "react";
import { asking } from "./asking";
import { heldBack, pressOf, type Command } from "./commands";
import { deskOf } from "./deskOf";
import { store, useDesk } from "./store";

/** A command as a button. A blocked one stays reachable and says why. */
export function CommandButton({ command, look = "", label }: { command: Command; look?: string; label?: string }) {
  const why = useDesk((state) => command.blocked(deskOf(state)));
  return (
    <button
      type="button"
      className={`button ${look}`}
      aria-disabled={why !== null}
      aria-keyshortcuts={command.keys ?? undefined}
      title={why ?? command.label}
      onClick={() => run(command)}
    >
      {label ?? command.label} {command.keys !== null && <kbd aria-hidden="true">{keyName(command)}</kbd>}
    </button>
  );
}

/** Run a command if nothing blocks it; else say why not. By key it may have to wait for the questions. */
export function run(command: Command, byKey = false): void {
  const desk = deskOf(store.get());
  const why = (byKey ? heldBack(command, desk.state) : null) ?? command.blocked(desk);
  if (why === null) void command.run(desk);
  else store.set({ message: { tone: "refused", text: why } });
}

/** Single keys, anywhere outside a field. */
export function useCommandKeys(): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const state = store.get();
      const press = pressOf(event, state);
      if (!press) return;
      if (state.sheet !== null) return; // What lies over the desk takes every key.
      // An open sheet has its own Escape.
      if (state.gesture !== null) return;
      if (state.helpOpen && !("command" in press && press.command.id === "desk.help")) return;
      event.preventDefault();
      if ("answer" in press) void asking.press(press.answer);
      else run(press.command, true);
    };
    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  }, []);
}

export function keyName(command: Command): string {
  return command.keys === null ? "" : (NAMES[command.keys] ?? command.keys);
}

const NAMES: Record<string, string> = { Escape: "Esc", " ": "Space" };
