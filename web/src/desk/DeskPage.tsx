import { isStale } from "../kit/link";
import { CallCard } from "./CallCard";
import { CallsPanel } from "./CallsPanel";
import { CrewAlarms } from "./CrewAlarms";
import { useCommandKeys } from "./CommandButton";
import { Foot } from "./Foot";
import { Gestures } from "./Gestures";
import { HelpSheet } from "./HelpSheet";
import { DeskSheets } from "./Holding";
import { MapView } from "../map/MapView";
import { Strip } from "./Strip";
import { TakeCall } from "./TakeCall";
import { UnitsPanel } from "./UnitsPanel";
import { useDesk } from "./store";
import { useRealNow } from "../kit/useRealNow";

/** The live board of a county. */
export function DeskPage({ onRetry }: { onRetry: () => void }) {
  const phase = useDesk((state) => state.phase);
  useCommandKeys();
  if (phase === "loading") return <WholePage head="Fetching the board" text="The county appears in a moment." />;
  if (phase === "failed") return <Failed onRetry={onRetry} />;
  return <Board />;
}

function Board() {
  const link = useDesk((state) => state.link);
  const demo = useDesk((state) => state.picture?.board.demo ?? false);
  const card = useDesk((state) => state.selectedCall !== null || state.mode.kind !== "looking");
  const wide = useDesk((state) => state.mode.kind !== "looking" || state.inHand);
  const stale = isStale(link, useRealNow());
  return (
    <main className="desk" data-stale={stale} data-card={card} data-wide={card && wide}>
      <CrewAlarms />
      <CallsPanel />
      <section className="map" aria-label="Map of the county">
        <MapView />
        {demo && <p className="watermark">DEMO - not real calls</p>}
        <CallCard />
        <TakeCall />
      </section>
      <UnitsPanel />
      <Strip />
      <Foot />
      <HelpSheet />
      <DeskSheets />
      <Gestures />
    </main>
  );
}

function Failed({ onRetry }: { onRetry: () => void }) {
  const failure = useDesk((state) => state.failure);
  const retryMs = useDesk((state) => state.link.retryMs);
  const now = useRealNow();
  const wait = retryMs === null ? 0 : Math.max(0, Math.ceil((retryMs - now) / 1000));
  return (
    <WholePage
      head="The board could not be fetched"
      text={`${failure} ${wait > 0 ? `Trying again in ${wait} s.` : "Trying again."}`}
    >
      <button type="button" className="button main" onClick={onRetry}>
        Try now
      </button>
    </WholePage>
  );
}

function WholePage({ head, text, children }: { head: string; text: string; children?: React.ReactNode }) {
  return (
    <main className="whole-page">
      <h1>{head}</h1>
      <p className="muted" role="status">
        {text}
      </p>
      {children}
    </main>
  );
}
