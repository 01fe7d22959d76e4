import { useCallback, useEffect, useState } from "react";
import { wallDate, wallTime } from "../kit/format";
import { PageMenu } from "../kit/PageMenu";
import { Ticking } from "../kit/Ticking";
import { actions, SPEEDS } from "./actions";
import { CommandLine } from "./CommandLine";
import { CommandButton } from "./CommandButton";
import { changeTheme, help, nextWaiting, pause, sendNow, sendRecommended } from "./commands";
import { linkWords } from "../kit/link";
import { useDesk } from "./store";
import { useRealNow } from "../kit/useRealNow";

/** The bottom line: is this true now, what time is it there, what was just done, and the keys. */
export function Foot() {
  const message = useDesk((state) => state.message);
  const send = useDesk((state) => (state.mode.kind === "looking" ? sendRecommended : sendNow));
  return (
    <footer className="foot">
      <PageMenu here="desk" />
      <LinkTruth />
      <Clock />
      <Speed />
      <CommandLine />
      <output className="message" data-tone={message?.tone}>
        {message?.text}
      </output>
      <CommandButton command={nextWaiting} look="plain" label="Next" />
      <CommandButton command={send} look="plain" label="Send" />
      <CommandButton command={changeTheme} look="plain" label="Theme" />
      <CommandButton command={help} look="plain" />
    </footer>
  );
}

function LinkTruth() {
  const link = useDesk((state) => state.link);
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

function Clock() {
  const zone = useDesk((state) => state.picture?.board.region.time_zone) ?? "UTC";
  const say = useCallback((simMs: number) => `${wallDate(simMs, zone)} ${wallTime(simMs, zone)}`, [zone]);
  return <Ticking className="clock" text={say} />;
}

function Speed() {
  const demo = useDesk((state) => state.picture?.board.demo ?? false);
  const clock = useDesk((state) => state.picture?.board.clock);
  if (!demo || !clock) return null;
  const speeds = [...new Set<number>([...SPEEDS, clock.speed])].sort((a, b) => a - b);
  return (
    <span className="speed">
      <select
        aria-label="Speed of the demo"
        value={clock.speed}
        onChange={(event) => void actions.setDemo(Number(event.target.value), clock.paused)}
      >
        {speeds.map((speed) => (
          <option key={speed} value={speed}>
            {speed} ×
          </option>
        ))}
      </select>
      <CommandButton command={pause} label={clock.paused ? "Go on" : "Pause"} />
    </span>
  );
}
