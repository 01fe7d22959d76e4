/** Everything a dispatcher can do here. The buttons, the keys, the foot and the help sheet all read this. */

import type { Call } from "../api/types";
import { actions, SPEEDS } from "./actions";
import { camera } from "../map/camera";
import { asking, canBeSent, inFront, stepOf } from "./asking";
import type { Desk } from "./deskOf";
import { printBoard } from "./lastBoard";
import { AID_COMMANDS } from "./aidCommands";
import { CO_COMMANDS } from "./coCommands";
import { INCIDENT_COMMANDS } from "./incidentCommands";
import { callsInOrder } from "./order";
import { placeOf, taking } from "./taking";
import { store, type State } from "./store";
import type { Typed } from "./typed";

export interface Command {
  id: string;
  /** The one key, as KeyboardEvent.key gives it; null where it is typed or pressed as a button only. */
  keys: string | null;
  /** How it is typed on the command line; see typed.ts. */
  typed?: Typed;
  label: string;
  group: "Calls" | "Incident" | "Taking a call" | "Questions" | "Map" | "Desk" | "Demo";
  /** Where its key means this; everywhere when it is left out. The keys of one place differ. */
  place?: "looking" | "taking";
  /** It also acts while the keys answer questions. */
  inHand?: true;
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
  place: "looking",
  inHand: true,
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

export const takeCall: Command = {
  id: "calls.take",
  keys: "a",
  label: "Take a call",
  group: "Calls",
  place: "looking",
  blocked: ({ state }) => (state.picture ? null : "The board is not there yet."),
  run: () => taking.begin(),
};

/** What is typed becomes a call that dispatch has; who should go stands on its card. */
export const sendNow: Command = {
  id: "calls.send_now",
  keys: "s",
  label: "Send now, to dispatch",
  group: "Taking a call",
  place: "taking",
  inHand: true,
  blocked({ state }) {
    if (state.busy) return "The last command is still on its way.";
    if (!placeOf(state.taking)) return "Where is it? Pick the place first.";
    return canBeSent(state) ? null : "Answer the two questions first, or say what it is about.";
  },
  run: () => taking.dispatch(),
};

export const toPlace: Command = {
  id: "calls.to_place",
  keys: "l",
  label: "Location: back to the field",
  group: "Taking a call",
  place: "taking",
  inHand: true,
  blocked: always,
  run: () => focusOn("take-place"),
};

export const toDetails: Command = {
  id: "calls.to_details",
  keys: "e",
  label: "Enter phone, name, what the caller says",
  group: "Taking a call",
  place: "taking",
  inHand: true,
  blocked: always,
  run: () => focusOn("take-callback"),
};

export const sameCall: Command = {
  id: "calls.same_as",
  keys: "=",
  label: "It is the call that is nearest",
  group: "Taking a call",
  place: "taking",
  inHand: true,
  blocked: ({ state }) => (state.nearby[0] ? (state.busy ? "The last command is still on its way." : null) : "No open call is near."),
  run: ({ state }) => (state.nearby[0] ? taking.sameAs(state.nearby[0]) : undefined),
};

/** Closes what is open, the innermost first. */
export const leave: Command = {
  id: "desk.leave",
  keys: "Escape",
  label: "Keys back to the desk; close the card; put the call aside, saved",
  group: "Calls",
  inHand: true,
  blocked: ({ state }) =>
    state.selectedCall === null && state.mode.kind === "looking" && state.selectedUnit === null
      ? "Nothing is open."
      : null,
  run({ state }) {
    if (state.gesture !== null) store.set({ gesture: null });
    else if (state.disposing !== null) store.set({ disposing: null });
    else if (state.mode.kind !== "looking") taking.aside();
    else if (state.inHand) store.set({ inHand: false });
    else store.set({ selectedCall: null, selectedUnit: null });
  },
};

export const takeInHand: Command = {
  id: "triage.in_hand",
  keys: "q",
  label: "Questions: the keys answer them",
  group: "Questions",
  inHand: true,
  blocked({ state, call }) {
    if (state.mode.kind !== "looking") return placeOf(state.taking) ? null : "Pick the place first.";
    if (!call) return "Pick a call first.";
    return call.state === "closed" ? `${call.id} is closed.` : null;
  },
  run() {
    store.set({ inHand: true });
    focusOn("triage");
  },
};

/** The answer of a place in the list; `keys` is its digit, the button may show a letter beside. */
export const ANSWERS: readonly Command[] = Array.from({ length: 9 }, (_, i) => ({
  id: `triage.answer_${i + 1}`,
  keys: String(i + 1),
  label: i === 0 ? "to 9, or the letter on the button: answer" : `Answer ${i + 1}`,
  group: "Questions" as const,
  inHand: true as const,
  blocked: ({ state }: Desk) => answerBlocked(state),
  run: () => asking.press(String(i + 1)),
}));

/** The letters of the two questions that every call begins with; on other cards as their buttons show. */
export const LETTERS = ["y", "n", "u", "g", "h"] as const;

export const stepForward: Command = {
  id: "triage.forward",
  keys: " ",
  label: "Told: the next step",
  group: "Questions",
  inHand: true,
  blocked({ state }) {
    const step = stepOf(state.asking.triage);
    if (!state.inHand) return "Press q first: then the keys answer.";
    if (!step) return "No instruction is told now.";
    if (state.asking.busy) return "The last answer is still on its way.";
    return step.answers.length > 0 ? "This step asks something: press its answer." : null;
  },
  run: () => asking.forward(),
};

export const stopScript: Command = {
  id: "triage.stop",
  keys: "x",
  label: "Stop the script",
  group: "Questions",
  inHand: true,
  blocked({ state }) {
    if (state.asking.busy) return "The last answer is still on its way.";
    return stepOf(state.asking.triage) ? null : "No instruction is told now.";
  },
  run: () => asking.stop(),
};

export const firstCompression: Command = {
  id: "triage.first_compression",
  keys: "c",
  label: "They push now: stamp the first compression",
  group: "Questions",
  inHand: true,
  blocked({ state }) {
    const { triage } = state.asking;
    if (!triage?.script?.steps.some((one) => one.stamps === "first_compression")) return "No compressions are told.";
    return triage.first_compression_at === null ? null : "The first compression is stamped.";
  },
  run: () => asking.compression(),
};

export const metronome: Command = {
  id: "triage.metronome",
  keys: "b",
  label: "Metronome on or off",
  group: "Questions",
  inHand: true,
  blocked: ({ state }) => (stepOf(state.asking.triage)?.metronome ? null : "This step has no beat."),
  run: ({ state }) => store.set({ beat: !state.beat }),
};

/** Advice, referral, a check later: what is done beside sending units. */
export const otherwise: Command = {
  id: "calls.otherwise",
  keys: "d",
  label: "Do something else: advice, referral, follow-up",
  group: "Calls",
  inHand: true,
  blocked({ state, call }) {
    if (state.mode.kind !== "looking") return state.taking?.call ? null : "Begin with the place.";
    return call ? null : "Pick a call first.";
  },
  run: ({ state, call }) => store.set({ disposing: state.mode.kind === "looking" ? (call?.id ?? null) : (state.taking?.call ?? null) }),
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
  inHand: true,
  blocked: always,
  run: () => actions.toggleTheme(),
};

export const changeSound: Command = {
  id: "desk.sound",
  keys: "o",
  label: "Sound on or off",
  group: "Desk",
  inHand: true,
  blocked: always,
  run: () => actions.toggleSound(),
};

export const typeCommand: Command = {
  id: "desk.command_line",
  keys: "/",
  label: "Type a call, unit or command",
  group: "Desk",
  inHand: true,
  blocked: always,
  run: () => document.getElementById("command-line")?.focus(),
};

export const help: Command = {
  id: "desk.help",
  keys: "?",
  label: "Keys",
  group: "Desk",
  inHand: true,
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
  takeCall,
  sendNow,
  toPlace,
  toDetails,
  sameCall,
  otherwise,
  ...INCIDENT_COMMANDS,
  ...CO_COMMANDS,
  ...AID_COMMANDS,
  leave,
  takeInHand,
  ...ANSWERS,
  stepForward,
  stopScript,
  firstCompression,
  metronome,
  wholeCounty,
  goToCall,
  focusMap,
  changeTheme,
  changeSound,
  typeCommand,
  printBoard,
  help,
  pause,
  faster,
  slower,
];

/** What a key press asks for: a command, or an answer to what is asked. */
export type Press = { command: Command } | { answer: string };

/** Null for keys in fields, with modifiers, or held down. */
export function pressOf(press: KeyboardEvent, state: State): Press | null {
  if (press.ctrlKey || press.metaKey || press.altKey || press.repeat || press.defaultPrevented) return null;
  if (isField(press.target)) return null;
  const { key } = press;
  if (key === " " && (!state.inHand || isButton(press.target))) return null; // It presses the button that has the focus.
  if (state.inHand && (LETTERS as readonly string[]).includes(key)) return { answer: key };
  const here = state.mode.kind === "looking" ? "looking" : "taking";
  const command = COMMANDS.find((one) => one.keys === key && (one.place ?? here) === here);
  return command ? { command } : null;
}

/** Why a command must wait while the keys answer questions; null when it need not. */
export function heldBack(command: Command, state: State): string | null {
  return state.inHand && !command.inHand ? "The keys answer the questions. Esc gives them back to the desk." : null;
}

function isField(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(target.tagName))
  );
}

function isButton(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && ["BUTTON", "SUMMARY", "A"].includes(target.tagName);
}

function answerBlocked(state: State): string | null {
  if (!state.inHand) return "Press q first: then the keys answer.";
  return state.asking.triage === null || inFront(state.asking.triage) ? null : "Nothing is asked now.";
}

function focusOn(id: string): void {
  document.getElementById(id)?.focus();
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
