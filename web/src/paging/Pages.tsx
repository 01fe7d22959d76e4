import { useState } from "react";
import { useAlert } from "../crew/alert";
import { isStale } from "../kit/link";
import { useRealNow } from "../kit/useRealNow";
import { asRefusal } from "../kit/ask";
import { useSession } from "../kit/session";
import { RefusedWords } from "../kit/States";
import { Age } from "../kit/Ticking";
import { uuid7 } from "../kit/uuid7";
import type { Refusal } from "../api/client";
import { gesture } from "../workforce/gestures";
import { Channels } from "./Channels";
import { useOwnPages } from "./feed";
import type { OwnAlert, PageAnswer } from "./types";
import "./paging.css";

/** The pages to oneself: who needs me, and do I come? Nothing stands here for whom nobody can page. */
export function OwnPages() {
  const session = useSession();
  if (!session?.signedIn || !session.person) return null;
  return <Pages />;
}

function Pages() {
  const { link, view } = useOwnPages();
  const stale = isStale(link, useRealNow());
  const waits = view?.alerts.filter((one) => one.state === "open" && one.answer === null) ?? [];
  useAlert(waits.length > 0, Math.min(...waits.map((one) => one.priority ?? 2), 2));
  if (!view) return null;
  return (
    <section className="pages" aria-label="Pages to me" data-stale={stale}>
      {stale && (
        <p className="note" role="status">
          Out of touch with the desk: this may be old. Trying again by itself.
        </p>
      )}
      {view.alerts.map((one) => (
        <AlertCard key={one.id} alert={one} />
      ))}
      {view.alerts.length === 0 && view.on_call.length > 0 && (
        <p className="muted">
          You are on call for {view.on_call.map((one) => one.split("/").at(-1)).join(", ")}. Nobody needs you now.
        </p>
      )}
      <Channels view={view} />
    </section>
  );
}

const ETAS = [5, 10, 15, 20];

/** One page, with two buttons big enough for a hand in a hurry. */
export function AlertCard({ alert }: { alert: OwnAlert }) {
  const session = useSession();
  const [eta, setEta] = useState<number | null>(null);
  const { busy, refusal, answer } = useAnswer(alert.id);
  const open = alert.state === "open";
  return (
    <article className="page-card" data-answer={alert.answer ?? "none"} data-state={alert.state} aria-label={`${alert.call_sign}: ${alert.nature_label}`}>
      <h2>
        {alert.call_sign}: {alert.nature_label}
      </h2>
      <p className="page-line">{alert.line}</p>
      <p>
        Paged <Age since={alert.paged_at} /> ago. {sentence(alert.words)}
        {alert.missing && open && ` ${sentence(alert.missing)}`}
      </p>
      {alert.answer === "accepted" && (
        <p className="said" role="status">
          You come{alert.eta_s === null ? "" : `, in about ${Math.round(alert.eta_s / 60)} min from when you said so`}.
          {alert.counts && ` You take no seat: ${alert.counts}`}
        </p>
      )}
      {alert.answer === "accepted" && alert.state !== "over" && session?.pages.includes("crew") && (
        <a className="button main big" href={`/crew?unit=${encodeURIComponent(alert.unit)}`}>
          The call, and who else comes
        </a>
      )}
      {alert.answer === "declined" && (
        <p className="said" role="status">
          You do not come.
        </p>
      )}
      {!open && alert.answer !== "accepted" && (
        <p className="said" role="status">
          Enough are coming. You are not needed.
        </p>
      )}
      {refusal && <RefusedWords refusal={refusal} />}
      {open && alert.answer !== "accepted" && (
        <>
          <div className="switch etas" role="group" aria-label="I can be there in">
            {ETAS.map((one) => (
              <button key={one} type="button" aria-pressed={eta === one} onClick={() => setEta(eta === one ? null : one)}>
                {one} min
              </button>
            ))}
          </div>
          <div className="page-answers">
            <button type="button" className="button main big" aria-disabled={busy} onClick={() => answer("accepted", eta)}>
              I come
            </button>
            {alert.answer === null && (
              <button type="button" className="button big" aria-disabled={busy} onClick={() => answer("declined", null)}>
                I cannot
              </button>
            )}
          </div>
        </>
      )}
      {alert.answer === "accepted" && <TakeBack busy={busy} onTakeBack={() => answer("declined", null)} />}
    </article>
  );
}

/** Taking one's word back is asked twice: a second tap of a hurried thumb must not do it. */
function TakeBack({ busy, onTakeBack }: { busy: boolean; onTakeBack: () => void }) {
  const [asked, setAsked] = useState(false);
  if (!asked) {
    return (
      <button type="button" className="button take-back" onClick={() => setAsked(true)}>
        I cannot come after all
      </button>
    );
  }
  return (
    <div className="take-back" role="group" aria-label="Take my word back">
      <p>The others are paged again then.</p>
      <button type="button" className="button big" aria-disabled={busy} onClick={onTakeBack}>
        I do not come
      </button>
      <button type="button" className="button big" onClick={() => setAsked(false)}>
        I still come
      </button>
    </div>
  );
}

function sentence(words: string): string {
  return words ? `${words.charAt(0).toUpperCase()}${words.slice(1)}.` : "";
}

/** Send an answer under one id until the site has taken it, so that a second tap is the same answer. */
function useAnswer(alert: string) {
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [held, setHeld] = useState<{ answer: PageAnswer; id: string } | null>(null);
  const answer = (said: PageAnswer, eta: number | null) => {
    if (busy) return;
    const id = held?.answer === said ? held.id : uuid7();
    setHeld({ answer: said, id });
    setBusy(true);
    setRefusal(null);
    const path = `/api/paging/mine/${encodeURIComponent(alert)}/${said === "accepted" ? "accept" : "decline"}`;
    gesture(path, said === "accepted" && eta !== null ? { eta_min: eta } : {}, id)
      .then(
        () => setHeld(null),
        (error: unknown) => setRefusal(asRefusal(error)),
      )
      .finally(() => setBusy(false));
  };
  return { busy, refusal, answer };
}
