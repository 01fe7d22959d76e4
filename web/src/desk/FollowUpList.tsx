import { useEffect } from "react";
import { callsApi, FOLLOW_UPS, type FollowUp } from "../api/calls";
import { useAsk, useEvery } from "../kit/ask";
import { momentWords } from "../kit/zoned";
import { plain } from "../kit/words";
import { uuid7 } from "../kit/uuid7";
import { actions } from "./actions";
import { said } from "./incident";
import { store, useDesk } from "./store";

const MINUTE_MS = 60_000;
const ABOUT = /^calls\.(follow_up_|disposition_given)/;

/** Calls that somebody is to see to again: how many are due, and each with when. Shown while there are any. */
export function FollowUpList() {
  const asked = useAsk<FollowUp[]>(FOLLOW_UPS);
  const { again } = asked;
  const zone = useDesk((state) => state.picture?.board.region.time_zone) ?? "UTC";
  useEvery(again, MINUTE_MS); // They become due by the clock.
  useEffect(() => {
    let seen = 0;
    return store.subscribe(() => {
      const last = store.get().tail.find((fact) => ABOUT.test(fact.name))?.position ?? 0;
      if (last > seen) again();
      seen = Math.max(seen, last);
    });
  }, [again]);
  const all = Array.isArray(asked.data) ? asked.data : [];
  if (all.length === 0) return null;
  const due = all.filter((one) => one.overdue).length;
  const end = (one: FollowUp) =>
    void said(async () => {
      await callsApi.endFollowUp(one.follow_up, uuid7(), "done");
      again();
      return `${one.call_id}: seen to.`;
    });
  return (
    <details className="follow-ups" open={due > 0}>
      <summary className="group-head">
        Follow-up <span className="count">{all.length}</span>
        {due > 0 && <strong className="late">{due} due</strong>}
      </summary>
      <ul>
        {all.map((one) => (
          <li key={one.follow_up}>
            <button type="button" className="button plain" onClick={() => actions.selectCall(one.call_id)}>
              {one.call_id}
            </button>
            <span>
              {plain(one.kind)}, {momentWords(one.due_at, zone)}
              {one.note && `. ${one.note}`}
            </span>
            <button type="button" className="button plain" onClick={() => end(one)}>
              Seen to
            </button>
          </li>
        ))}
      </ul>
    </details>
  );
}
