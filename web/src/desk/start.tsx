/** Bring the desk to life: its feed, its sound, its page. */

import type { Root } from "react-dom/client";
import { api, Refusal } from "../api/client";
import { closed } from "../kit/lock";
import { soundIsOn } from "../kit/remembered";
import { announce } from "../kit/sound";
import { clock } from "../kit/ticker";
import { DeskPage } from "./DeskPage";
import { Feed } from "./feed";
import { keepLastBoard } from "./lastBoard";
import { store } from "./store";
import { followAsking } from "./asking";
import { followClaims } from "./claims";
import { followDrafts } from "./taking";
import "./desk.css";
import "./taking.css";

export function start(root: Root): void {
  const feed = new Feed(store, clock, {
    fetchBoard: api.board,
    fetchTail: () => api.log(100),
    open: (after, epoch) => guarded(new EventSource(`/api/feed?after=${after}&epoch=${encodeURIComponent(epoch)}`)),
    nowMs: () => performance.now(),
    jitter: () => Math.random(),
  });
  feed.start();
  window.addEventListener("online", () => feed.retryNow());

  keepLastBoard();
  followDrafts();
  followAsking();
  followClaims();

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

/** A feed that the site ended because nobody is signed in any more leads to the door. */
function guarded(source: EventSource): EventSource {
  source.addEventListener("closed", (message) => closed(message, toTheDoor));
  source.addEventListener("error", () => {
    // Not a cut line, which leaves it connecting: the site answered, and said no.
    if (source.readyState === EventSource.CLOSED) api.log(1).catch(ifNotSignedIn);
  });
  return source;
}

function ifNotSignedIn(error: unknown): void {
  if (error instanceof Refusal && error.code === "not_signed_in") toTheDoor();
}

function toTheDoor(): void {
  location.assign("/signin?next=/");
}
