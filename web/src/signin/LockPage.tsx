import { useEffect, useState, type SyntheticEvent } from "react";
import { Refusal, send } from "../api/client";
import type { Lock } from "../kit/lock";
import { Secret } from "./Secret";
import { asRefusal } from "./refusals";
import { door, knowsKeys, withKey, type Who } from "./door";
import type * as server from "../api/generated";

type Wall = server.WallOut;

const WALL_MS = 15_000;
const STATES: Record<string, string> = {
  here: "at the door",
  on_the_way: "on the way",
  to_come: "will come",
  accepted: "handed over",
};

/** A station that locked itself: nothing of before is shown until whoever is signed in proves it. */
export function LockPage({ who, onUnlocked }: { who: Who & { lock?: Lock | null }; onUnlocked: () => void }) {
  const [password, setPassword] = useState("");
  const [busy, setBusy] = useState(false);
  const [said, setSaid] = useState<Refusal | null>(null);
  const attempt = async (act: () => Promise<unknown>) => {
    if (busy) return;
    setBusy(true);
    setSaid(null);
    try {
      await act();
      onUnlocked();
    } catch (error) {
      const refusal = asRefusal(error);
      if (refusal.code === "not_signed_in") location.reload(); // Signed out meanwhile: the door asks for the name too.
      setSaid(refusal);
      setPassword("");
    } finally {
      setBusy(false);
    }
  };
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    void attempt(() => door.again(password));
  };
  return (
    <main className="door">
      <header>
        <img src="/static/web/icon.svg" alt="" width="28" height="28" />
        <span className="house">goldenhour</span>
      </header>
      <h1>Locked</h1>
      <p>Nobody has touched this station for a while. You are still signed in as {who.account}.</p>
      <form onSubmit={submit}>
        <Secret label="Password" value={password} onChange={setPassword} autoComplete="current-password" first />
        {said && (
          <div className="refused" role="alert">
            <p>
              <strong>{said.what}</strong> {said.todo}
            </p>
          </div>
        )}
        <button type="submit" className="button main" aria-disabled={busy}>
          {busy ? "Asking" : "Unlock"}
        </button>
        {knowsKeys() && (
          <button type="button" className="button" aria-disabled={busy} onClick={() => void attempt(() => withKey("again"))}>
            Unlock with a key
          </button>
        )}
        {who.directory && (
          <button
            type="button"
            className="button"
            onClick={() =>
              void attempt(() => door.toDirectory(location.pathname + location.search).then(() => new Promise(() => undefined)))
            }
          >
            Unlock through {who.directory}
          </button>
        )}
        <button
          type="button"
          className="button plain"
          onClick={() => void door.signOut().then(() => location.assign("/signin"), () => location.assign("/signin"))}
        >
          Sign out, so that somebody else can sign in
        </button>
      </form>
      {who.lock?.station === "wall" && <Coming hospitals={hospitalsOf(who)} />}
    </main>
  );
}

function hospitalsOf(who: Who): string[] {
  return who.grants.filter((one) => one.role === "hospital" && one.agency !== "*").map((one) => one.agency);
}

/** What a locked wall still shows: who comes, when, and for what; nothing of any patient. */
function Coming({ hospitals }: { hospitals: string[] }) {
  const [walls, setWalls] = useState<Wall[]>([]);
  const wanted = hospitals.join("\n");
  useEffect(() => {
    const look = () =>
      Promise.all(
        wanted.split("\n").map((one) => send<Wall>("GET", `/api/hospitals/${encodeURIComponent(one)}/wall`)),
      ).then(setWalls, () => undefined);
    if (!wanted) return undefined;
    void look();
    const timer = setInterval(() => void look(), WALL_MS);
    return () => clearInterval(timer);
  }, [wanted]);
  return (
    <>
      {walls.map((wall) => (
        <section key={wall.hospital.name} aria-label={`Coming to ${wall.hospital.name}`}>
          <h2>Coming to {wall.hospital.name}</h2>
          {wall.inbound.length === 0 && <p className="muted">Nobody is on the way.</p>}
          <ul className="coming">
            {wall.inbound.map((one) => (
              <li key={`${one.call_sign} ${one.eta}`}>
                <strong>{one.call_sign}</strong> {STATES[one.state] ?? one.state}
                {one.eta && `, ${new Date(one.eta).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" })}`}
                {one.announced.length > 0 && `: ${one.announced.join(", ")}`}
              </li>
            ))}
          </ul>
        </section>
      ))}
    </>
  );
}
