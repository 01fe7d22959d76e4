import type { Status } from "../api/types";
import { STATUSES } from "../kit/words";
import { useDesk } from "./store";

/** A priority: shape, figure and colour say the same. */
export function PriorityMark({ priority }: { priority: number }) {
  return (
    <span className="priority" data-priority={priority}>
      <span className="unseen">Priority </span>
      {priority}
    </span>
  );
}

/** A status: two letters on its colour, the word for whoever cannot see either. */
export function StatusMark({ status }: { status: Status }) {
  const { mark, label } = STATUSES[status];
  return (
    <abbr className="status" data-status={status} title={label}>
      {mark}
    </abbr>
  );
}

/** A unit on a call: status and call sign; one that has left the call only by its call sign, muted. */
export function UnitChip({ id, call }: { id: string; call: string }) {
  const unit = useDesk((state) => state.picture?.units.get(id));
  if (unit?.call_id !== call) {
    return (
      <span className="chip muted" title="No longer on this call">
        {unit?.call_sign ?? id}
      </span>
    );
  }
  return (
    <span className="chip">
      <StatusMark status={unit.status} />
      {unit.call_sign}
    </span>
  );
}
