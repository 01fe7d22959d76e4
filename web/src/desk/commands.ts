/** Everything a dispatcher can do here. The buttons, the keys, the foot and the help sheet all read this. */

import type { Call } from "../api/types";
import { actions, SPEEDS } from "./actions";
import { camera } from "../map/camera";
import type { Desk } from "./deskOf";
import { callsInOrder } from "./order";
import { store, type State } from "./store";

export interface Command {
  id: string;
  /** The one key, as KeyboardEvent.key gives it. */
  keys: string;
  label: string;
  group: "Calls" | "Map" | "Desk" | "Demo";
  /** Why it cannot be done now, in words for the dispatcher; null when it can. */
  blocked: (desk: Desk) => string | null;
  run: (desk: Desk) => void | Promise<void>;
}

const always = () => null;

export const sendRecommended: Command = {
  id: "dispatch.send_recommended",
  keys: "s",
  label: "Send recommended",
  group: "Calls",
  blocked({ state, call, unsent }) {
    if (!call) return "Pick a call first.";
    if (state.busy) return "The last command is still on its way.";
    if (call.state === "closed") return `${call.id} is closed.`;
    if (!call.recommendation) return "There is no recommendation yet. Ask for one.";
    if (call.recommendation.chosen.length === 0) return "No free unit can reach this call.";
    return unsent.length === 0 ? "The recommended units are already sent." : null;
  },
  run: ({ call, unsent }) => (call ? actions.send(call, unsent) : undefined),
};

export const askAgain: Command = {
  id: "dispatch.ask_again",
  keys: "r",
  label: "Ask again",
  group: "Calls",
  blocked({ state, call }) {
    if (!call) return "Pick a call first.";
    if (state.busy) return "The last command is still on its way.";
    return call.state === "closed" ? `${call.id} is closed.` : null;
  },
  run: ({ call }) => (call ? actions.askAgain(call) : undefined),
};

export const nextWaiting: Command = {
  id: "calls.next_waiting",
  keys: "n",
  label: "Most urgent waiting call",
  group: "Calls",
  blocked: ({ state }) => (waiting(state).length > 0 ? null : "No call is waiting."),
  run({ state }) {
    // Pressed again, it goes on to the next one.
    const calls = waiting(state);
    const here = calls.findIndex((call) => call.id === state.selectedCall);
    const next = calls[(here + 1) % calls.length];
    if (next) actions.selectCall(next.id);
  },
};

export const nextCall: Command = {
  id: "calls.next",
  keys: "j",
  label: "Next call in the list",
  group: "Calls",
  blocked: anyCall,
  run: (desk) => step(desk, 1),
};

export const previousCall: Command = {
  id: "calls.previous",
  keys: "k",
  label: "Previous call in the list",
  group: "Calls",
  blocked: anyCall,
  run: (desk) => step(desk, -1),
};

export const addCall: Command = {
  id: "calls.add",
  keys: "a",
  label: "Add a call",
  group: "Calls",
  blocked: ({ state }) => (state.picture ? null : "The board is not there yet."),
  run: () => actions.place(),
};

export const leave: Command = {
  id: "desk.leave",
  keys: "Escape",
  label: "Close the card, leave adding",
  group: "Calls",
  blocked: ({ state }) =>
    state.selectedCall === null && state.mode.kind === "looking" && state.selectedUnit === null
      ? "Nothing is open."
      : null,
  run({ state }) {
    if (state.mode.kind !== "looking") actions.look();
    else store.set({ selectedCall: null, selectedUnit: null });
  },
};

export const wholeCounty: Command = {
  id: "map.fit",
  keys: "f",
  label: "Show the whole county",
  group: "Map",
  blocked: mapThere,
  run: () => camera.current?.fit(),
};

export const goToCall: Command = {
  id: "map.go_to_call",
  keys: "g",
  label: "Go to the selected call",
  group: "Map",
  blocked: ({ call }) => (call ? mapThere() : "Pick a call first."),
  run({ call }) {
    if (call) actions.showCall(call);
  },
};

