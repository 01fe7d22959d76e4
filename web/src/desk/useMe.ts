import { useSession } from "../kit/session";

/** The name under which this desk's gestures are recorded; before accounts exist every desk has the same. */
export function useMe(): string {
  const session = useSession();
  return session?.accounts && session.name ? session.name : "desk";
}
