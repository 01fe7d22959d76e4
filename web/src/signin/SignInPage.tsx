import { useCallback, useEffect, useState, type ReactNode, type SyntheticEvent } from "react";
import { Refusal } from "../api/client";
import { remembered, showTheme } from "../kit/remembered";
import { OwnAccount } from "./OwnAccount";
import { Secret } from "./Secret";
import { LockPage } from "./LockPage";
import { door, knowsKeys, NEXT, onward, withKey, type Who } from "./door";
import { asRefusal } from "./refusals";
import { StationStep } from "./StationStep";
import { seated } from "./station";

/** The key of a link that sets a password stands behind the #, which no browser sends to a server. */
const linkKey = () => new URLSearchParams(location.hash.slice(1)).get("set");

/** Where people sign in, set their first password, and look after how they sign in. */
export function SignInPage() {
  const [who, setWho] = useState<Who | null>(null);
  const [asked, setAsked] = useState<{ who: Who; leave: () => void } | null>(null);
  const [fault, setFault] = useState<Refusal | null>(null);
  const [key, setKey] = useState(linkKey);
  const [name, setName] = useState("");
  const look = useCallback(
    () =>
      door.who().then(
        (found) => {
          setFault(null);
          setWho(found);
        },
        (error: unknown) => setFault(asRefusal(error)),
      ),
    [],
  );
  useEffect(() => void look(), [look]);
  useEffect(() => {
    const changed = () => setKey(linkKey());
    window.addEventListener("hashchange", changed);
    return () => window.removeEventListener("hashchange", changed);
  }, []);
  const enter = useCallback(async (next: string | null = new URLSearchParams(location.search).get("next")) => {
    const found = await door.who();
    const leave = () => location.replace(onward(next, found.pages));
    if (await seated(found)) leave();
    else setAsked({ who: found, leave });
  }, []);
  if (asked?.who.lock)
    return (
      <Frame title="Where is this device?">
        <p role="status">You are signed in as {asked.who.account}. One more thing, once on each device.</p>
        <StationStep lock={asked.who.lock} onDone={asked.leave} />
      </Frame>
    );
  if (fault) return <Frame title="Sign in">{<Said refusal={fault} again={() => void look()} />}</Frame>;
  if (!who) return <Frame title="Sign in">{<p role="status">Asking the server.</p>}</Frame>;
  if (key)
    return (
      <Frame title="Set your password" demo={who.demo}>
        <SetPassword
          secret={key}
          onDone={(account) => {
            history.replaceState(null, "", location.pathname);
            setName(account);
            setKey(null);
            void look();
          }}
        />
      </Frame>
    );
  if (!who.accounts) return <NoAccounts />;
  if (location.pathname === "/signin/sign-on") return <FromDirectory who={who} enter={enter} />;
  if (who.lock?.locked) return <LockPage who={who} onUnlocked={() => void enter()} />;
  if (who.signed_in) return <SignedIn who={who} onOut={() => void look()} onChanged={() => void look()} />;
  return (
    <Frame title="Sign in" demo={who.demo}>
      {name && <p role="status">The password is set. Sign in with it now.</p>}
      {who.directory && <ToDirectory name={who.directory} />}
      <Door name={name} enter={enter} />
      {who.demo_people && <DemoPeople who={who} enter={enter} />}
    </Frame>
  );
}

function Frame({ title, demo = false, children }: { title: string; demo?: boolean; children: ReactNode }) {
  const [theme, setTheme] = useState(remembered("theme") === "light" ? "light" : "dark");
  const other = theme === "dark" ? "light" : "dark";
  return (
    <main className="door">
      <header>
        <img src="/static/web/icon.svg" alt="" width="28" height="28" />
        <span className="house">goldenhour</span>
        {demo && <span className="demo-mark">DEMO</span>}
        <button
          type="button"
          className="button plain"
          onClick={() => {
            showTheme(other);
            setTheme(other);
          }}
        >
          {other === "light" ? "Light" : "Dark"}
        </button>
      </header>
      <h1>{title}</h1>
      {children}
    </main>
  );
}

/** What the server would not do, and what can be done. */
function Said({ refusal, again }: { refusal: Refusal; again?: () => void }) {
  return (
    <div className="refused" role="alert">
      <p>
        <strong>{refusal.what}</strong> {refusal.todo}
      </p>
      {again && (
        <button type="button" className="button" onClick={again}>
          Try again
        </button>
      )}
    </div>
  );
}

/** Go where somebody wanted to, once the device's kind is known. */
type Enter = (next?: string | null) => Promise<void>;

