import { Sheet } from "../kit/Sheet";

const KEYS = [
  ["a", "Acknowledge the pre-alert that waits longest"],
  ["j k", "Walk along the patients"],
  ["Enter", "Press the button that is marked"],
  ["m", "Sound on or off"],
  ["w", "Wall or desk"],
  ["t", "Change the theme"],
  ["?", "Show these keys"],
  ["Esc", "Close what is open"],
] as const;

/** All keys of the hospital's page. */
export function KeysSheet({ onClose }: { onClose: () => void }) {
  return (
    <Sheet head="Keys" onClose={onClose}>
      <dl>
        {KEYS.map(([key, label]) => (
          <div key={key} className="row">
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{label}</dd>
          </div>
        ))}
      </dl>
    </Sheet>
  );
}
