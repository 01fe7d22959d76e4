import { useEffect, useState } from "react";
import { send } from "../api/client";
import type { Unit } from "../api/types";
import { TextField } from "../kit/Fields";
import { byCallSign, wallTime } from "../kit/format";
import { soundIsOn } from "../kit/remembered";
import { FormSheet } from "../kit/Sheet";
import { announce } from "../kit/sound";
import { Age } from "../kit/Ticking";
import { uuid7 } from "../kit/uuid7";
import { actions } from "./actions";
import { store, useDesk } from "./store";

const AGAIN_MS = 10_000;
const IN_HAND_AGAIN_MS = 60_000; // Somebody has it in hand; nothing is silenced for good.
const KINDS: Record<string, string> = { ambulance: "an ambulance", helicopter: "a helicopter" };

/** What somebody at the desk says to an alarm: where it goes, and the words of the form. */
interface Answering {
  head: string;
  action: string;
  label: string;
  optional: boolean;
  post: (words: string) => Promise<unknown>;
}

/** At the top of the board: crews in danger, crews that do not answer, and what crews ask for. */
export function CrewAlarms() {
  const units = useDesk((state) => state.picture?.units);
  const [answering, setAnswering] = useState<Answering | null>(null);
  const told = [...(units?.values() ?? [])].filter((one) => one.signals).sort((a, b) => byCallSign(a.call_sign, b.call_sign));
  const danger = told.filter((one) => one.signals?.mayday);
  const silent = told.filter((one) => one.signals?.par?.missed_at);
  const asks = told.filter((one) => (one.signals?.asks.length ?? 0) > 0);
  const inHand = danger.filter((one) => one.signals?.mayday?.acknowledged_at);
  const loud = [...danger.filter((one) => !inHand.includes(one)), ...silent].map((one) => one.id).join(" ");
  const quiet = loud === "" && inHand.length > 0;
  useEffect(() => {
    const sound = () => soundIsOn() && announce(1);
    if (loud) sound();
    else if (!quiet) return undefined;
    const timer = setInterval(sound, loud ? AGAIN_MS : IN_HAND_AGAIN_MS);
    return () => clearInterval(timer);
  }, [loud, quiet]);
  if (danger.length + silent.length + asks.length === 0) return null;
  return (
    <section className="crew-alarms" aria-label="Crews' alarms">
      {danger.map((unit) => (
        <p key={`mayday ${unit.id}`} role="alert" data-tone="danger">
          <strong>Mayday {unit.call_sign}</strong> {at(unit.signals?.mayday?.at)} <Age since={unit.signals?.mayday?.at ?? null} />
          <InHand unit={unit} />
          <ShowUnit unit={unit} />
          <button type="button" className="button" onClick={() => setAnswering(over(unit))}>
            Crew is safe
          </button>
        </p>
      ))}
      {silent.map((unit) => (
        <p key={`par ${unit.id}`} role="alert" data-tone="danger">
          <strong>{unit.call_sign} does not answer</strong> whether it is all right, asked {at(unit.signals?.par?.ask_at)}{" "}
          <Age since={unit.signals?.par?.ask_at ?? null} />
          <ShowUnit unit={unit} />
          <button type="button" className="button" onClick={() => void attempt(post(unit, "par/answer"), `${unit.call_sign} is all right.`)}>
            It answers: all right
          </button>
        </p>
      ))}
      {asks.flatMap((unit) =>
        (unit.signals?.asks ?? []).map((one) => (
          <p key={one.id} role="status" data-tone="ask">
            <strong>
              {unit.call_sign} asks for {KINDS[one.kind] ?? one.kind}
            </strong>{" "}
            {one.call_id} {at(one.at)} <Age since={one.at} />
            <button type="button" className="button" onClick={() => actions.selectCall(one.call_id)}>
              Show {one.call_id}
            </button>
            <button type="button" className="button" onClick={() => setAnswering(answer(unit, one.id, "coming", "Coming"))}>
              Coming
            </button>
            <button type="button" className="button" onClick={() => setAnswering(answer(unit, one.id, "not_available", "Not available"))}>
              Not available
            </button>
          </p>
        )),
      )}
      {answering && <AnswerSheet answering={answering} onClose={() => setAnswering(null)} />}
    </section>
  );
}

/** Who has a mayday in hand; while nobody has, one press takes it. It stands on either way. */
function InHand({ unit }: { unit: Unit }) {
  const mayday = unit.signals?.mayday;
  if (!mayday) return null;
  if (mayday.acknowledged_at) {
    return (
      <span>
        {mayday.acknowledged_by} has it in hand since {at(mayday.acknowledged_at)}
      </span>
    );
  }
  const take = () => void attempt(post(unit, "mayday/acknowledge", { called_at: mayday.at }), `You have the mayday of ${unit.call_sign} in hand.`);
  return (
    <button type="button" className="button" onClick={take}>
      I have it
    </button>
  );
}

function ShowUnit({ unit }: { unit: Unit }) {
  return (
    <button type="button" className="button" onClick={() => actions.selectUnit(unit.id)}>
      Show {unit.call_sign}
    </button>
  );
}

function AnswerSheet({ answering, onClose }: { answering: Answering; onClose: () => void }) {
  const [words, setWords] = useState("");
  const fault = answering.optional || words.trim() ? null : "Say how you know: it is kept.";
  return (
    <FormSheet head={answering.head} action={answering.action} fault={fault} onClose={onClose} onSend={async () => {
        await answering.post(words.trim());
      }}>
      <TextField label={answering.label} value={words} onChange={setWords} hint="The crew reads it. No patient's name." />
    </FormSheet>
  );
}

const over = (unit: Unit): Answering => ({
  head: `Mayday of ${unit.call_sign}`,
  action: "The crew is safe",
  label: "How do you know",
  optional: false,
  post: (reason) => post(unit, "mayday/end", { reason }),
});

const answer = (unit: Unit, ask: string, said: string, action: string): Answering => ({
  head: `What ${unit.call_sign} asks for`,
  action,
  label: "For the crew, such as who comes and when",
  optional: true,
  post: (words) => post(unit, `asks/${ask}/answer`, { answer: said, words }),
});

const post = (unit: Unit, what: string, body: object = {}) => send("POST", `/api/units/${unit.id}/${what}`, { id: uuid7(), ...body });

async function attempt(work: Promise<unknown>, text: string): Promise<void> {
  try {
    await work;
    store.set({ message: { tone: "done", text } });
  } catch (error) {
    store.set({ message: { tone: "refused", text: error instanceof Error ? error.message : "Something on this page went wrong." } });
  }
}

function at(time: string | undefined): string {
  return time ? wallTime(time, store.get().picture?.board.region.time_zone ?? "UTC") : "";
}
