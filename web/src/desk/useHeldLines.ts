import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { held, type Line } from "./order";

const LET_GO_MS = 8000;

/**
 * Keeps a list's order still while a pointer moves over it or keys are pressed in it.
 *
 * It lets go when the pointer and the focus leave, and by itself after eight quiet seconds.
 */
export function useHeldLines(wanted: readonly Line[]) {
  const [standing, setStanding] = useState<readonly Line[] | null>(null);
  const shown = useMemo(() => (standing ? held(standing, wanted) : { lines: wanted, waiting: [] }), [standing, wanted]);
  const lines = useRef<readonly Line[]>(shown.lines);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(() => {
    lines.current = shown.lines;
  }, [shown.lines]);
  useEffect(() => () => clearTimeout(timer.current), []);

  const release = useCallback(() => {
    clearTimeout(timer.current);
    setStanding(null);
  }, []);
  const hold = useCallback(() => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setStanding(null), LET_GO_MS);
    setStanding((now) => now ?? lines.current);
  }, []);

  return {
    ...shown,
    release,
    handlers: { onPointerMove: hold, onPointerLeave: release, onKeyDown: hold },
  };
}
