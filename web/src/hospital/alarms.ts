/** The two sounds of the page: a pre-alert that nobody has acknowledged, and an offload over its limit. */

import { useEffect, useRef, useState } from "react";
import { remember, soundIsOn } from "../kit/remembered";
import { announce } from "../kit/sound";
import { simNow } from "../kit/ticker";
import type { HospitalView } from "./types";
import { isOver, waiting } from "./words";

const AGAIN_MS = 20_000; // A pre-alert sounds until somebody acknowledges it: it has an owner and an action.

export interface Alarm {
  on: boolean;
  toggle: () => void;
}

export function useAlarms(view: HospitalView | null): Alarm {
  const [on, setOn] = useState(soundIsOn());
  const known = useRef<Set<string> | null>(null);
  const over = useRef(new Set<string>());
  const open = waiting(view).map(({ alert }) => alert.id);
  const key = open.join(" ");
  const here = view !== null;
  useEffect(() => {
    if (!here) return undefined;
    const ids = key ? key.split(" ") : [];
    const fresh = known.current === null ? ids : ids.filter((id) => !known.current?.has(id));
    known.current = new Set([...(known.current ?? []), ...ids]);
    if (!on || ids.length === 0) return undefined;
    if (fresh.length > 0) announce(1);
    const timer = setInterval(() => announce(1), AGAIN_MS);
    return () => clearInterval(timer);
  }, [key, on, here]);
  useEffect(() => {
    if (!view) return undefined;
    const limit_s = view.limits.offload?.seconds ?? null;
    const look = () => {
      const late = view.inbound.filter((row) => isOver(row, limit_s, simNow())).map((row) => `${row.call_id} ${row.unit}`);
      const fresh = late.some((one) => !over.current.has(one));
      over.current = new Set(late);
      if (fresh && on) announce(2);
    };
    look();
    const timer = setInterval(look, 1000);
    return () => clearInterval(timer);
  }, [view, on]);
  const toggle = () => {
    remember("sound", on ? "off" : "on");
    if (!on) announce(2);
    setOn(!on);
  };
  return { on, toggle };
}
