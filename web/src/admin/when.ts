/** A moment as people here read it; a dash where there is none. */
export function when(at: string | null): string {
  return at ? new Date(at).toLocaleString("en-GB", { dateStyle: "medium", timeStyle: "short" }) : "-";
}