/** The way to the directory of the agency. */
function ToDirectory({ name }: { name: string }) {
  const [said, setSaid] = useState<Refusal | null>(null);
  const go = () => {
    const next = new URLSearchParams(location.search).get("next") ?? "";
    door.toDirectory(next).catch((error: unknown) => setSaid(asRefusal(error)));
  };
  return (
    <>
      {said && <Said refusal={said} />}
      <button type="button" className="button main" onClick={go}>
        Sign on through {name}
      </button>
    </>
  );
}

/** Where somebody wanted to go before the directory asked. */
function wanted(): string {
  const next = sessionStorage.getItem(NEXT) ?? "";
  sessionStorage.removeItem(NEXT);
  return next;
}

/** Back from the directory: what it sent is proved once, then the way goes on. */
function FromDirectory({ who, enter }: { who: Who; enter: Enter }) {
  const [said, setSaid] = useState<Refusal | null>(null);
  const [step, setStep] = useState<"code" | "key" | null>(null);
  const [busy, setBusy] = useState(false);
  const refused = (error: unknown) => {
    const refusal = asRefusal(error);
    if (refusal.code.startsWith("second_step")) setStep(refusal.code === "second_step_key" ? "key" : "code");
    else setSaid(refusal);
  };
  const attempt = async (act: () => Promise<unknown>) => {
    setBusy(true);
    setSaid(null);
    await act().then(() => enter(wanted())).catch(refused);
    setBusy(false);
  };
  useEffect(() => {
    const back = new URLSearchParams(location.search);
    const [code, state] = [back.get("code"), back.get("state")];
    if (!code || !state) {
      location.replace("/signin");
      return undefined;
    }
    history.replaceState(null, "", location.pathname); // A code is used once; nobody needs it in the address.
    door
      .fromDirectory(code, state)
      .then(() => enter(wanted()))
      .catch(refused);
    return undefined;
  }, [enter]);
  if (step)
    return (
      <Frame title="One more step" demo={who.demo}>
        <SecondStep
          codes={step === "code"}
          busy={busy}
          said={said}
          attempt={attempt}
          before="The directory knows you."
          onBack={() => location.replace("/signin")}
        />
      </Frame>
    );
  return (
    <Frame title="Signing on" demo={who.demo}>
      {said ? <Said refusal={said} again={() => location.replace("/signin")} /> : <p role="status">Asking the directory.</p>}
    </Frame>
  );
}

/** Name and password, then the second step where the account has one. */
function Door({ name: known, enter }: { name: string; enter: Enter }) {
  const [name, setName] = useState(known);
  const [password, setPassword] = useState("");
  const [step, setStep] = useState<"password" | "code" | "key">("password");
  const [busy, setBusy] = useState(false);
  const [said, setSaid] = useState<Refusal | null>(null);
  const attempt = async (act: () => Promise<unknown>) => {
    if (busy) return;
    setBusy(true);
    setSaid(null);
    try {
      await act();
      await enter();
    } catch (error) {
      const refusal = asRefusal(error);
      if (refusal.code.startsWith("second_step")) {
        setPassword("");
        setStep(refusal.code === "second_step_key" ? "key" : "code");
      } else setSaid(refusal);
    } finally {
      setBusy(false);
    }
  };
  if (step !== "password")
    return (
      <SecondStep
        codes={step === "code"}
        busy={busy}
        said={said}
        attempt={attempt}
        onBack={() => {
          setSaid(null);
          setStep("password");
        }}
      />
    );
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    void attempt(() => door.signIn(name.trim().toLowerCase(), password));
  };
  return (
    <form onSubmit={submit}>
      <label className="field">
        <span>Name</span>
        <input
          value={name}
          onChange={(event) => setName(event.target.value)}
          autoComplete="username webauthn"
          autoCapitalize="none"
          spellCheck={false}
          // eslint-disable-next-line jsx-a11y/no-autofocus -- Nobody comes to this page for anything else.
          autoFocus={!known}
          required
        />
      </label>
      <Secret label="Password" value={password} onChange={setPassword} autoComplete="current-password" first={!!known} />
      {said && <Said refusal={said} />}
      <button type="submit" className="button main" aria-disabled={busy}>
        {busy ? "Asking" : "Sign in"}
      </button>
      {knowsKeys() && (
        <button type="button" className="button" aria-disabled={busy} onClick={() => void attempt(() => withKey("passkey"))}>
          Sign in with a passkey
        </button>
      )}
      <p className="muted">Forgotten the password? Your administrator makes you a link that sets a new one.</p>
    </form>
  );
}

