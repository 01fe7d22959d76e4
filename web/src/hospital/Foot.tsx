import { useCallback, useEffect, useState } from "react";
import { linkWords, type Link } from "../kit/link";
import { useRealNow } from "../kit/useRealNow";
import { wallDate, wallTime } from "../kit/format";
import { PageMenu } from "../kit/PageMenu";
import { currentTheme, showTheme } from "../kit/remembered";
import { useSession } from "../kit/session";
import { Ticking } from "../kit/Ticking";
import { go, useWhere, withQuery } from "../kit/where";
import type { Alarm } from "./alarms";
import type { Gestures } from "./gestures";
import type { HospitalView } from "./types";
import { waiting } from "./words";

interface FootProps {
  link: Link;
  view: HospitalView;
  gestures: Gestures;
  wall: boolean;
  alarm: Alarm;
  onHelp: () => void;
}

/** The bottom line: is this true now, what time is it, what was just done. */
export function Foot({ link, view, gestures, wall, alarm, onHelp }: FootProps) {
  const where = useWhere();
  const session = useSession();
  const clock = useCallback(
    (simMs: number) => `${wallDate(simMs, view.time_zone)} ${wallTime(simMs, view.time_zone)}`,
    [view.time_zone],
  );
  return (
    <footer className="foot">
      {!wall && <PageMenu here="hospital" />}
      <LinkTruth link={link} />
      <Ticking className="clock" text={clock} />
      {session?.demo && <span className="demo">DEMO - not real patients</span>}
      <output className="message" data-tone={gestures.said?.tone}>
        {gestures.said?.text}
      </output>
      <button type="button" className="button" data-silent={!alarm.on} aria-pressed={alarm.on} onClick={alarm.toggle}>
        {alarm.on ? "Sound on" : "Sound off"} <kbd aria-hidden="true">m</kbd>
      </button>
      <button type="button" className="button plain" onClick={() => go(withQuery(where, { wall: wall ? "" : "1" }))}>
        {wall ? "Desk" : "Wall"} <kbd aria-hidden="true">w</kbd>
      </button>
      <button type="button" className="button plain" onClick={changeTheme}>
        Theme <kbd aria-hidden="true">t</kbd>
      </button>
      <button type="button" className="button plain" onClick={onHelp}>
        Keys <kbd aria-hidden="true">?</kbd>
      </button>
    </footer>
  );
}

function LinkTruth({ link }: { link: Link }) {
  const now = useRealNow();
  const [online, setOnline] = useState(navigator.onLine);
  useEffect(() => {
    const look = () => setOnline(navigator.onLine);
    window.addEventListener("online", look);
    window.addEventListener("offline", look);
    return () => {
      window.removeEventListener("online", look);
      window.removeEventListener("offline", look);
    };
  }, []);
  const { tone, text } = linkWords(link, now, online);
  return (
    <span className="link" data-tone={tone} data-testid="link">
      <i aria-hidden="true" />
      {text}
    </span>
  );
}

const changeTheme = () => showTheme(currentTheme() === "dark" ? "light" : "dark");

const IN_FIELDS = "input, select, textarea, [contenteditable]";

interface Keyed {
  view: HospitalView | null;
  gestures: Gestures;
  onHelp: () => void;
  onWall: () => void;
  onSound: () => void;
}

/** Single keys outside fields and sheets. */
export function useHospitalKeys({ view, gestures, onHelp, onWall, onSound }: Keyed): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
      const target = event.target;
      if (target instanceof Element && (target.matches(IN_FIELDS) || target.closest("dialog"))) return;
      const [first] = waiting(view);
      if (event.key === "a" && first) gestures.acknowledge(first.row, first.alert);
      else if (event.key === "j" || event.key === "k") walk(event.key === "j" ? 1 : -1);
      else if (event.key === "m") onSound();
      else if (event.key === "w") onWall();
      else if (event.key === "t") changeTheme();
      else if (event.key === "?") onHelp();
      else return;
      event.preventDefault();
    };
    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  }, [view, gestures, onHelp, onWall, onSound]);
}

/** Move the focus to the next patient's first button. */
function walk(step: number): void {
  const rows = [...document.querySelectorAll<HTMLElement>(".patient")];
  const here = rows.findIndex((row) => row.contains(document.activeElement));
  const next = rows[Math.min(rows.length - 1, Math.max(0, here < 0 ? 0 : here + step))];
  next?.querySelector<HTMLElement>(".gestures button, .band button")?.focus();
}
