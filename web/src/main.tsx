import { createRoot } from "react-dom/client";
import { api } from "./api/client";
import { DeskPage } from "./desk/DeskPage";
import { Feed } from "./desk/feed";
import { store } from "./desk/store";
import { remembered, showTheme, soundIsOn } from "./kit/remembered";
import { announce } from "./kit/sound";
import { clock } from "./kit/ticker";
import "./kit/tokens.css";
import "./desk/desk.css";

if (remembered("theme") === "light") showTheme("light");

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

const root = document.getElementById("root");
if (root) createRoot(root).render(<DeskPage onRetry={() => feed.retryNow()} />);
