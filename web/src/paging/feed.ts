/** The pages to oneself, as they are now. */

import { useEffect, useMemo, useSyncExternalStore } from "react";
import { OwnFeed, type Shown } from "../kit/ownFeed";
import { clock } from "../kit/ticker";
import type { OwnPages } from "./types";

function feedOf(): OwnFeed<OwnPages> {
  return new OwnFeed<OwnPages>("pages", clock, {
    open: () => new EventSource("/api/paging/mine/feed"),
    nowMs: () => performance.now(),
    jitter: () => Math.random(),
  });
}

/** Follow the pages to oneself as long as the page is open. */
export function useOwnPages(): Shown<OwnPages> {
  const feed = useMemo(() => feedOf(), []);
  useEffect(() => {
    const online = () => feed.retryNow();
    feed.start();
    window.addEventListener("online", online);
    return () => {
      window.removeEventListener("online", online);
      feed.stop();
    };
  }, [feed]);
  return useSyncExternalStore(feed.subscribe, feed.get);
}
