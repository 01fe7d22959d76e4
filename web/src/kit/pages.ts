/** The pages that the one file serves, by their addresses. */

export type PageKey = "desk" | "workforce" | "signin";

/** Which page answers an address; one that nobody knows is the desk's, as "/" is. */
export function pageAt(path: string): PageKey {
  if (path === "/signin") return "signin";
  return /^\/(workforce|me)(\/|$)/.test(path) ? "workforce" : "desk";
}
