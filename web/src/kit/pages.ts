/** The pages that the one file serves, by their addresses. */

export type PageKey = "desk" | "workforce" | "hospital" | "signin";

/** Which page answers an address; one that nobody knows is the desk's, as "/" is. */
export function pageAt(path: string): PageKey {
  if (path === "/signin") return "signin";
  if (path === "/hospital") return "hospital";
  return /^\/(workforce|me)(\/|$)/.test(path) ? "workforce" : "desk";
}
