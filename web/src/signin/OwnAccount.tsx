import { useCallback, useEffect, useState, type SyntheticEvent } from "react";
import { Refusal } from "../api/client";
import { Secret } from "./Secret";
import { asRefusal } from "./refusals";
import { addKey, door, knowsKeys, type SecondStep } from "./door";

/** How one signs in: the password, and the second step. */
export function OwnAccount() {
  const [steps, setSteps] = useState<SecondStep[] | null>(null);
  const [app, setApp] = useState<{ secret: string; svg: string } | null>(null);
  const [codes, setCodes] = useState<string[] | null>(null);
  const [said, setSaid] = useState<Refusal | null>(null);
  const [waiting, setWaiting] = useState<(() => Promise<unknown>) | null>(null);
  const load = useCallback(() => door.steps().then(setSteps, (error: unknown) => setSaid(asRefusal(error))), []);
  useEffect(() => void load(), [load]);

  /** Do something; where the site wants the password once more, ask for it and go on. */
  const act = async (what: () => Promise<unknown>) => {
    setSaid(null);
    try {
      await what();
      setWaiting(null);
      await load();
    } catch (error) {
      const refusal = asRefusal(error);
      if (refusal.code === "sign_in_again") setWaiting(() => what);
      else setSaid(refusal);
    }
  };

  const has = (type: SecondStep["type"]) => steps?.find((one) => one.type === type);
  const keys = steps?.filter((one) => one.type === "webauthn") ?? [];
  return (
    <section className="own" aria-label="How you sign in">
      <h2>Second step</h2>
      <p className="muted">Asked for after the password, so that a password alone opens nothing.</p>
      {said && (
        <p className="refused" role="alert">
          <strong>{said.what}</strong> {said.todo}
        </p>
      )}
      {waiting && <Again onDone={() => void act(waiting)} />}
      <ul className="rows">
        <li>
          <span>App of codes: {has("totp") ? "set up" : "not set up"}</span>
          {has("totp") ? (
            <button type="button" className="button" onClick={() => void act(door.removeApp)}>
              Remove
            </button>
          ) : (
            <button type="button" className="button" onClick={() => void act(async () => setApp(await door.newApp()))}>
              Set up
            </button>
          )}
        </li>
        {app && !has("totp") && (
          <li>
            <NewApp
              app={app}
              onCode={(code) =>
                void act(async () => {
                  await door.addApp(code);
                  setApp(null);
                  setCodes(await door.newCodes());
                })
              }
            />
          </li>
        )}
        {keys.map((one) => (
          <li key={one.id}>
            <span>Passkey: {one.name}</span>
            <button type="button" className="button" onClick={() => void act(() => door.removeKey(one.id ?? 0))}>
              Remove
            </button>
          </li>
        ))}
        {knowsKeys() && (
          <li>
            <span>{keys.length === 0 ? "Passkey: none" : "Another passkey"}</span>
            <button type="button" className="button" onClick={() => void act(() => addKey(`Key ${keys.length + 1}`))}>
              Add
            </button>
          </li>
        )}
        {has("recovery_codes") && (
          <li>
            <span>Recovery codes: {has("recovery_codes")?.unused_code_count} left</span>
            <button type="button" className="button" onClick={() => void act(async () => setCodes(await door.newCodes()))}>
              Make new ones
            </button>
          </li>
        )}
      </ul>
      {codes && (
        <div role="status">
          <p>Keep these codes where only you can find them. Each works once, when the app or the key is lost.</p>
          <ol className="codes">
            {codes.map((one) => (
              <li key={one}>{one}</li>
            ))}
          </ol>
        </div>
      )}
      <h2>Password</h2>
      <ChangePassword />
    </section>
  );
}

function NewApp({ app, onCode }: { app: { secret: string; svg: string }; onCode: (code: string) => void }) {
  const [code, setCode] = useState("");
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    onCode(code.trim());
  };
  return (
    <form onSubmit={submit}>
      <img className="scan" src={`data:image/svg+xml,${encodeURIComponent(app.svg)}`} alt="To scan with the app" />
      <p className="muted">
        Scan it with an app of codes, or type <code>{app.secret}</code> there. Then type the code it shows.
      </p>
      <label className="field">
        <span>Code</span>
        <input
          value={code}
          onChange={(event) => setCode(event.target.value)}
          autoComplete="one-time-code"
          inputMode="numeric"
          required
        />
      </label>
      <button type="submit" className="button main">
        Check the code
      </button>
    </form>
  );
}

function Again({ onDone }: { onDone: () => void }) {
  const [password, setPassword] = useState("");
  const [said, setSaid] = useState<Refusal | null>(null);
  const submit = async (event: SyntheticEvent) => {
    event.preventDefault();
    try {
      await door.again(password);
      onDone();
    } catch (error) {
      setSaid(asRefusal(error));
    }
  };
  return (
    <form onSubmit={(event) => void submit(event)}>
      <Secret label="Your password once more" value={password} onChange={setPassword} autoComplete="current-password" first />
      {said && (
        <p className="refused" role="alert">
          <strong>{said.what}</strong> {said.todo}
        </p>
      )}
      <button type="submit" className="button main">
        Go on
      </button>
    </form>
  );
}

function ChangePassword() {
  const [current, setCurrent] = useState("");
  const [password, setPassword] = useState("");
  const [said, setSaid] = useState<Refusal | null>(null);
  const [done, setDone] = useState(false);
  const submit = async (event: SyntheticEvent) => {
    event.preventDefault();
    setSaid(null);
    setDone(false);
    try {
      await door.changePassword(current, password);
      setCurrent("");
      setPassword("");
      setDone(true);
    } catch (error) {
      setSaid(asRefusal(error));
    }
  };
  return (
    <form onSubmit={(event) => void submit(event)}>
      <Secret label="Current password" value={current} onChange={setCurrent} autoComplete="current-password" />
      <Secret label="New password" value={password} onChange={setPassword} autoComplete="new-password" />
      {said && (
        <p className="refused" role="alert">
          <strong>{said.what}</strong> {said.todo}
        </p>
      )}
      {done && <p role="status">The password is changed. Where you were signed in elsewhere, you are not any more.</p>}
      <button type="submit" className="button">
        Change it
      </button>
    </form>
  );
}
