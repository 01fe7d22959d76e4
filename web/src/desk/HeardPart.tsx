import { useState, type SubmitEvent } from "react";
import { callsApi, type HeardCall } from "../api/calls";
import type { Call } from "../api/types";
import { useAsk } from "../kit/ask";
import { wallTime } from "../kit/format";
import { RefusedWords } from "../kit/States";
import { momentWords } from "../kit/zoned";
import { plain } from "../kit/words";
import { uuid7 } from "../kit/uuid7";
import { camera } from "../map/camera";
import { said } from "./incident";
import { KnownPart } from "./Known";
import { useDesk } from "./store";
import { useNews } from "./useNews";

const ABOUT = /^calls\.(details|location|text|interpreter|follow_up|disposition|place)_/;

/** Whom it is about, where the phone is, what was written, who interprets, who sees to the call again. */
export function HeardPart({ call }: { call: Call }) {
  const asked = useAsk<HeardCall>(`/api/calls/${encodeURIComponent(call.id)}`);
  useNews(call.id, asked.again, ABOUT);
  const heard = asked.data;
  if (asked.refusal) return <RefusedWords refusal={asked.refusal} again={asked.again} />;
  if (!heard) return null;
  return (
    <>
      <KnownPart known={heard} />
      <section aria-label="Beside the questions">
        <Phone call={call} heard={heard} />
        <Texts call={call.id} heard={heard} />
        <Interpreter call={call} heard={heard} />
        <FollowUps call={call.id} heard={heard} />
      </section>
    </>
  );
}

/** Where the phone said it is. It moves no call: a person does, with one button. */
function Phone({ call, heard }: { call: Call; heard: HeardCall }) {
  const zone = useDesk((state) => state.picture?.board.region.time_zone) ?? "UTC";
  const [typed, setTyped] = useState("");
  const places = heard.locations;
  const found = /^\s*(-?\d+(?:\.\d+)?)\s*[, ]\s*(-?\d+(?:\.\d+)?)(?:\s*[, ]\s*(\d+))?\s*$/.exec(typed);
  const send = (event: SubmitEvent) => {
    event.preventDefault();
    if (!found) return;
    const [, lat, lon, radius] = found;
    const rebid = { lat: Number(lat), lon: Number(lon), accuracy_m: radius === undefined ? null : Number(radius), source: places.length > 0 ? "rebid" : "first" };
    void said(async () => {
      await callsApi.heardLocation(call.id, uuid7(), rebid);
      return `Where the phone is, is kept on ${call.id}.`;
    }).then((through) => through && setTyped(""));
  };
  const moveTo = (place: { lon: number; lat: number }) =>
    void said(async () => {
      await callsApi.place(call.id, uuid7(), { lon: place.lon, lat: place.lat, address: "", reason: "where the phone is" });
      return `${call.id} is where the phone is. Whoever is on the way goes there.`;
    });
  return (
    <details open={places.length > 0}>
      <summary>Phone&apos;s location{places.length > 0 && `, ${places.length} heard`}</summary>
      <ul className="heard">
        {places.map((one, i) => (
          <li key={`${one.at} ${i}`}>
            <span>
              {wallTime(one.at, zone)} {plain(one.source).toLowerCase()}
              {one.accuracy_m !== null && `, good to ${Math.round(one.accuracy_m)} m`}
              {one.off_m !== null && `, ${Math.round(one.off_m)} m off the call`}
            </span>
            <button type="button" className="button plain" onClick={() => camera.current?.goTo(one)}>
              Show
            </button>
            {i === 0 && call.state !== "closed" && (
              <button type="button" className="button plain" onClick={() => moveTo(one)}>
                The call is there
              </button>
            )}
          </li>
        ))}
      </ul>
      <form className="note-form" onSubmit={send}>
        <input aria-label="What the network says now: latitude, longitude, metres" placeholder="Re-bid: lat, lon, metres" autoComplete="off" value={typed} onChange={(event) => setTyped(event.target.value)} />
        <button type="submit" className="button" aria-disabled={!found}>
          Keep
        </button>
      </form>
    </details>
  );
}

