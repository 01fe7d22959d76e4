import { useState } from "react";
import { send, type Refusal } from "../api/client";
import { asRefusal, useAsk } from "../kit/ask";
import { PageMenu } from "../kit/PageMenu";
import { SelectField } from "../kit/Fields";
import { remember } from "../kit/remembered";
import { useSession } from "../kit/session";
import { announce } from "../kit/sound";
import { Answer, RefusedWords } from "../kit/States";
import { uuid7 } from "../kit/uuid7";
import { useWhere } from "../kit/where";
import { STATUSES } from "../kit/words";
import type { Status } from "../api/types";
import { signPhoneOn } from "./device";
import { ShiftView } from "./ShiftView";
import type { ShiftCheck } from "./types";
import type * as server from "../api/generated";

type Units = server.OwnUnitsOut;

/** Which unit, who sits where, what that crew counts for; then this device is the unit's. */
export function SignOn({ onUnit }: { onUnit: () => void }) {
  const units = useAsk<Units>("/api/crew/units");
  const where = useWhere(); // A page that somebody accepted names its unit.
  const [unit, setUnit] = useState(where.query.get("unit") ?? "");
  return (
    <main className="crew-door">
      <h1>Sign on</h1>
      <Answer asked={units} empty={(said) => (said.units.length === 0 ? "There is no unit here that your account belongs to." : null)}>
        {(said) => (
          <>
            <SelectField
              label="Unit"
              value={unit}
              onChange={setUnit}
              options={[
                { value: "", label: "Pick a unit" },
                ...said.units.map((one) => ({
                  value: one.id,
                  label: `${one.call_sign}, ${STATUSES[one.status].label.toLowerCase()}`,
                  group: one.agency,
                })),
              ]}
            />
            {unit && <Check key={unit} unit={unit} status={said.units.find((one) => one.id === unit)?.status} onUnit={onUnit} />}
          </>
        )}
      </Answer>
      <footer className="crew-foot">
        <PageMenu here="crew" />
      </footer>
    </main>
  );
}

function Check({ unit, status, onUnit }: { unit: string; status: Status | undefined; onUnit: () => void }) {
  const session = useSession();
  const check = useAsk<ShiftCheck>(`/api/units/${unit}/crew/check`);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [busy, setBusy] = useState(false);
  const attempt = (work: () => Promise<unknown>, then: () => void) => {
    setBusy(true);
    setRefusal(null);
    work().then(
      () => {
        setBusy(false);
        then();
      },
      (error: unknown) => {
        setBusy(false);
        setRefusal(asRefusal(error));
      },
    );
  };
  const sit = (seat: string) => attempt(() => post(unit, "on", { person: session?.person ?? "", seat }), check.again);
  const leave = (person: string) => attempt(() => post(unit, "off", { person }), check.again);
  const begin = () =>
    attempt(async () => {
      announce(2); // This press lets the browser sound the alerts to come.
      remember("sound", "on");
      if (status === "out_of_service") await send("POST", `/api/units/${unit}/duty`, { id: uuid7(), on: true });
      await signPhoneOn(unit);
    }, onUnit);
  return (
    <Answer asked={check}>
      {(said) => (
        <>
          <ShiftView check={said} busy={busy} onSit={said.you ? sit : null} onLeave={leave} />
          {refusal && <RefusedWords refusal={refusal} />}
          <button type="button" className="next" aria-disabled={busy} onClick={() => !busy && begin()}>
            {busy ? "Measuring the clock" : `Use this phone for ${unit.split("/").at(-1) ?? unit}`}
          </button>
          <p className="muted">Alerts sound from now on. The clock of this phone is measured; its times are corrected by it.</p>
        </>
      )}
    </Answer>
  );
}

const post = (unit: string, what: string, body: object) =>
  send("POST", `/api/workforce/crews/${unit}/${what}`, { id: uuid7(), ...body });