export const focusMap: Command = {
  id: "map.focus",
  keys: "m",
  label: "Move the map by keys (arrows, + and -)",
  group: "Map",
  blocked: mapThere,
  run: () => camera.current?.focus(),
};

export const changeTheme: Command = {
  id: "desk.theme",
  keys: "t",
  label: "Light or dark",
  group: "Desk",
  blocked: always,
  run: () => actions.toggleTheme(),
};

export const changeSound: Command = {
  id: "desk.sound",
  keys: "o",
  label: "Sound on or off",
  group: "Desk",
  blocked: always,
  run: () => actions.toggleSound(),
};

export const typeCommand: Command = {
  id: "desk.command_line",
  keys: "/",
  label: "Type a call, unit or command",
  group: "Desk",
  blocked: always,
  run: () => document.getElementById("command-line")?.focus(),
};

export const help: Command = {
  id: "desk.help",
  keys: "?",
  label: "Keys",
  group: "Desk",
  blocked: always,
  run: ({ state }) => store.set({ helpOpen: !state.helpOpen }),
};

export const pause: Command = {
  id: "demo.pause",
  keys: "p",
  label: "Pause or go on",
  group: "Demo",
  blocked: notDemo,
  run({ state }) {
    const clock = state.picture?.board.clock;
    return clock && actions.setDemo(clock.speed, !clock.paused);
  },
};

export const faster: Command = {
  id: "demo.faster",
  keys: ".",
  label: "Faster",
  group: "Demo",
  blocked: notDemo,
  run: (desk) => changeSpeed(desk, 1),
};

export const slower: Command = {
  id: "demo.slower",
  keys: ",",
  label: "Slower",
  group: "Demo",
  blocked: notDemo,
  run: (desk) => changeSpeed(desk, -1),
};

export const COMMANDS: readonly Command[] = [
  sendRecommended,
  askAgain,
  nextWaiting,
  nextCall,
  previousCall,
  addCall,
  leave,
  wholeCounty,
  goToCall,
  focusMap,
  changeTheme,
  changeSound,
  typeCommand,
  help,
  pause,
  faster,
  slower,
];

/** The command that a key press asks for; null for keys in fields, with modifiers, or held down. */
export function commandFor(press: KeyboardEvent): Command | null {
  if (press.ctrlKey || press.metaKey || press.altKey || press.repeat || press.defaultPrevented) return null;
  if (isField(press.target)) return null;
  return COMMANDS.find((command) => command.keys === press.key) ?? null;
}

function isField(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(target.tagName))
  );
}

function waiting(state: State): Call[] {
  return callsInOrder(state.picture?.calls).filter((call) => call.state === "waiting");
}

function anyCall({ state }: Desk): string | null {
  return (state.picture?.calls.size ?? 0) > 0 ? null : "There is no call.";
}

function step({ state }: Desk, by: 1 | -1): void {
  const calls = callsInOrder(state.picture?.calls);
  const here = calls.findIndex((call) => call.id === state.selectedCall);
  const next = here < 0 ? calls.at(by > 0 ? 0 : -1) : calls[Math.max(0, Math.min(calls.length - 1, here + by))];
  if (next) actions.selectCall(next.id);
}

function mapThere(): string | null {
  return camera.current ? null : "There is no map on this page.";
}

function notDemo({ state }: Desk): string | null {
  if (!state.picture?.board.demo) return "Real time has one speed.";
  return state.busy ? "The last command is still on its way." : null;
}

function changeSpeed({ state }: Desk, by: 1 | -1): Promise<void> | undefined {
  const clock = state.picture?.board.clock;
  if (!clock) return undefined;
  const wanted = by > 0 ? SPEEDS.find((one) => one > clock.speed) : SPEEDS.findLast((one) => one < clock.speed);
  return wanted === undefined ? undefined : actions.setDemo(wanted, clock.paused);
}
