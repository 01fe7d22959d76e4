/** Hide the page behind the lock, and show it again where it was. */

import { createRoot } from "react-dom/client";
import { LockPage } from "./LockPage";
import { door } from "./door";
import "./signin.css";

let showing = false;

export async function showLock(page: HTMLElement): Promise<void> {
  if (showing) return;
  showing = true;
  const title = document.title;
  page.style.display = "none"; // What was typed stays, and is on the screen again after the proof.
  page.inert = true;
  for (const sheet of document.querySelectorAll<HTMLDialogElement>("dialog[open]")) sheet.style.display = "none";
  document.title = "Locked - goldenhour";
  const who = await door.who().catch(() => null);
  const again = () => {
    lock.unmount();
    box.remove();
    page.inert = false;
    page.style.removeProperty("display");
    for (const sheet of document.querySelectorAll<HTMLDialogElement>("dialog[open]")) sheet.style.removeProperty("display");
    document.title = title;
    showing = false;
  };
  const box = document.body.appendChild(document.createElement("div"));
  const lock = createRoot(box);
  if (!who?.signed_in) location.assign(`/signin?next=${encodeURIComponent(location.pathname + location.search)}`);
  else if (who.lock?.locked) lock.render(<LockPage who={who} onUnlocked={again} />);
  else again();
}
