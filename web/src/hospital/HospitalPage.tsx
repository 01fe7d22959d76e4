import { useEffect, useMemo, useState, useSyncExternalStore } from "react";
import { isStale } from "../kit/link";
import { useRealNow } from "../kit/useRealNow";
import { useAsk } from "../kit/ask";
import { closed } from "../kit/lock";
import { PageMenu } from "../kit/PageMenu";
import { clock } from "../kit/ticker";
import { RefusedWords } from "../kit/States";
import { go, Link, useWhere, withQuery } from "../kit/where";
import { useGestures } from "./gestures";
import { HospitalFeed } from "./feed";
import { Foot, useHospitalKeys } from "./Foot";
import { KeysSheet } from "./KeysSheet";
import { Patients } from "./Patients";
import { SidePanel, StandingStrip } from "./SidePanel";
import { useAlarms } from "./alarms";
import type * as server from "../api/generated";

type Doors = server.HospitalsOut;

/** The page of one hospital; somebody of several picks theirs. */
export function HospitalPage() {
  const where = useWhere();
  const doors = useAsk<Doors>("/api/hospitals");
  const named = where.query.get("hospital") ?? "";
  const mine = doors.data?.hospitals ?? [];
  const chosen = named || (mine.length === 1 ? (mine[0]?.id ?? "") : "");
  useEffect(() => {
    document.title = "Hospital - goldenhour";
  }, []);
  if (doors.refusal) {
    return (
      <Whole head="Hospital">
        <RefusedWords refusal={doors.refusal} again={doors.again} />
        <PageMenu here="hospital" />
      </Whole>
    );
  }
  if (!doors.data) return <Whole head="Hospital" text="Fetching the hospital." />;
  if (chosen) return <Door key={chosen} hospital={chosen} several={mine} />;
  return (
    <Whole head={mine.length > 0 ? "Which hospital is this?" : "No hospital"}>
      {mine.length === 0 && <p className="muted">There is no hospital here that your account belongs to.</p>}
      <ul className="doors">
        {mine.map((one) => (
          <li key={one.id}>
            <Link className="button" href={withQuery(where, { hospital: one.id })}>
              {one.name}
            </Link>
          </li>
        ))}
      </ul>
      <PageMenu here="hospital" />
    </Whole>
  );
}

function Whole({ head, text, children }: { head: string; text?: string; children?: React.ReactNode }) {
  return (
    <main className="whole-page">
      <h1>{head}</h1>
      {text && (
        <p className="muted" role="status">
          {text}
        </p>
      )}
      {children}
    </main>
  );
}

/** A feed that asks this page's own site and clocks. */
function feedOf(hospital: string): HospitalFeed {
  return new HospitalFeed(clock, {
    open: () => guarded(new EventSource(`/api/hospitals/${encodeURIComponent(hospital)}/feed`)),
    nowMs: () => performance.now(),
    jitter: () => Math.random(),
  });
}

function useHospital(hospital: string) {
  const feed = useMemo(() => feedOf(hospital), [hospital]);
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

/** A feed that the site ended because nobody is signed in any more leads to the door. */
function guarded(source: EventSource): EventSource {
  source.addEventListener("closed", (message) =>
    closed(message, () => location.assign(`/signin?next=${encodeURIComponent(location.pathname + location.search)}`)),
  );
  return source;
}

function Door({ hospital, several }: { hospital: string; several: Doors["hospitals"] }) {
  const where = useWhere();
  const wall = where.query.get("wall") === "1";
  const first = useAsk(`/api/hospitals/${encodeURIComponent(hospital)}/inbound`); // Its refusal has words; a feed's has none.
  const { link, view } = useHospital(hospital);
  const stale = isStale(link, useRealNow());
  const gestures = useGestures(hospital);
  const [help, setHelp] = useState(false);
  const alarm = useAlarms(view);
  const onWall = () => go(withQuery(where, { wall: wall ? "" : "1" }));
  useHospitalKeys({ view, gestures, onHelp: () => setHelp(true), onWall, onSound: alarm.toggle });
  const picks = several.length > 1 && !wall;
  if (first.refusal && !view) {
    return (
      <Whole head="Hospital">
        <RefusedWords refusal={first.refusal} again={first.again} />
        <PageMenu here="hospital" />
      </Whole>
    );
  }
  if (!view) return <Whole head="Hospital" text="Fetching who comes." />;
  return (
    <div className="hospital" data-wall={wall} data-stale={stale}>
      <header className="hospital-head">
        <h1 className={picks ? "unseen" : undefined}>{view.hospital.name}</h1>
        {picks && (
          <label className="field in-line">
            <span className="unseen">Hospital</span>
            <select value={hospital} onChange={(event) => go(withQuery(where, { hospital: event.target.value }))}>
              {several.map((one) => (
                <option key={one.id} value={one.id}>
                  {one.name}
                </option>
              ))}
            </select>
          </label>
        )}
        <StandingStrip view={view} />
      </header>
      <main id="page">
        <Patients view={view} gestures={gestures} wall={wall} />
      </main>
      {!wall && <SidePanel view={view} gestures={gestures} />}
      <Foot link={link} view={view} gestures={gestures} wall={wall} alarm={alarm} onHelp={() => setHelp(true)} />
      {help && <KeysSheet onClose={() => setHelp(false)} />}
    </div>
  );
}
