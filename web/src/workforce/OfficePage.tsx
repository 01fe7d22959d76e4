import { useEffect, useState, type ReactNode } from "react";
import { PageMenu } from "../kit/PageMenu";
import { holds, useSession, type Session } from "../kit/session";
import { RefusedWords } from "../kit/States";
import { currentTheme, showTheme } from "../kit/remembered";
import { go, Link, useWhere } from "../kit/where";
import { CrewsPage } from "./CrewsPage";
import { ExpiriesPage } from "./ExpiriesPage";
import { ImportPage } from "./ImportPage";
import { Keys } from "./Keys";
import { MePage, TodayPage } from "./MePage";
import { MovingPage } from "./MovingPage";
import { PeoplePage } from "./PeoplePage";
import { hush, useSaid } from "./saying";
import { ScopePage } from "./ScopePage";
import { SeatsPage } from "./SeatsPage";
import { sectionAt, SECTIONS } from "./sections";
import { useSetting, useSettingRefusal } from "./setting";
import { TrainingPage } from "./TrainingPage";
import { WaitingPage } from "./WaitingPage";

/** The frame of the office: sections at the side, the page, one line at the bottom. */
export function OfficePage() {
  const { path } = useWhere();
  const section = sectionAt(path);
  const [help, setHelp] = useState(false);
  useOfficeKeys(() => setHelp(true));
  useEffect(() => {
    hush();
    const label = section === "me" ? "Me" : SECTIONS.find((one) => one.key === section)?.label;
    document.title = `${label ?? "Workforce"} - goldenhour`;
  }, [path, section]);
  const session = useSession();
  const { roles = [] } = SECTIONS.find((one) => one.key === section) ?? {};
  const shut = roles.length > 0 && !holds(session, ...roles);
  return (
    <div className="office" data-own={section === "me"}>
      {section !== "me" && <Rail section={section} />}
      <main id="page">
        {shut ? <Door session={session} /> : pageOf(section, path)}
      </main>
      <Foot own={section === "me"} onHelp={() => setHelp(true)} />
      {help && <Keys onClose={() => setHelp(false)} />}
    </div>
  );
}

function pageOf(section: string, path: string): ReactNode {
  const today = /^\/workforce\/people\/([^/]+)\/today$/.exec(path)?.[1];
  if (today !== undefined) return <TodayPage person={decodeURIComponent(today)} />;
  switch (section) {
    case "me":
      return <MePage />;
    case "people":
      return <PeoplePage />;
    case "expiries":
      return <ExpiriesPage />;
    case "seats":
      return <SeatsPage />;
    case "import":
      return <ImportPage />;
    case "waiting":
      return <WaitingPage />;
    case "crews":
      return <CrewsPage />;
    case "moving":
      return <MovingPage />;
    case "training":
      return <TrainingPage />;
    case "scope":
      return <ScopePage />;
    default:
      return <Nowhere />;
  }
}

/** A section that is not for this account, with what is; while nobody knows whose it is, that. */
function Door({ session }: { session: Session | null }) {
  const refusal = useSettingRefusal();
  if (!session && refusal) return <RefusedWords refusal={refusal} again={() => location.reload()} />;
  if (!session) return <p className="empty">Asking who is here.</p>;
  const { signedIn } = session;
  const next = encodeURIComponent(location.pathname + location.search);
  return (
    <div className="shut">
      <h1>{signedIn ? "This is not for your account" : "Sign in to see this"}</h1>
      <p>
        {signedIn
          ? "People and their credentials are for credentialing officers, medical directors and the state office, as far as their agencies go."
          : "People and their credentials are shown to those who look after them."}
      </p>
      <p className="actions">
        {!signedIn && (
          <a className="button main" href={`/signin?next=${next}`}>
            Sign in
          </a>
        )}
        <Link className="button" href="/workforce/scope">
          Scope of practice
        </Link>
        <Link className="button" href="/me">
          My own page
        </Link>
      </p>
    </div>
  );
}

function Nowhere() {
  return (
    <div className="empty">
      <h1>There is no such page</h1>
      <p>
        The address leads nowhere. <Link href="/workforce">Go to the people</Link>.
      </p>
    </div>
  );
}

function Rail({ section }: { section: string }) {
  const session = useSession();
  const mine = SECTIONS.filter((one) => one.roles.length === 0 || holds(session, ...one.roles));
  const groups = [...new Set(mine.map((one) => one.group))];
  return (
    <nav className="rail" aria-label="Workforce">
      {groups.map((group) => (
        <div key={group}>
          <h2 aria-hidden="true">{group}</h2>
          <ul>
            {mine
              .filter((one) => one.group === group)
              .map((one) => (
              <li key={one.key}>
                <Link href={one.href} aria-current={one.key === section ? "page" : undefined}>
                  {one.label}
                </Link>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </nav>
  );
}

function Foot({ own, onHelp }: { own: boolean; onHelp: () => void }) {
  const said = useSaid();
  const setting = useSetting();
  const session = useSession();
  return (
    <footer className="foot">
      <PageMenu here={own ? "me" : "workforce"} />
      {session?.demo && <strong className="demo-line">DEMO - not real people</strong>}
      {setting && (
        <span className="today">
          <span className="muted">Today</span> {setting.today}
        </span>
      )}
      <output className="message" data-tone={said?.tone}>
        {said?.text}
      </output>
      <button type="button" className="button plain" onClick={changeTheme}>
        Theme <kbd aria-hidden="true">t</kbd>
      </button>
      <button type="button" className="button plain" onClick={onHelp}>
        Keys <kbd aria-hidden="true">?</kbd>
      </button>
    </footer>
  );
}

const changeTheme = () => showTheme(currentTheme() === "dark" ? "light" : "dark");

const IN_FIELDS = "input, select, textarea, [contenteditable]";

/** Single keys outside fields and sheets: "/" searches, "g" and a letter goes to a section, "?" shows all. */
function useOfficeKeys(onHelp: () => void): void {
  useEffect(() => {
    let going = false;
    const press = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
      const target = event.target;
      if (target instanceof Element && (target.matches(IN_FIELDS) || target.closest("dialog"))) return;
      const goal = going ? SECTIONS.find((one) => one.letter === event.key) : undefined;
      const wasGoing = going;
      going = !wasGoing && event.key === "g";
      if (goal) go(goal.href);
      else if (wasGoing || going) return;
      else if (event.key === "/") document.querySelector<HTMLElement>("[data-search] input")?.focus();
      else if (event.key === "t") changeTheme();
      else if (event.key === "?") onHelp();
      else return;
      event.preventDefault();
    };
    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  }, [onHelp]);
}
