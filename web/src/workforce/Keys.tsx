import { Sheet } from "../kit/Sheet";
import { SECTIONS } from "./sections";

const KEYS = [
  ["/", "Search on this page"],
  ["t", "Change the theme"],
  ["?", "Show these keys"],
  ["↑ ↓", "Walk along the rows of a table"],
  ["Enter", "Open the row"],
  ["Esc", "Close what is open"],
] as const;

/** All keys of the office. */
export function Keys({ onClose }: { onClose: () => void }) {
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
        {SECTIONS.map((one) => (
          <div key={one.key} className="row">
            <dt>
              <kbd>g</kbd> <kbd>{one.letter}</kbd>
            </dt>
            <dd>{one.label}</dd>
          </div>
        ))}
      </dl>
    </Sheet>
  );
}
