import { sessionNow, useSession, type Session } from "../kit/session";

/** The name under which this desk's gestures are recorded; before accounts exist every desk has the same. */
export function useMe(): string {
  return nameOf(useSession());
}

/** The same, outside of a component. */
export function meNow(): string {
  return nameOf(sessionNow());
}

function nameOf(session: Session | null): string {
  return session?.accounts && session.name ? session.name : "desk";
}