function Texts({ call, heard }: { call: string; heard: HeardCall }) {
  const zone = useDesk((state) => state.picture?.board.region.time_zone) ?? "UTC";
  const [text, setText] = useState("");
  const [direction, setDirection] = useState("in");
  const send = (event: SubmitEvent) => {
    event.preventDefault();
    const line = text.trim();
    if (!line) return;
    void said(async () => {
      await callsApi.text(call, uuid7(), direction, line);
      return `The text is kept on ${call}.`;
    }).then((through) => through && setText(""));
  };
  return (
    <details open={heard.texts.length > 0}>
      <summary>Texts{heard.texts.length > 0 && `, ${heard.texts.length}`}</summary>
      <ul className="heard">
        {heard.texts.map((one, i) => (
          <li key={`${one.at} ${i}`}>
            <span className="muted">
              {wallTime(one.at, zone)} {one.direction === "in" ? "from the caller" : `to the caller, ${one.by}`}
            </span>
            <span>{one.text}</span>
          </li>
        ))}
      </ul>
      <form className="note-form" onSubmit={send}>
        <select aria-label="From or to the caller" value={direction} onChange={(event) => setDirection(event.target.value)}>
          <option value="in">From the caller</option>
          <option value="out">To the caller</option>
        </select>
        <input aria-label="A line of the conversation" autoComplete="off" maxLength={2000} value={text} onChange={(event) => setText(event.target.value)} />
        <button type="submit" className="button" aria-disabled={!text.trim()}>
          Keep
        </button>
      </form>
    </details>
  );
}

function Interpreter({ call, heard }: { call: Call; heard: HeardCall }) {
  const zone = useDesk((state) => state.picture?.board.region.time_zone) ?? "UTC";
  const known = heard.interpreter;
  const [language, setLanguage] = useState(known?.language ?? String(heard.details?.language ?? ""));
  const say = (joined: boolean) =>
    void said(async () => {
      await callsApi.interpreter(call.id, uuid7(), language.trim(), joined);
      return joined ? `The interpreter is on the line of ${call.id}.` : `An interpreter is asked for, ${language.trim()}.`;
    });
  return (
    <details open={known !== null}>
      <summary>Interpreter{known && `: ${known.language}`}</summary>
      {known && (
        <p>
          {known.wanted_at && `Wanted ${wallTime(known.wanted_at, zone)}. `}
          {known.joined_at ? `On the line since ${wallTime(known.joined_at, zone)}.` : "Not on the line yet."}
        </p>
      )}
      {call.state !== "closed" && !known?.joined_at && (
        <div className="note-form">
          <input aria-label="Language" placeholder="Language" maxLength={40} value={language} onChange={(event) => setLanguage(event.target.value)} />
          {!known && (
            <button type="button" className="button" aria-disabled={!language.trim()} onClick={() => language.trim() && say(false)}>
              Ask for one
            </button>
          )}
          <button type="button" className="button" aria-disabled={!language.trim()} onClick={() => language.trim() && say(true)}>
            On the line
          </button>
        </div>
      )}
    </details>
  );
}

function FollowUps({ call, heard }: { call: string; heard: HeardCall }) {
  const zone = useDesk((state) => state.picture?.board.region.time_zone) ?? "UTC";
  if (heard.follow_ups.length === 0) return null;
  const end = (follow_up: string, outcome: string) =>
    void said(async () => {
      await callsApi.endFollowUp(follow_up, uuid7(), outcome);
      return outcome === "done" ? `${call}: seen to.` : `${call}: not needed any more.`;
    });
  return (
    <details open>
      <summary>Follow-up</summary>
      <ul className="heard">
        {heard.follow_ups.map((one) => (
          <li key={one.follow_up}>
            <span>
              {plain(one.kind)}, due {momentWords(one.due_at, zone)}
              {one.note && `. ${one.note}`}
              {one.done_at && `. ${plain(one.outcome)} by ${one.done_by}`}
            </span>
            {!one.done_at && (
              <>
                <button type="button" className="button plain" onClick={() => end(one.follow_up, "done")}>
                  Seen to
                </button>
                <button type="button" className="button plain" onClick={() => end(one.follow_up, "dropped")}>
                  Not needed
                </button>
              </>
            )}
          </li>
        ))}
      </ul>
    </details>
  );
}
