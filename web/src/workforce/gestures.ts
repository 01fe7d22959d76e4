/** What the office does to the books: each gesture goes out under an id of its own, so that twice is once. */

import { send } from "../api/client";
import { uuid7 } from "../kit/uuid7";

/** Do one gesture; throws a Refusal in words. */
export function gesture<T = undefined>(path: string, body: object = {}, id: string = uuid7()): Promise<T> {
  return send<T>("POST", path, { ...body, id });
}

const part = encodeURIComponent;

export const paths = {
  person: (person: string) => `/api/workforce/people/${part(person)}`,
  credential: (person: string, credential: string, doing: string) =>
    `/api/workforce/people/${part(person)}/credentials/${part(credential)}/${doing}`,
  proposal: (proposal: string, doing: string) => `/api/workforce/proposals/${part(proposal)}/${doing}`,
};

/** A body without what was left empty: the server then keeps it, or takes the usual. */
export function filled(values: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value.trim() !== ""));
}
