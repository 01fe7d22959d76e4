import { useEffect, useRef, useState, type KeyboardEvent } from "react";
import { signOut, useSession } from "./session";
import { Link } from "./where";

export const PAGES = [
  { key: "desk", label: "Desk", href: "/" },
  { key: "crew", label: "Crew", href: "/crew" },
  { key: "hospital", label: "Hospital", href: "/hospital" },
  { key: "workforce", label: "Workforce", href: "/workforce" },
  { key: "admin", label: "Administration", href: "/admin" },
  { key: "glass", label: "Another call's record", href: "/glass" },
  { key: "me", label: "Me", href: "/me" },
] as const;

export type PageName = (typeof PAGES)[number]["key"];

/** The pages that the signed-in account may open, and the way out, behind one small button. */
export function PageMenu({ here }: { here: PageName }) {
  const session = useSession();
  const [open, setOpen] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (!open) return undefined;
    box.current?.querySelector<HTMLElement>("a, .menu-list button")?.focus();
    const outside = (event: Event) => {
      if (event.target instanceof Node && !box.current?.contains(event.target)) setOpen(false);
    };
    document.addEventListener("pointerdown", outside);
    return () => document.removeEventListener("pointerdown", outside);
  }, [open]);
  const keys = (event: KeyboardEvent) => {
    if (event.key !== "Escape" || !open) return;
    event.stopPropagation();
    setOpen(false);
    button.current?.focus();
  };
  const label = PAGES.find((one) => one.key === here)?.label ?? "Pages";
  return (
    // The keys act on the buttons and links inside; the box itself is nothing to press.
    // eslint-disable-next-line jsx-a11y/no-static-element-interactions
    <div ref={box} className="menu" onKeyDown={keys}>
      <button
        ref={button}
        type="button"
        className="button"
        aria-expanded={open}
        aria-label={`Pages: ${label}`}
        onClick={() => setOpen(!open)}
      >
        {label} <span aria-hidden="true">{open ? "▾" : "▴"}</span>
      </button>
      {open && (
        <nav className="menu-list" aria-label="Pages">
          <ul>
            {PAGES.filter((one) => session?.pages.includes(one.key) ?? one.key === here).map((one) => (
              <li key={one.key}>
                <Link href={one.href} aria-current={one.key === here ? "page" : undefined}>
                  {one.label}
                </Link>
              </li>
            ))}
          </ul>
          {session?.signedIn && (
            <div className="menu-foot">
              <p className="muted">
                {session.name}
                {session.roles.map((role) => (
                  <span key={role}>{role}</span>
                ))}
              </p>
              <a href="/signin">How I sign in</a>
              <button type="button" className="button" onClick={() => void signOut()}>
                Sign out
              </button>
            </div>
          )}
          {session?.accounts && !session.signedIn && (
            <div className="menu-foot">
              <a href="/signin">Sign in</a>
            </div>
          )}
        </nav>
      )}
    </div>
  );
}
