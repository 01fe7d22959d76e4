import { useState, type SubmitEvent } from "react";
import type { Refusal } from "../api/client";
import { asRefusal } from "../kit/ask";
import { TextField } from "../kit/Fields";
import { RefusedWords } from "../kit/States";
import { gesture } from "../workforce/gestures";
import { subscribe, whyNoPush } from "./push";
import type { OwnPages } from "./types";

/** Where pages to me go while this page is shut. */
export function Channels({ view }: { view: OwnPages }) {
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [busy, setBusy] = useState(false);
  const [address, setAddress] = useState("");
  const act = (what: () => Promise<unknown>, done?: () => void) => {
    if (busy) return;
    setBusy(true);
    setRefusal(null);
    what()
      .then(
        () => done?.(),
        (error: unknown) => setRefusal(asRefusal(error)),
      )
      .finally(() => setBusy(false));
  };
  const push = view.may.push;
  const none = !view.may.email && push === null;
  const add = (event: SubmitEvent) => {
    event.preventDefault();
    act(
      () => gesture("/api/paging/channels/email", { address: address.trim() }),
      () => setAddress(""),
    );
  };
  return (
    <details className="channels" open={view.channels.length === 0 && !none}>
      <summary>
        <h2>Where pages to me go</h2>
        <span className="muted">{view.channels.length === 0 ? "only this page" : `this page and ${view.channels.map((one) => one.label).join(", ")}`}</span>
      </summary>
      <ul className="rows">
        {view.channels.map((one) => (
          <li key={one.id}>
            <span>
              {one.label} <span className="muted">{one.address}</span>
              {one.failures > 0 && <strong className="warn"> cannot be reached</strong>}
            </span>
            <button
              type="button"
              className="button"
              aria-disabled={busy}
              aria-label={`Take ${one.label} ${one.address} away`}
              onClick={() => act(() => gesture(`/api/paging/channels/${encodeURIComponent(one.id)}/end`))}
            >
              Take away
            </button>
          </li>
        ))}
      </ul>
      {refusal && <RefusedWords refusal={refusal} />}
      {none && <p className="muted">This goldenhour sends neither e-mail nor notifications: keep this page open while you are on call.</p>}
      {view.may.email && (
        <form className="channel-form" onSubmit={add}>
          <TextField label="E-mail address" value={address} onChange={setAddress} hint="It is told the street, not the number." />
          <button type="submit" className="button" aria-disabled={busy || !address.includes("@")}>
            Send pages there
          </button>
        </form>
      )}
      {push !== null && <PushButton busy={busy} onPush={() => act(() => subscribe(push).then((subscription) => gesture("/api/paging/channels/push", { subscription })))} />}
    </details>
  );
}

function PushButton({ busy, onPush }: { busy: boolean; onPush: () => void }) {
  const why = whyNoPush();
  return (
    <p>
      <button type="button" className="button" aria-disabled={busy || why !== ""} title={why || undefined} onClick={() => why === "" && onPush()}>
        Notify me on this device
      </button>
      {why && <span className="muted"> {why}</span>}
    </p>
  );
}
