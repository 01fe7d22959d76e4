/** Ages and countdowns: one timer writes them all, past React, and only those whose text changed. */

import { SimClock } from "./clock";

/** The county's time on this page. */
export const clock = new SimClock();

export const simNow = (): number => clock.read(performance.now());

const BEAT_MS = 250;
const nodes = new Map<HTMLElement, (simMs: number) => string>();
let timer: ReturnType<typeof setInterval> | null = null;

/** Keep an element's text up to date with the county's time, until the returned function is called. */
export function tick(node: HTMLElement, text: (simMs: number) => string): () => void {
  nodes.set(node, text);
  write(node, text);
  timer ??= setInterval(() => nodes.forEach((words, one) => write(one, words)), BEAT_MS);
  return () => {
    nodes.delete(node);
    if (nodes.size === 0 && timer) {
      clearInterval(timer);
      timer = null;
    }
  };
}

function write(node: HTMLElement, text: (simMs: number) => string): void {
  const words = clock.known ? text(simNow()) : "";
  if (node.textContent !== words) node.textContent = words;
}
