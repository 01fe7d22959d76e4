import { useEffect } from "react";
import { commandFor, type Command } from "./commands";
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
      aria-keyshortcuts={command.keys}
      title={why ?? command.label}
      onClick={() => run(command)}
    >
      {label ?? command.label} <kbd aria-hidden="true">{keyName(command)}</kbd>
    </button>
  );
}

/** Run a command if nothing blocks it; else say why not. */
export function run(command: Command): void {
  const desk = deskOf(store.get());
  const why = command.blocked(desk);
  if (why === null) void command.run(desk);
  else store.set({ message: { tone: "refused", text: why } });
}

/** Single keys, anywhere outside a field. */
export function useCommandKeys(): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const command = commandFor(event);
      if (!command) return;
      const { helpOpen } = store.get();
      if (helpOpen && command.id !== "desk.help") return; // The open sheet has its own Escape.
      event.preventDefault();
      run(command);
    };
    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  }, []);
}

export function keyName(command: Command): string {
  return command.keys === "Escape" ? "Esc" : command.keys;
}
