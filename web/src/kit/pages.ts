/** The pages that the one file serves, by their addresses. */

export type PageKey = "desk" | "workforce" | "hospital" | "crew" | "admin" | "signin";

/** Which page answers an address; one that nobody knows is the desk's, as "/" is. */
export function pageAt(path: string): PageKey {
  if (path === "/signin" || path === "/signin/sign-on") return "signin";
  if (path === "/glass" || /^\/admin(\/|$)/.test(path)) return "admin";
  if (path === "/hospital") return "hospital";
  if (path === "/crew") return "crew";
  return /^\/(workforce|me)(\/|$)/.test(path) ? "workforce" : "desk";
}
