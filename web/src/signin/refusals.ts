import { Refusal } from "../api/client";

/** A refusal in words, whatever went wrong. */
export function asRefusal(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  if (error instanceof DOMException)
    return new Refusal({ code: "no_key", what: "No key was used.", do: "Try again, or sign in with your password." });
  return new Refusal({ code: "page", what: "The page failed.", do: "Load it again." });
}
