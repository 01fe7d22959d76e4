import { useEffect } from "react";
import type { Call } from "../api/types";
import { send } from "../api/client";
import { useAsk } from "../kit/ask";
import { uuid7 } from "../kit/uuid7";
import type { CallPage, CallPages, PageAnswer } from "../paging/types";
import { attempt, callSign } from "./actions";
import { AlarmMark } from "./AlarmMark";
import { incident } from "./incident";
import { useDesk } from "./store";
import "../paging/paging.css";

/** Who was paged for the call and who comes, and what the stations of its units hear. */
export function OnCallPart({ call }: { call: Call }) {
  const asked = useAsk<CallPages>(`/api/calls/${encodeURIComponent(call.id)}/pages`);
  const { again } = asked;
  const key = JSON.stringify([call.pages?.map((one) => [one.id, one.state, one.accepted, one.declined, one.round, one.escalated_at]), call.units.map((one) => one.unit), call.address]);
  useEffect(() => again(), [again, key]);
  const pages = asked.data;
  if (!pages || pages.alerts.length + pages.can_page.length + pages.station_alerts.length === 0) return null;
  const failed = pages.messages.filter((one) => one.state === "dead" || (one.state === "waiting" && one.attempts > 0));
  return (
    <section className="on-call" aria-label="On call and stations">
      {pages.alerts.filter((one) => one.state !== "over").map((one) => (
        <Page key={one.id} call={call} page={one} />
      ))}
      {pages.can_page.map((one) => (
        <button key={one} type="button" className="button" onClick={() => page(call, one)}>
          Page those on call for {callSign(one)}
        </button>
      ))}
      {pages.station_alerts.length > 0 && (
        <>
          <h3>Stations hear</h3>
          {pages.station_alerts.map((one) => (
            <p key={one.unit} className="station-line">
              {one.line}
            </p>
          ))}
        </>
      )}
      {pages.station_alerts.flatMap((station) =>
        station.paused.map((label) => (
          <p key={`${station.unit} ${label}`} className="on-call-alarm">
            {label} is paused and hears nothing of {callSign(station.unit)}. Tell them by radio.
          </p>
        )),
      )}
      {failed.map((one) => (
        <p key={one.id} className="on-call-alarm">
          {one.what.replaceAll("_", " ")} for {callSign(one.unit)} {one.state === "dead" ? "was given up" : "is not through yet"}: {one.said} Tell them by radio.
        </p>
      ))}
    </section>
  );
}

function Page({ call, page }: { call: Call; page: CallPage }) {
  const next = useDesk((state) => (page.next_unit ? state.picture?.units.get(page.next_unit) : undefined));
  const sent = call.units.some((one) => one.unit === page.next_unit);
  const sign = callSign(page.unit);
  const open = page.state === "open";
  const alarm = call.pages?.find((one) => one.id === page.id)?.alarm;
  return (
    <div className="on-call-page" data-state={page.state}>
      <h3>
        On call for {sign}: {page.words}
      </h3>
      {alarm && <AlarmMark alarm={alarm} />}
      {page.missing && <p className="muted">{page.missing}.</p>}
      {open && page.escalated_at !== null && (
        <p className="on-call-alarm" role="alert">
          Too few come for {sign}.{next && !sent ? ` ${next.call_sign} would be next.` : " Nobody else was in the recommendation: ask again who should go."}
          {next && !sent && (
            <button type="button" className="button" onClick={() => void incident.send(call, [next], `too few of those on call came for ${sign}`)}>
              Send {next.call_sign}
            </button>
          )}
        </p>
      )}
      <ul className="on-call-people">
        {page.people.map((one) => (
          <li key={one.person} data-answer={one.answer ?? "none"}>
            <span>
              {one.person} {words(one.answer, one.eta_s)}
              {one.counts && <span className="muted"> takes no seat: {one.counts}</span>}
            </span>
            {one.answer !== "accepted" && open && (
              <button type="button" className="button" onClick={() => answer(page, one.person, "accepted")}>
                Comes
              </button>
            )}
            {one.answer !== "declined" && (
              <button type="button" className="button" onClick={() => answer(page, one.person, "declined")}>
                Does not
              </button>
            )}
          </li>
        ))}
      </ul>
      {open && (
        <button type="button" className="button" onClick={() => close(page)}>
          Ask nobody more
        </button>
      )}
    </div>
  );
}

function words(answer: PageAnswer | null, eta_s: number | null): string {
  if (answer === "accepted") return eta_s === null ? "comes" : `comes, said ${Math.round(eta_s / 60)} min`;
  return answer === "declined" ? "does not come" : "has not answered";
}

function answer(page: CallPage, person: string, said: PageAnswer): void {
  void attempt(async () => {
    await send("POST", `/api/paging/alerts/${encodeURIComponent(page.id)}/answers`, { id: uuid7(), person, answer: said });
    return `${person} ${said === "accepted" ? "comes" : "does not come"} for ${callSign(page.unit)}.`;
  });
}

function page(call: Call, unit: string): void {
  void attempt(async () => {
    await send("POST", `/api/calls/${encodeURIComponent(call.id)}/pages`, { id: uuid7(), unit });
    return `Those on call for ${callSign(unit)} are paged.`;
  });
}

function close(page: CallPage): void {
  void attempt(async () => {
    await send("POST", `/api/paging/alerts/${encodeURIComponent(page.id)}/close`, { id: uuid7() });
    return `Nobody more is asked for ${callSign(page.unit)}.`;
  });
}
