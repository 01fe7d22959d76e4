/** Where the page is: its path and query, moved through without loading anything anew. */

import { useSyncExternalStore, type AnchorHTMLAttributes, type MouseEvent } from "react";
import { pageAt } from "./pages";

const MOVED = "goldenhour:moved";

function subscribe(listener: () => void): () => void {
  window.addEventListener("popstate", listener);
  window.addEventListener(MOVED, listener);
  return () => {
    window.removeEventListener("popstate", listener);
    window.removeEventListener(MOVED, listener);
  };
}

const here = () => location.pathname + location.search;

export interface Where {
  path: string;
  query: URLSearchParams;
}

/** The address of the page, followed as it changes. */
export function useWhere(): Where {
  const at = useSyncExternalStore(subscribe, here);
  const [path = "/", query = ""] = at.split("?");
  return { path, query: new URLSearchParams(query) };
}

/** Go to an address of this page. Another page's is loaded. */
export function go(to: string, { replace = false }: { replace?: boolean } = {}): void {
  if (pageAt(new URL(to, location.href).pathname) !== pageAt(location.pathname)) {
    location.assign(to);
    return;
  }
  if (to === here()) return;
  if (replace) history.replaceState(null, "", to);
  else history.pushState(null, "", to);
  window.dispatchEvent(new Event(MOVED));
}

/** The address with a part of its query changed; what is empty is left out. */
export function withQuery(where: Where, change: Record<string, string>): string {
  const query = new URLSearchParams(where.query);
  for (const [name, value] of Object.entries(change)) {
    if (value) query.set(name, value);
    else query.delete(name);
  }
  const text = query.toString();
  return text ? `${where.path}?${text}` : where.path;
}

/** A link; within the page it loads nothing anew. New tabs and the like stay the browser's. */
export function Link({ href, onClick, children, ...rest }: AnchorHTMLAttributes<HTMLAnchorElement> & { href: string }) {
  const follow = (event: MouseEvent<HTMLAnchorElement>) => {
    onClick?.(event);
    const own = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
    if (!own || event.defaultPrevented) return;
    event.preventDefault();
    go(href);
  };
  return (
    <a href={href} onClick={follow} {...rest}>
      {children}
    </a>
  );
}
