import { useEffect, useMemo, useSyncExternalStore } from "react";
import { isStale, linkWords, type Link } from "../kit/link";
import { useRealNow } from "../kit/useRealNow";
import { send } from "../api/client";
import { useAsk } from "../kit/ask";
import { PageMenu } from "../kit/PageMenu";
import { OwnFeed } from "../kit/ownFeed";
import { currentTheme, showTheme } from "../kit/remembered";
import { RefusedWords } from "../kit/States";
import { Age } from "../kit/Ticking";
import { clock } from "../kit/ticker";
import { levelWords, STATUSES } from "../kit/words";
import { wallTime } from "../kit/format";
import { ahead, isHeard, isUnread } from "./ahead";
import { useAlert } from "./alert";
import { Bar } from "./Bar";
import { CallCard } from "./CallCard";
import { forgetUnit, keepLists, keepView, lastView, measureClock, signPhoneOff, taps } from "./device";
import { MaydayBand, MaydayButton } from "./Mayday";
import { ParBand } from "./Par";
import { keptWords } from "./taps";
import type { Checklist, CrewView } from "./types";

/** The page of one unit's crew. */
export function UnitPage({ unit, onLeave }: { unit: string; onLeave: () => void }) {
  const { link, view: heard } = useCrew(unit);
  const kept = useSyncExternalStore(taps.subscribe, taps.get);
  const first = useAsk<CrewView>(`/api/units/${unit}/crew`); // Its refusal has words; a feed's has none.
  const stale = isStale(link, useRealNow()) || link.kind === "down";
  const view = useMemo(() => (heard ? ahead(heard, kept) : null), [heard, kept]);
  useEffect(() => {
    if (heard) taps.heard(Date.parse(heard.at), (tap) => isHeard(heard, tap));
  }, [heard, kept.told]); // Whichever comes first: what the page is shown, or the answer to the tap.
  useAlert(view !== null && isUnread(view), view?.call?.priority ?? 2);
  const leave = () => {
    signPhoneOff(unit);
    onLeave();
  };
  const gone = first.refusal !== null && ["not_found", "no_unit", "no_role"].includes(first.refusal.code);
  if (!view || gone) {
    return (
      <main className="crew-door">
        <h1>{unit.split("/").at(-1)}</h1>
        {first.refusal ? <RefusedWords refusal={first.refusal} again={first.again} /> : <p role="status">Fetching the unit.</p>}
        <button
          type="button"
          className="tap"
          onClick={() => {
            forgetUnit();
            onLeave();
          }}
        >
          Another unit
        </button>
      </main>
    );
  }
  return (
    <div className="crew" data-stale={stale} data-status={view.unit.status}>
      <Head view={view} link={link} unsent={kept.taps.some((one) => one.refused === null && one.path.endsWith("/mayday"))} />
      <main id="page">
        <MaydayBand view={view} unsent={kept.taps.some((one) => one.refused === null && one.path.endsWith("/mayday"))} />
        <ParBand view={view} />
        {view.call ? <CallCard view={view} call={view.call} /> : <NoCall view={view} />}
        <footer className="crew-foot">
          <PageMenu here="crew" />
          <button type="button" className="tap" onClick={() => showTheme(currentTheme() === "dark" ? "light" : "dark")}>
            Theme
          </button>
          <button type="button" className="tap" onClick={leave}>
            Sign this phone off
          </button>
        </footer>
      </main>
      <div className="crew-under">
        <KeptTaps zone={view.time_zone} />
        <Bar view={view} />
      </div>
    </div>
  );
}

function Head({ view, link, unsent }: { view: CrewView; link: Link; unsent: boolean }) {
  const now = useRealNow();
  const { tone, text } = linkWords(link, now, navigator.onLine);
  return (
    <header className="crew-head">
      <div>
        <h1>
          {view.unit.call_sign} <span className="crew-status">{STATUSES[view.unit.status].label}</span>
        </h1>
        <p>
          <Age since={view.unit.since} />{" "}
          <span className="link" data-tone={tone} data-testid="link" role="status">
            {text}
          </span>
          {view.demo && <span className="demo"> DEMO - not real patients</span>}
        </p>
      </div>
      <MaydayButton unit={view.unit.id} active={view.mayday !== null || unsent} />
    </header>
  );
}

function NoCall({ view }: { view: CrewView }) {
  return (
    <section className="crew-card">
      <h2>No call</h2>
      <p>
        {view.before
          ? `The times of ${view.before.call_id} may still be completed below.`
          : "The next call shows here and sounds, while this page is open."}
      </p>
      <p>
        <strong>Counts for:</strong> {view.crew.levels.map(levelWords).join(", ") || "no care"}
        {view.crew.can_transport ? ", may carry a patient" : ""}
      </p>
      {!view.crew.can_transport && view.crew.why_no_transport && <p className="lack">No transport: {view.crew.why_no_transport}</p>}
      {view.crew.warnings.map((words) => (
        <p key={words} className="muted">
          {words}
        </p>
      ))}
    </section>
  );
}

/** What the site does not have yet, and what it would not take. */
function KeptTaps({ zone }: { zone: string }) {
  const { taps: all, held } = useSyncExternalStore(taps.subscribe, taps.get);
  const words = keptWords(all);
  const refused = all.filter((one) => one.refused !== null);
  return (
    <div className="kept">
      <p role="status" data-testid="kept" className={words ? "kept-words" : "unseen"}>
        {words}
        {words && held ? `. ${held} ` : ""}
        {words && held && <a href="/signin?next=/crew">Sign in</a>}
      </p>
      {refused.map((one) => (
        <div key={one.id} className="refused" role="alert">
          <p>
            <strong>
              {one.label}, {wallTime(one.atMs, zone)}:
            </strong>{" "}
            {one.refused}
          </p>
          <button type="button" className="tap" onClick={() => taps.dismiss(one.id)}>
            Seen
          </button>
        </div>
      ))}
    </div>
  );
}

function feedOf(unit: string): OwnFeed<CrewView> {
  const open = () => {
    const source = new EventSource(`/api/units/${unit}/crew/feed`);
    source.addEventListener("closed", () => void taps.flush()); // What waits says that somebody must sign in.
    return source;
  };
  return new OwnFeed<CrewView>("crew", clock, { open, nowMs: () => performance.now(), jitter: () => Math.random() }, lastView(unit));
}

/** Follow the unit, keep what was last shown, and use each return of the line: the clock anew, what waits, the lists. */
function useCrew(unit: string) {
  const feed = useMemo(() => feedOf(unit), [unit]);
  useEffect(() => {
    const online = () => {
      feed.retryNow();
      void taps.flush();
    };
    const other = () => taps.look();
    feed.start();
    window.addEventListener("online", online);
    window.addEventListener("storage", other);
    return () => {
      window.removeEventListener("online", online);
      window.removeEventListener("storage", other);
      feed.stop();
    };
  }, [feed]);
  const shown = useSyncExternalStore(feed.subscribe, feed.get);
  const { view, link } = shown;
  useEffect(() => {
    if (view) keepView(view);
  }, [view]);
  const live = link.kind === "live";
  useEffect(() => {
    if (!live) return;
    void taps.flush();
    measureClock().catch(() => undefined); // Without an answer what was measured before stands.
    send<{ checklists: Checklist[] }>("GET", `/api/units/${unit}/crew/checklists`).then(
      (said) => keepLists(said.checklists),
      () => undefined,
    );
  }, [live, unit]);
  return shown;
}
