import { useEffect, useRef } from "react";
import { keyName } from "./CommandButton";
import { ANSWERS, COMMANDS } from "./commands";
import { STEPS, usage } from "./typed";
import { store, useDesk } from "./store";
import { STAMPS } from "../kit/words";

const GROUPS = [...new Set(COMMANDS.map((command) => command.group))];

/** All keys, from the same commands that the buttons use. */
export function HelpSheet() {
  const open = useDesk((state) => state.helpOpen);
  const demo = useDesk((state) => state.picture?.board.demo ?? false);
  const sheet = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (open) sheet.current?.showModal();
    else sheet.current?.close();
  }, [open]);
  const close = () => store.set({ helpOpen: false });
  return (
    <dialog ref={sheet} className="sheet" aria-labelledby="help-head" onClose={close}>
      <div className="panel-head">
        <h2 id="help-head">Keys</h2>
        <button type="button" className="button plain" onClick={close}>
          Close <kbd aria-hidden="true">Esc</kbd>
        </button>
      </div>
      {GROUPS.filter((group) => demo || group !== "Demo").map((group) => (
        <section key={group}>
          <h3 className="group-head">{group}</h3>
          <dl>
            {COMMANDS.filter((command) => command.group === group && !ANSWERS.slice(1).includes(command)).map((command) => (
              <div key={command.id} className="row">
                <dt>{command.keys !== null && <kbd>{keyName(command)}</kbd>}</dt>
                <dd>
                  {command.label}
                  {command.typed && <code className="usage">{usage(command)}</code>}
                </dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
      <section>
        <h3 className="group-head">On the command line</h3>
        <p>
          A call by its number or the end of it, a unit by its call sign, and behind it a step: M12 ER. <code>? SEND</code> explains one word.
        </p>
        <dl>
          {Object.entries(STEPS).map(([mark, step]) => (
            <div key={mark} className="row">
              <dt>
                <kbd>{mark}</kbd>
              </dt>
              <dd>{STAMPS[step]}</dd>
            </div>
          ))}
        </dl>
      </section>
    </dialog>
  );
}
