import { useEffect, useRef } from "react";
import type { Alarm } from "../api/aid";
import { tick } from "../kit/ticker";
import { alarmWords, sounds } from "./alarms";

/** An alarm by mark and words, once its first step has come; muted while somebody has it. */
export function AlarmMark({ alarm }: { alarm: Alarm }) {
  const node = useRef<HTMLElement>(null);
  useEffect(() => {
    const element = node.current;
    if (!element) return undefined;
    return tick(element, (simMs) => {
      const words = alarmWords(alarm, simMs);
      const loud = sounds(alarm, simMs);
      element.dataset.sounds = String(loud);
      element.hidden = words === "";
      return loud ? `! ${words}` : words;
    });
  }, [alarm]);
  return <strong ref={node} className="alarm-mark" title={alarm.source} />;
}
