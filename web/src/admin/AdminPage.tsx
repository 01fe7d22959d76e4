import { useEffect, useState } from "react";
import { PageMenu } from "../kit/PageMenu";
import { currentTheme, showTheme } from "../kit/remembered";
import { holds, useSession } from "../kit/session";
import { Link, useWhere } from "../kit/where";
import { AccountsPage } from "./AccountsPage";
import { BreakGlassPage } from "./BreakGlassPage";
import { GlassPage } from "./GlassPage";
import { PagingPage } from "./PagingPage";
import { ReadsPage } from "./ReadsPage";
import { TokensPage } from "./TokensPage";

const SECTIONS = [
  { key: "accounts", label: "Accounts", roles: ["administrator"] },
  { key: "tokens", label: "Programs", roles: ["administrator"] },
  { key: "paging", label: "Paging", roles: ["administrator"] },
  { key: "reads", label: "Who read what", roles: ["administrator", "quality"] },
  { key: "glass", label: "Broken glass", roles: ["administrator", "quality", "medical_director"] },
] as const;

/** The frame: sections at the side, the page, one line at the bottom. */
export function AdminPage() {
  const { path } = useWhere();
  const session = useSession();
  const breaking = path === "/glass";
  const open = SECTIONS.filter((one) => holds(session, ...one.roles));
  const asked = /^\/admin\/([a-z]+)$/.exec(path)?.[1];
  const section = asked ?? open[0]?.key;
  const label = breaking ? "Another call's record" : (SECTIONS.find((one) => one.key === section)?.label ?? "Administration");
  useEffect(() => {
    document.title = `${label} - goldenhour`;
  }, [label]);
  return (
    <div className="office" data-own={breaking}>
      {!breaking && (
        <nav className="rail" aria-label="Administration">
          <div>
            <h2>Administration</h2>
            {open.map((one) => (
              <Link key={one.key} href={`/admin/${one.key}`} aria-current={one.key === section ? "page" : undefined}>
                {one.label}
              </Link>
            ))}
          </div>
        </nav>
      )}
      <main id="page">
        {session?.demo && <p className="demo-line">DEMO - not real calls</p>}
        {breaking ? <BreakGlassPage /> : session && <Section section={open.some((one) => one.key === section) ? section : ""} />}
      </main>
      <footer className="foot">
        <PageMenu here={breaking ? "glass" : "admin"} />
        <Theme />
      </footer>
    </div>
  );
}

function Section({ section }: { section: string | undefined }) {
  switch (section) {
    case "accounts":
      return <AccountsPage />;
    case "tokens":
      return <TokensPage />;
    case "paging":
      return <PagingPage />;
    case "reads":
      return <ReadsPage />;
    case "glass":
      return <GlassPage />;
    default:
      return (
        <>
          <h1>This is not for your account</h1>
          <p>It is for administrators, quality and medical directors. Ask an administrator for the role.</p>
        </>
      );
  }
}

function Theme() {
  const [theme, setTheme] = useState(currentTheme);
  const other = theme === "dark" ? "light" : "dark";
  return (
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
  );
}
