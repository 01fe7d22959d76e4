/** What somebody at the hospital does. Every outcome is said in words; nothing fails silently. */

import { useMemo, useState } from "react";
import { Refusal, send } from "../api/client";
import { uuid7 } from "../kit/uuid7";
import type { Inbound, Prealert } from "./types";

export interface Said {
  tone: "done" | "refused";
  text: string;
}

export interface Gestures {
  said: Said | null;
  hush: () => void;
  acknowledge: (row: Inbound, alert: Prealert) => void;
  accept: (row: Inbound) => void;
  undo: (row: Inbound) => void;
  /** For sheets: these throw the refusal, which the sheet shows. */
  sign: (patient: Patient, body: { name: string; role: string } | { refused: string }) => Promise<void>;
  setStatus: (body: { service: string; level: string; until: string | null; reason: string }) => Promise<void>;
  countBeds: (beds: Record<string, number>) => Promise<void>;
  open: (service: string, words: string) => void;
}

export interface Patient {
  call_id: string;
  unit: string;
  call_sign: string;
}

export function useGestures(hospital: string): Gestures {
  const [said, setSaid] = useState<Said | null>(null);
  return useMemo(() => {
    const at = `/api/hospitals/${encodeURIComponent(hospital)}`;
    const post = (path: string, body: object) => send<unknown>("POST", `${at}/${path}`, { id: uuid7(), ...body });
    const attempt = (work: Promise<unknown>, text: string) => {
      work.then(
        () => setSaid({ tone: "done", text }),
        (error: unknown) => {
          const words = error instanceof Refusal ? error.message : "Something on this page went wrong. Reload it.";
          setSaid({ tone: "refused", text: words });
        },
      );
    };
    const patient = ({ call_id, unit }: Patient) => ({ call_id, unit });
    return {
      said,
      hush: () => setSaid(null),
      acknowledge: (row, alert) =>
        attempt(post(`prealerts/${alert.id}/acknowledge`, {}), `${alert.words} of ${row.call_sign} acknowledged.`),
      accept: (row) => attempt(post("accept", patient(row)), `Patient of ${row.call_sign} accepted.`),
      undo: (row) =>
        attempt(post("accept/strike", { ...patient(row), reason: "Pressed by mistake." }), `Acceptance of ${row.call_sign} taken back.`),
      sign: async (who, body) => {
        await post("signatures", { ...patient(who), ...body });
        setSaid({ tone: "done", text: `Signature for ${who.call_sign} kept.` });
      },
      setStatus: async ({ service, ...body }) => {
        await post("status", { ...(service ? { service } : {}), ...body });
        setSaid({ tone: "done", text: "The desk and crews see it now." });
      },
      countBeds: async (beds) => {
        await post("beds", { beds });
        setSaid({ tone: "done", text: "Beds counted." });
      },
      open: (service, words) =>
        attempt(post("status", { ...(service ? { service } : {}), level: "open" }), `${words} is open again.`),
    };
  }, [hospital, said]);
}
