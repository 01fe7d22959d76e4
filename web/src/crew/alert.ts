/** The sound of a call that nobody of the crew has acknowledged: it has an owner and an action, and then it ends. */

import { useEffect } from "react";
import { soundIsOn } from "../kit/remembered";
import { announce } from "../kit/sound";

const AGAIN_MS = 6000;

export function useAlert(waits: boolean, priority: number): void {
  useEffect(() => {
    if (!waits) return undefined;
    const sound = () => {
      if (soundIsOn()) announce(priority);
      if ("vibrate" in navigator) navigator.vibrate([400, 200, 400]);
    };
    sound();
    const timer = setInterval(sound, AGAIN_MS);
    return () => clearInterval(timer);
  }, [waits, priority]);
}
