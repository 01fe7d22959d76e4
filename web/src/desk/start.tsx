/** Bring the desk to life: its feed, its sound, its page. */

import type { Root } from "react-dom/client";
import { api } from "../api/client";
import { soundIsOn } from "../kit/remembered";
import { announce } from "../kit/sound";
import { clock } from "../kit/ticker";
import { DeskPage } from "./DeskPage";
import { Feed } from "./feed";
import { store } from "./store";
import "./desk.css";

export function start(root: Root): void {
  const feed = new Feed(store, clock, {
    fetchBoard: api.board,
    fetchTail: () => api.log(100),
    open: (after, epoch) => new EventSource(`/api/feed?after=${after}&epoch=${encodeURIComponent(epoch)}`),
    nowMs: () => performance.now(),
    jitter: () => Math.random(),
  });
  feed.start();
  window.addEventListener("online", () => feed.retryNow());

  let announced = store.get().unseen;
  store.subscribe(() => {
    const { unseen, picture } = store.get();
    if (unseen === announced) return;
    const fresh = unseen.filter((id) => !announced.includes(id));
    announced = unseen;
    if (fresh.length === 0 || !soundIsOn()) return;
    announce(Math.min(...fresh.map((id) => picture?.calls.get(id)?.priority ?? 4)));
  });

  root.render(<DeskPage onRetry={() => feed.retryNow()} />);
}
