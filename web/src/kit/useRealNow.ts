import { useSyncExternalStore } from "react";

const HALF_S = 500;

/** Real ms of this page, renewed twice a second: for the age of the connection, never for what is shown of the county. */
export function useRealNow(): number {
  return useSyncExternalStore(subscribe, read);
}

const read = () => Math.floor(performance.now() / HALF_S) * HALF_S;

function subscribe(listener: () => void): () => void {
  const timer = setInterval(listener, HALF_S);
  return () => clearInterval(timer);
}
