import { useEffect, useRef } from "react";
import type { Alarm } from "../api/aid";
import { tick } from "../kit/ticker";
import { alarmWords, sounds } from "./alarms";

/** An alarm by mark and words, once its first step has come; muted while somebody has it. `name` says of whom, where nothing beside it does. */
export function AlarmMark({ alarm, name = "" }: { alarm: Alarm; name?: string }) {
  const node = useRef<HTMLElement>(null);
  useEffect(() => {
    const element = node.current;
    if (!element) return undefined;
    return tick(element, (simMs) => {
      const words = alarmWords(alarm, simMs, name);
      const loud = sounds(alarm, simMs);
      element.dataset.sounds = String(loud);
      element.hidden = words === "";
      return loud ? `! ${words}` : words;
    });
  }, [alarm, name]);
  return <strong ref={node} className="alarm-mark" title={alarm.source} />;
}