function SecondStep({
  codes,
  busy,
  said,
  attempt,
  before = "The password is right.",
  onBack,
}: {
  codes: boolean;
  busy: boolean;
  said: Refusal | null;
  attempt: (act: () => Promise<unknown>) => Promise<void>;
  /** What is proved already. */
  before?: string;
  onBack: () => void;
}) {
  const [code, setCode] = useState("");
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    if (codes) void attempt(() => door.code(code.trim()));
  };
  return (
    <form onSubmit={submit}>
      <p role="status">{before} One more step.</p>
      {codes && (
        <label className="field">
          <span>Code from your app, or a recovery code</span>
          <input
            value={code}
            onChange={(event) => setCode(event.target.value)}
            autoComplete="one-time-code"
            inputMode="numeric"
            // eslint-disable-next-line jsx-a11y/no-autofocus -- The step before led here.
            autoFocus
            required
          />
        </label>
      )}
      {said && <Said refusal={said} />}
      {codes && (
        <button type="submit" className="button main" aria-disabled={busy}>
          Go on
        </button>
      )}
      {knowsKeys() && (
        <button
          type="button"
          className={codes ? "button" : "button main"}
          aria-disabled={busy}
          onClick={() => void attempt(() => withKey("key"))}
        >
          Use your key
        </button>
      )}
      <button type="button" className="button plain" onClick={onBack}>
        Back to name and password
      </button>
    </form>
  );
}

function SetPassword({ secret, onDone }: { secret: string; onDone: (account: string) => void }) {
  const [password, setPassword] = useState("");
  const [again, setAgain] = useState("");
  const [said, setSaid] = useState<Refusal | null>(null);
  const submit = async (event: SyntheticEvent) => {
    event.preventDefault();
    setSaid(null);
    if (password !== again) {
      setSaid(new Refusal({ code: "differ", what: "The two passwords differ.", do: "Type the same one twice." }));
      return;
    }
    try {
      onDone((await door.setPassword(secret, password)).account);
    } catch (error) {
      setSaid(asRefusal(error));
    }
  };
  return (
    <form onSubmit={(event) => void submit(event)}>
      <Secret label="New password" value={password} onChange={setPassword} autoComplete="new-password" first />
      <Secret label="The same again" value={again} onChange={setAgain} autoComplete="new-password" />
      <p className="muted">At least 12 signs. Several words that nobody would guess together are good and easy to type.</p>
      {said && <Said refusal={said} />}
      <button type="submit" className="button main">
        Set the password
      </button>
    </form>
  );
}

/** A demo's people, one press each. Their password is no secret: a demo answers only its own machine. */
function DemoPeople({ who, enter }: { who: Who; enter: Enter }) {
  const [said, setSaid] = useState<Refusal | null>(null);
  const be = async (account: string) => {
    setSaid(null);
    try {
      await door.signIn(account, who.demo_password ?? "");
      await enter();
    } catch (error) {
      setSaid(asRefusal(error));
    }
  };
  return (
    <section className="demo-people" aria-label="People of the demo">
      <h2>Or be one of the demo's people</h2>
      <p className="muted">
        Their password is <code>{who.demo_password}</code>. The board is open without signing in: <a href="/">open it</a>.
      </p>
      {said && <Said refusal={said} />}
      <ul>
        {who.demo_people?.map((one) => (
          <li key={one.account}>
            <button type="button" onClick={() => void be(one.account)}>
              <strong>{one.account}</strong>
              <span className="muted">{one.words}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function SignedIn({ who, onOut, onChanged }: { who: Who; onOut: () => void; onChanged: () => void }) {
  const next = new URLSearchParams(location.search).get("next");
  const way = onward(next, who.pages);
  useEffect(() => {
    if (next) location.replace(way); // Somebody was sent here and is signed in already.
  }, [next, way]);
  return (
    <Frame title={`You are signed in as ${who.account}`} demo={who.demo}>
      <p>{who.roles.join("; ") || "Your account has no role yet. Ask your administrator for one."}</p>
      <p className="ways">
        <a className="button main" href={way}>
          Go on
        </a>
        <button type="button" className="button" onClick={() => void door.signOut().then(onOut, onOut)}>
          Sign out
        </button>
      </p>
      {who.lock && who.lock.stations.length > 1 && !who.demo && (
        <section className="own" aria-labelledby="station">
          <h2 id="station">This device</h2>
          <StationStep lock={who.lock} now={who.lock.station} onDone={onChanged} />
        </section>
      )}
      <OwnAccount />
    </Frame>
  );
}

function NoAccounts() {
  return (
    <Frame title="There are no accounts yet">
      <p>Until the first one is made, whoever sits at this machine may do everything, and nobody else anything.</p>
      <p className="muted">
        Make one at this machine: <code>goldenhour accounts add NAME --role administrator</code>
      </p>
      <p>
        <a className="button main" href="/">
          Open the board
        </a>
      </p>
    </Frame>
  );
}
