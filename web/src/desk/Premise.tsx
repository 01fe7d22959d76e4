import { useEffect } from "react";
import { premiseAt, type Premise } from "../api/calls";
import { useAsk } from "../kit/ask";
import { count, wallDate } from "../kit/format";
import { plain } from "../kit/words";
import { Age } from "../kit/Ticking";
import { actions } from "./actions";
import { keyName } from "./CommandButton";
import { sameCall } from "./commands";
import { PriorityMark } from "./Marks";
import { taking } from "./taking";
import { store, useDesk, type Place } from "./store";

/** What is known of a place: open calls near it, notes about it, calls there before. Silent where nothing is. */
export function PremisePart({ place, call, asTaken }: { place: Place; call: string; asTaken: boolean }) {
  const { data } = useAsk<Premise>(premiseAt(place, call));
  const nearby = asTaken ? data?.nearby : undefined;
  useEffect(() => {
    store.set({ nearby: nearby ?? [] });
    return () => store.set({ nearby: [] });
  }, [nearby]);
  if (!data) return null;
  return (
    <>
      {asTaken && <Nearby data={data} />}
      {(data.notes.length > 0 || data.earlier.count > 0) && <Known data={data} />}
    </>
  );
}

function Nearby({ data }: { data: Premise }) {
  const natures = useDesk((state) => state.picture?.board.natures);
  if (data.nearby.length === 0 && data.drafts.length === 0) return null;
  const words = (key: string) => natures?.find((one) => one.key === key)?.label ?? plain(key || "unknown");
  return (
    <section className="nearby" aria-label="Open calls near this place">
      <h3>Is it one of these?</h3>
      <ul>
        {data.nearby.map((one, i) => (
          <li key={one.call_id}>
            <PriorityMark priority={one.priority} />
            <span>
              {words(one.nature)}
              <span className="muted">
                {" "}
                {one.call_id}, {one.distance_m} m away, <Age since={one.received_at} /> ago{one.address && `, ${one.address}`}
              </span>
            </span>
            <button type="button" className="button" onClick={() => void taking.sameAs(one)}>
              Same call {i === 0 && <kbd aria-hidden="true">{keyName(sameCall)}</kbd>}
              <span className="unseen"> as {one.call_id}</span>
            </button>
          </li>
        ))}
        {data.drafts.map((one) => (
          <li key={one.call_id}>
            <span aria-hidden="true" />
            <span>
              {words(one.nature)}
              <span className="muted">
                {" "}
                {one.call_id}, {one.distance_m} m away, {one.owner} is taking it
              </span>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Known({ data }: { data: Premise }) {
  const zone = useDesk((state) => state.picture?.board.region.time_zone) ?? "UTC";
  const natures = useDesk((state) => state.picture?.board.natures);
  const board = useDesk((state) => state.picture?.calls);
  return (
    <section className="premise">
      <h3>Known of this place</h3>
      {data.notes.map((one) => (
        <p key={one.note} className="shortfall">
          <strong>{plain(one.kind)}</strong>
          <span>
            {one.text}{" "}
            <span className="muted">
              {one.author}, {wallDate(one.at, zone)}
            </span>
          </span>
        </p>
      ))}
      {data.earlier.count > 0 && (
        <details>
          <summary>
            {count(data.earlier.count, "earlier call")} here in {data.earlier.months} months
          </summary>
          <ul className="earlier">
            {data.earlier.calls.map((one) => (
              <li key={one.call_id}>
                <span>{wallDate(one.received_at, zone)}</span>
                <span>{natures?.find((nature) => nature.key === one.nature)?.label ?? plain(one.nature)}</span>
                {board?.has(one.call_id) ? (
                  <button type="button" className="button plain" onClick={() => actions.selectCall(one.call_id)}>
                    {one.call_id}
                  </button>
                ) : (
                  <span className="muted">{plain(one.outcome || one.call_id)}</span>
                )}
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}
