import { useId, useState } from "react";
import { aidApi, type Move, type MoveUp } from "../api/aid";
import { useAsk } from "../kit/ask";
import { count, duration, percent } from "../kit/format";
import { Sheet } from "../kit/Sheet";
import { Answer } from "../kit/States";
import { attempt } from "./actions";
import { useDesk } from "./store";

/** Who could wait where instead: the cover it wins, the cover it costs, the drive. */
export function MoveUpSheet({ onClose }: { onClose: () => void }) {
  const asked = useAsk<MoveUp>("/api/move-up");
  const message = useDesk((state) => state.message);
  return (
    <Sheet head="Move-up" onClose={onClose} wide>
      {message && (
        <p className={message.tone === "refused" ? "refused" : "muted"} role="status">
          {message.text}
        </p>
      )}
      <Answer asked={asked} empty={(said) => said.why_not || null}>
        {(said) => (
          <>
            <p>
              {count(said.free, "free ambulance")} cover {percent(said.covered)} of the expected calls within{" "}
              {duration(said.drive_s)} of driving.
            </p>
            {said.moves.length === 0 && <p className="empty">No move is worth proposing now.</p>}
            <ol className="moves">
              {said.moves.map((move, place) => (
                <MoveRow key={`${move.unit} ${move.post}`} move={move} best={place === 0} onDone={asked.again} />
              ))}
            </ol>
            <p className="muted">{said.source}.</p>
          </>
        )}
      </Answer>
    </Sheet>
  );
}

function MoveRow({ move, best, onDone }: { move: Move; best: boolean; onDone: () => void }) {
  const unit = useDesk((state) => state.picture?.units.get(move.unit)?.call_sign) ?? move.unit;
  const post = useDesk((state) => state.picture?.board.stations.find((one) => one.id === move.post)?.name) ?? move.post;
  const [why, setWhy] = useState("");
  const field = useId();
  const act = (work: () => Promise<void>, words: string) =>
    void attempt(async () => {
      await work();
      onDone();
      return words;
    });
  return (
    <li>
      <p>
        <strong>
          {unit} to {post}
        </strong>
        , {duration(move.drive_s)} to drive: wins {percent(move.wins)}, costs {percent(move.costs)}; {percent(move.after)} covered then.
      </p>
      <div className="actions">
        <button type="button" className={best ? "button main" : "button"} onClick={() => act(() => aidApi.move(move.unit, move.post), `${unit} drives to ${post}, available.`)}>
          Order {unit} to {post}
        </button>
        <label className="field" htmlFor={field}>
          <span>Not, because</span>
          <input id={field} value={why} maxLength={300} onChange={(event) => setWhy(event.target.value)} />
        </label>
        <button
          type="button"
          className="button"
          aria-disabled={why.trim() === ""}
          onClick={() => why.trim() && act(() => aidApi.declineMove(move.unit, move.post, why.trim()), `${unit} stays. It is not proposed again for a while.`)}
        >
          Decline
        </button>
      </div>
    </li>
  );
}
