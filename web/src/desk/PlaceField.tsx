import { useEffect, useRef, useState, type KeyboardEvent } from "react";
import { placesAt, type FoundPlace, type Places } from "../api/calls";
import { useAsk, useSettled } from "../kit/ask";
import { camera } from "../map/camera";
import { taking } from "./taking";
import { store, useDesk } from "./store";

const STILL_MS = 80;

/** Where is it? One field for an address, a crossing, a name, a phone's coordinates. The list says in which town. */
export function PlaceField() {
  const typed = useDesk((state) => String(state.taking?.fields.place ?? ""));
  const placed = useDesk((state) => state.mode.kind === "describing");
  const [open, setOpen] = useState(true);
  const [at, setAt] = useState<number | null>(null);
  const entered = useRef<string | null>(null);
  const field = useRef<HTMLInputElement>(null);
  const settled = useSettled(typed.trim(), STILL_MS);
  const asked = useAsk<Places>(!placed && settled.length > 1 ? placesAt(settled) : null);
  const answer = asked.data;
  const fresh = !placed && answer?.q === typed.trim();
  const places = placed || !answer || typed.trim() === "" ? [] : answer.places;
  // Of one address in two towns none is picked for the call taker: the caller is asked.
  const active = at ?? (answer?.ambiguous ? -1 : 0);
  const shown = open && places.length > 0;

  useEffect(() => {
    if (store.get().mode.kind === "placing") field.current?.focus();
  }, []);
  useEffect(() => {
    document.getElementById(`take-place-${active}`)?.scrollIntoView({ block: "nearest" });
  }, [active]);
  useEffect(() => {
    // Enter was pressed before the list was there: what is certain is taken, anything else is asked.
    if (entered.current === null || !fresh || entered.current !== answer.q) return;
    const [first] = answer.places;
    entered.current = null;
    if (first?.exact && !answer.ambiguous) pick(first);
  }, [fresh, answer]);

  const type = (text: string) => {
    setOpen(true);
    setAt(null);
    entered.current = null;
    if (placed) store.set({ mode: { kind: "placing" } });
    // What was picked is no longer what stands here: it would be another place under the old mark.
    taking.type({ place: text || null, ...(placed ? { lon: null, lat: null, address: null, exact: null } : {}) });
  };
  const keys = (event: KeyboardEvent) => {
    if ((event.key === "ArrowDown" || event.key === "ArrowUp") && places.length > 0) {
      event.preventDefault();
      setOpen(true);
      const step = event.key === "ArrowDown" ? 1 : -1;
      setAt(active < 0 ? (step > 0 ? 0 : places.length - 1) : (active + step + places.length) % places.length);
    } else if (event.key === "Enter") {
      event.preventDefault();
      const found = shown && fresh ? places[active] : undefined;
      if (found) pick(found);
      else if (placed) toQuestions();
      else if (!fresh) entered.current = typed.trim();
    } else if (event.key === "Escape" && shown) {
      event.preventDefault();
      event.stopPropagation();
      setOpen(false);
    }
  };
  const words = hint({ typed: typed.trim(), placed, asked: fresh ? answer : null, refused: asked.refusal?.message ?? null });
  return (
    <section className="take-place" aria-label="Location">
      <div className="field combobox">
        <div className="place-head">
          <label htmlFor="take-place" className="field-name">
            Location
          </label>
          {placed && <span className="muted">picked; typing here takes it back</span>}
        </div>
        <input
          ref={field}
          id="take-place"
          role="combobox"
          aria-expanded={shown}
          aria-controls="take-place-list"
          aria-autocomplete="list"
          aria-activedescendant={shown && active >= 0 ? `take-place-${active}` : undefined}
          aria-describedby="take-place-hint"
          autoComplete="off"
          spellCheck={false}
          placeholder="Number and street, crossing, name, coordinates"
          value={typed}
          onChange={(event) => type(event.target.value)}
          onKeyDown={keys}
        />
        <p id="take-place-hint" className={words.ask ? "ask-town" : placed ? "unseen" : "muted"} role="status">
          {words.text}
        </p>
        {shown && (
          <div id="take-place-list" role="listbox" aria-label="Places" className="places">
            {places.map((one, i) => (
              // The field keeps the focus and has the keys; these only take the pointer.
              // eslint-disable-next-line jsx-a11y/click-events-have-key-events
              <div
                key={`${one.label} ${one.lon} ${one.lat}`}
                id={`take-place-${i}`}
                role="option"
                tabIndex={-1}
                aria-selected={i === active}
                onPointerDown={(event) => event.preventDefault()}
                onClick={() => pick(one)}
              >
                <span className="name">{nameOf(one)}</span>
                <strong className="town">{one.municipality}</strong>
                {one.note && <span className="note">{one.note}</span>}
              </div>
            ))}
          </div>
        )}
      </div>
      {!placed && <OnTheMap />}
    </section>
  );
}

function pick(found: FoundPlace): void {
  void taking.pick(found, found.label);
  toQuestions();
}

/** The keys go to the questions: outside every field. */
export function toQuestions(): void {
  const questions = document.getElementById("triage");
  if (questions) {
    questions.focus();
    return;
  }
  // They only now come to be. Until then the next key must not land in the field.
  document.getElementById("take-card")?.focus();
  setTimeout(() => document.getElementById("triage")?.focus(), 0);
}

/** What stands before the town, which has its own column. */
function nameOf(one: FoundPlace): string {
  const tail = `, ${one.municipality}`;
  return one.municipality && one.label.endsWith(tail) ? one.label.slice(0, -tail.length) : one.label;
}

function hint({ typed, placed, asked, refused }: { typed: string; placed: boolean; asked: Places | null; refused: string | null }): {
  text: string;
  ask?: boolean;
} {
  if (placed) return { text: "The place is picked. Typing here takes it back." };
  if (refused !== null) return { text: refused };
  if (typed.length < 2 || !asked) return { text: "Arrow keys and Enter pick; a click on the map does too." };
  if (asked.places.length === 0) return { text: "Nothing here is called that. Try a crossing or a name, or point it out on the map." };
  if (asked.ambiguous) return { text: `${asked.ask || "In which town?"} The same words stand in several: arrow keys, then Enter.`, ask: true };
  return { text: "Enter picks the first; arrow keys another one." };
}

const STEPS: Record<string, [right: number, down: number]> = {
  ArrowLeft: [-40, 0],
  ArrowRight: [40, 0],
  ArrowUp: [0, -40],
  ArrowDown: [0, 40],
};

/** Pointing out a place by keys: the map moves under the crosshair. */
function OnTheMap() {
  const move = (event: KeyboardEvent) => {
    const step = STEPS[event.key];
    if (!step) return;
    event.preventDefault();
    camera.current?.pan(...step);
  };
  const choose = () => {
    const place = camera.current?.centre();
    if (!place) return;
    void taking.place(place);
    toQuestions();
  };
  return (
    <button type="button" className="button" title="Arrow keys move the map under the crosshair" onKeyDown={move} onClick={choose}>
      Here, under the crosshair
    </button>
  );
}
