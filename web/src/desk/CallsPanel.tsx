import { memo, useMemo } from "react";
import type { Call, PriorityMeasure } from "../api/types";
import { count, placeWords } from "../kit/format";
import { Age, TargetLeft } from "../kit/Ticking";
import { actions } from "./actions";
import { ClaimMark } from "./ClaimLine";
import { CommandButton } from "./CommandButton";
import { takeCall } from "./commands";
import { FollowUpList } from "./FollowUpList";
import { AlarmsOfCall, HoldWords } from "./Holding";
import { newCallWords } from "../kit/link";
import { PriorityMark, UnitChip } from "./Marks";
import { callLines, callsInOrder } from "./order";
import { store, useDesk } from "./store";
import { Drafts } from "./TakeCall";
import { useHeldLines } from "./useHeldLines";

const GROUPS = { waiting: "Waiting", held: "On hold", running: "Running", closed: "Closed in the last 15 min" };
const MOST = 200; // A list nobody can read to its end only slows the desk down.
const NONE: readonly PriorityMeasure[] = [];

/** Calls that are still typed: here, put aside, or at another desk. */
function BeingTaken() {
  const n = useDesk((state) => state.drafts.filter((one) => one.call_id !== state.taking?.call).length);
  if (n === 0) return null;
  return (
    <section aria-label="Calls being taken">
      <h3 className="group-head">
        Being taken <span className="count">{n}</span>
      </h3>
      <Drafts />
    </section>
  );
}

/** The calls: waiting above running. */
export function CallsPanel() {
  const calls = useDesk((state) => state.picture?.calls);
  const name = useDesk((state) => state.picture?.board.region.name);
  const wanted = useMemo(() => (calls ? callLines(calls) : []), [calls]);
  const { lines, handlers, release } = useHeldLines(wanted);
  const shown = lines.slice(0, MOST);
  return (
    <section className="calls" aria-labelledby="calls-head">
      <div className="panel-head">
        <h1>{name}</h1>
        <CommandButton command={takeCall} />
      </div>
      <h2 id="calls-head" className="unseen">
        Calls
      </h2>
      <NewCalls onShow={release} />
      <BeingTaken />
      <FollowUpList />
      <div className="scroll" {...handlers}>
        {lines.length === 0 && (
          <p className="empty">
            No open call.
            <br />A new one appears here by itself.
          </p>
        )}
        {Object.entries(GROUPS).map(([group, label]) => {
          const mine = shown.filter((line) => line.group === group);
          if (mine.length === 0) return null;
          return (
            <div key={group}>
              <h3 className="group-head">
                {label} <span className="count">{lines.filter((line) => line.group === group).length}</span>
              </h3>
              <ul>
                {mine.map((line) => {
                  const call = calls?.get(line.id);
                  return call && <CallRow key={line.id} call={call} />;
                })}
              </ul>
            </div>
          );
        })}
        {lines.length > MOST && (
          <p className="empty">{count(lines.length - MOST, "less urgent call")} not shown here; all are on the map.</p>
        )}
      </div>
    </section>
  );
}

/** Announces new calls at the top, with their count and the most urgent of them. It never takes the focus. */
function NewCalls({ onShow }: { onShow: () => void }) {
  const unseen = useDesk((state) => state.unseen);
  const calls = useDesk((state) => state.picture?.calls);
  const urgent = callsInOrder(calls).find((call) => unseen.includes(call.id));
  const words = urgent ? `${newCallWords(unseen.length)}: ${urgent.nature_label}` : "";
  const show = () => {
    onShow();
    if (urgent) actions.selectCall(urgent.id);
    store.set({ unseen: [] });
  };
  return (
    <>
      <div className="unseen" role="log" aria-label="New calls">
        {urgent && `${words}, priority ${urgent.priority}, ${placeWords(urgent)}`}
      </div>
      {urgent && (
        <button type="button" className="new-calls" onClick={show}>
          <PriorityMark priority={urgent.priority} />
          <span className="words">{words}</span>
          <span aria-hidden="true">Show</span>
        </button>
      )}
    </>
  );
}

const CallRow = memo(function CallRow({ call }: { call: Call }) {
  const selected = useDesk((state) => state.selectedCall === call.id);
  const targets = useDesk((state) => state.picture?.measures.by_priority) ?? NONE;
  const target_s = targets.find((one) => one.priority === call.priority)?.target_s ?? null;
  const open = call.state !== "closed";
  return (
    <li>
      <button
        type="button"
        className="call"
        data-waiting={call.state === "waiting"}
        aria-current={selected}
        onClick={() => actions.selectCall(call.id)}
      >
        <PriorityMark priority={call.priority} />
        <span className="nature">{call.nature_label}</span>
        {open ? <Age since={call.received_at} className="age" /> : <span className="age muted">Closed</span>}
        <span className="address" title={placeWords(call)}>
          {placeWords(call)}
        </span>
        {open && call.first_on_scene_at === null && target_s !== null ? (
          <TargetLeft since={call.received_at} target_s={target_s} />
        ) : (
          <span />
        )}
        <span className="units">
          <span className="muted">{call.id}</span>
          {call.units.map((one) => (
            <UnitChip key={one.unit} id={one.unit} call={call.id} />
          ))}
          {call.units.length === 0 && open && <strong>No unit yet</strong>}
          {call.staging && <strong className="staged">Staged</strong>}
          <PagesMark call={call} />
          <ClaimMark call={call} />
          <HoldWords call={call} />
          <AlarmsOfCall call={call} />
        </span>
      </button>
    </li>
  );
});

/** How many of those who were paged come, while it is not enough; a warning once it is late. */
function PagesMark({ call }: { call: Call }) {
  const open = call.pages?.filter((one) => one.state === "open") ?? [];
  return open.map((one) => {
    const late = one.escalated_at !== null;
    return (
      <strong key={one.id} className={late ? "pages-mark late" : "pages-mark"}>
        {one.unit.split("/").at(-1)}: {one.accepted} of {Math.max(one.needed - one.aboard, 1)} come{late && ", too few"}
      </strong>
    );
  });
}
