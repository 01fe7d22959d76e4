/** The sections of the office, their addresses and keys. */

export interface Section {
  key: string;
  label: string;
  href: string;
  /** Pressed after "g": go there. */
  letter: string;
  group: "People" | "Crews" | "Rules";
  /** Any of these roles opens it; none: everybody who is inside. */
  roles: readonly string[];
}

const LOOK_AFTER = ["credentialing", "medical_director", "state_office"];

export const SECTIONS: readonly Section[] = [
  { key: "people", label: "People", href: "/workforce", letter: "p", group: "People", roles: LOOK_AFTER },
  { key: "expiries", label: "Expiries", href: "/workforce/expiries", letter: "e", group: "People", roles: LOOK_AFTER },
  { key: "seats", label: "Seats", href: "/workforce/seats", letter: "a", group: "People", roles: LOOK_AFTER },
  { key: "import", label: "Import", href: "/workforce/import", letter: "i", group: "People", roles: ["credentialing"] },
  { key: "waiting", label: "Second person", href: "/workforce/waiting", letter: "w", group: "People", roles: LOOK_AFTER },
  { key: "crews", label: "Crews", href: "/workforce/crews", letter: "c", group: "Crews", roles: [] },
  { key: "training", label: "Training", href: "/workforce/training", letter: "t", group: "Crews", roles: [] },
  { key: "scope", label: "Scope of practice", href: "/workforce/scope", letter: "s", group: "Rules", roles: [] },
  { key: "moving", label: "Moving states", href: "/workforce/moving", letter: "m", group: "Rules", roles: [] },
];

/** The section that an address belongs to; a person's page belongs to People. */
export function sectionAt(path: string): string {
  const [, head, part] = path.split("/");
  if (head === "me") return "me";
  if (!part || part === "people") return "people";
  return SECTIONS.some((one) => one.key === part) ? part : "";
}
