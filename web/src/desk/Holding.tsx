import { useId, useState } from "react";
import { aidApi } from "../api/aid";
import type { Call } from "../api/types";
import { FormSheet } from "../kit/Sheet";
import { plain } from "../kit/words";
import { AlarmMark } from "./AlarmMark";
import { alarmsOfCall } from "./alarms";
import { deskOf } from "./deskOf";
import { MutualAidSheet } from "./MutualAid";
import { MoveUpSheet } from "./MoveUp";
import { store, useDesk } from "./store";

export const closeSheet = () => store.set({ sheet: null });

/** Whichever sheet is open over the desk. */
export function DeskSheets() {
  const sheet = useDesk((state) => state.sheet);
  const call = useDesk((state) => deskOf(state).call);
  if (sheet === "aid") return <MutualAidSheet call={call} onClose={closeSheet} />;
  if (sheet === "moves") return <MoveUpSheet onClose={closeSheet} />;
  return sheet === "hold" && call ? <HoldSheet call={call} /> : null;
}

/** Why a call waits, and what sounds about it. */
export function HoldWords({ call }: { call: Call }) {
  if (!call.hold || call.state === "closed") return null;
  const { hold } = call;
  const slots = hold.slots.map((one) => plain(one).toLowerCase()).join(", ");
  return (
    <span className="hold-words">
      <span className="muted">{hold.on_purpose ? `${hold.by ?? ""}: ${hold.reason}` : `Nobody is free: ${slots}`}</span>
      {hold.alarm && <AlarmMark alarm={hold.alarm} />}
    </span>
  );
}

/** What sounds of a call beside its age: who was asked and does not answer, and pages that too few answered. */
export function AlarmsOfCall({ call }: { call: Call }) {
  return alarmsOfCall(call).map((one) => <AlarmMark key={one.about} alarm={one.alarm} name={one.name} />);
}

function HoldSheet({ call }: { call: Call }) {
  const [reason, setReason] = useState("");
  const field = useId();
  return (
    <FormSheet
      head={`Hold ${call.id}`}
      action="Hold"
      fault={reason.trim() ? null : "Say why it waits."}
      onClose={closeSheet}
      onSend={() => aidApi.hold(call.id, reason.trim())}
    >
      <p className="muted">It waits above the running calls until somebody is sent, or you let it go on. Its alarm counts by its priority.</p>
      <label className="field" htmlFor={field}>
        <span>Why it waits</span>
        <input id={field} value={reason} maxLength={300} onChange={(event) => setReason(event.target.value)} />
      </label>
    </FormSheet>
  );
}
