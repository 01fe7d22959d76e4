import { useEffect, useState } from "react";
import type { Call } from "../api/types";
import { wallTime } from "../kit/format";
import { simNow } from "../kit/ticker";
import { holding } from "./claims";
import { claim, takeOver } from "./incidentCommands";
import { CommandButton } from "./CommandButton";
import { useMe } from "./useMe";
import { useDesk } from "./store";

const LOOK_MS = 5000; // A claim ends by itself; nobody tells.

/** The claim that holds now. */
export function useHolding(call: Call) {
  const [, look] = useState(0);
  useEffect(() => {
    if (!call.claim) return undefined;
    const timer = setInterval(() => look((turn) => turn + 1), LOOK_MS);
    return () => clearInterval(timer);
  }, [call.claim]);
  return holding(call, simNow());
}

/** Who works on a call, at its head. It informs; whatever is pressed below is done all the same. */
export function ClaimLine({ call }: { call: Call }) {
  const held = useHolding(call);
  const me = useMe();
  const zone = useDesk((state) => state.picture?.board.region.time_zone) ?? "UTC";
  if (call.state === "closed") return null;
  if (!held) {
    return (
      <p className="claim muted">
        Nobody works on it. <CommandButton command={claim} look="plain" label="Claim" />
      </p>
    );
  }
  const mine = held.by === me;
  return (
    <p className="claim" data-mine={mine}>
      <span>
        {mine ? "You work on it" : held.doing === "typing" ? `${held.by} is typing here` : `${held.by} works on it`}, since {wallTime(held.since, zone)}.
      </span>
      {mine ? <CommandButton command={claim} look="plain" label="Let go" /> : <CommandButton command={takeOver} look="plain" label="Take over" />}
    </p>
  );
}

/** The same in a list: who, in two words. */
export function ClaimMark({ call }: { call: Call }) {
  const held = useHolding(call);
  const me = useMe();
  if (!held) return null;
  if (held.by === me) return <span className="claim-mark">With you</span>;
  return <span className="claim-mark">{held.doing === "typing" ? `Being typed by ${held.by}` : `With ${held.by}`}</span>;
}
