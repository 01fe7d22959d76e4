/** What several desks do on one incident. Every outcome is said in words. */

import { api, Refusal } from "../api/client";
import { incidentsApi, type Second, type ShownTo } from "../api/incidents";
import type { Call, Unit } from "../api/types";
import { STAMPS } from "../kit/words";
import { uuid7 } from "../kit/uuid7";
import { attempt, callSign } from "./actions";
import { store } from "./store";

const names = (units: readonly string[]) => units.map(callSign).join(", ");

export const incident = {
  send(call: Call, units: readonly Unit[], reason: string, divert = false): Promise<void> {
    return attempt(async () => {
      const sent: string[] = [];
      for (const unit of units) {
        const from = divert && unit.call_id !== null ? { divert_from: unit.call_id } : {};
        try {
          await api.assign(call.id, { id: uuid7(), unit: unit.id, slot: slotOf(call, unit.id), reason, ...from });
        } catch (error) {
          if (!(error instanceof Refusal) || sent.length === 0) throw error;
          throw new Refusal({ code: error.code, what: `${sent.join(", ")} sent, not everybody: ${error.what}`, do: error.todo });
        }
        sent.push(unit.call_sign);
      }
      return `${sent.join(", ")} sent to ${call.id}.`;
    });
  },

  clear(unit: Unit, reason: string): Promise<void> {
    return attempt(async () => {
      await incidentsApi.clear(unit.id, uuid7(), unit.call_id ?? "", reason);
      return `${unit.call_sign} cleared from ${unit.call_id ?? ""}.`;
    });
  },

  stamp(unit: Unit, stamp: string): Promise<void> {
    return attempt(async () => {
      await incidentsApi.stamp(unit.id, uuid7(), stamp);
      return `${unit.call_sign}: ${(STAMPS[stamp] ?? stamp).toLowerCase()}.`;
    });
  },

  note(call: string, text: string, shownTo: ShownTo): Promise<boolean> {
    return said(async () => {
      await incidentsApi.note(call, uuid7(), text, shownTo);
      return `Noted on ${call}.`;
    });
  },

  strikeNote(call: string, note: string, reason: string): Promise<boolean> {
    return said(async () => {
      await incidentsApi.strikeNote(call, uuid7(), note, reason);
      return "The note is struck. It stays readable.";
    });
  },

  /** Where an arrival that a position suggests is so, or is not. */
  answerArrival(unit: Unit, there: boolean): Promise<void> {
    return attempt(async () => {
      const { stamp, since } = unit.suggestion ?? { stamp: "", since: "" };
      await (there ? incidentsApi.confirmArrival : incidentsApi.dismissArrival)(unit.id, uuid7(), stamp, since);
      return `${unit.call_sign}: ${(STAMPS[stamp] ?? stamp).toLowerCase()} ${there ? "stamped" : "dismissed"}.`;
    });
  },
};

/** The gestures that a form or a typed line sends. Each throws the server's refusal, and returns what was done. */
export const gestures = {
  async swap(call: string, unit: string, for_unit: string, reason: string, exchange = false): Promise<string> {
    await incidentsApi.swap(call, uuid7(), { unit, for_unit, reason, exchange });
    return exchange ? `${names([unit, for_unit])} exchanged their calls.` : `${callSign(for_unit)} goes to ${call} in place of ${callSign(unit)}.`;
  },
  async cancelUnits(call: string, reason: string): Promise<string> {
    const { cancelled, stay } = await incidentsApi.cancelUnits(call, uuid7(), reason);
    return `${names(cancelled)} cancelled.${stay.length > 0 ? ` ${names(stay)} there, and stays.` : ""}`;
  },
  async stage(call: string, reason: string, note: string): Promise<string> {
    await incidentsApi.stage(call, uuid7(), reason, note);
    return `The units of ${call} wait away from the scene.`;
  },
  async enter(call: string, reason: string): Promise<string> {
    await incidentsApi.enter(call, uuid7(), reason);
    return `The units of ${call} may enter.`;
  },
  async priority(call: string, priority: number, reason: string): Promise<string> {
    await incidentsApi.priority(call, uuid7(), priority, reason);
    return `${call} is priority ${priority}.`;
  },
  async close(call: string, outcome: string): Promise<string> {
    await incidentsApi.close(call, uuid7(), outcome);
    return `${call} is closed.`;
  },
  async reopen(call: string, reason: string): Promise<string> {
    await incidentsApi.reopen(call, uuid7(), reason);
    return `${call} is open again.`;
  },
  async link(call: string, other: string, reason: string): Promise<string> {
    await incidentsApi.link(call, uuid7(), other, reason);
    return `${call} and ${other} belong to one event.`;
  },
  async unlink(call: string, other: string, reason: string): Promise<string> {
    await incidentsApi.unlink(call, uuid7(), other, reason);
    return `${call} and ${other} are not linked any more.`;
  },
  async split(call: string, second: Second): Promise<string> {
    const made = await incidentsApi.split(call, uuid7(), second);
    return `${made.call_id} is a second incident out of ${call}.`;
  },
  async undoSplit(call: string, reason: string): Promise<string> {
    const first = await incidentsApi.undoSplit(call, uuid7(), reason);
    return `${call} is one with ${first.call_id} again.`;
  },
  async divert(hospital: string, services: string[], until: string | null, reason: string): Promise<string> {
    await incidentsApi.divert(hospital, { services, reason, ...(until === null ? {} : { until }) });
    return "The diversion is on the board. It is advice, never a wall.";
  },
  async endDiversion(hospital: string): Promise<string> {
    await incidentsApi.endDiversion(hospital);
    return "It takes patients again.";
  },
};

/** Run a gesture and say what came of it, as a command does. */
export function doing(work: Promise<string> | (() => Promise<string>)): Promise<void> {
  return attempt(() => (typeof work === "function" ? work() : work));
}

/** The same, and whether it went through: so that what was typed is kept where it did not. */
export async function said(work: () => Promise<string>): Promise<boolean> {
  let through = false;
  await attempt(async () => {
    const words = await work();
    through = true;
    return words;
  });
  return through;
}

/** The slot that a unit is recommended for; "" beyond the plan. */
function slotOf(call: Call, unit: string): string {
  return call.recommendation?.chosen.find((one) => one.unit === unit)?.slot ?? "";
}

/** Units whose position says that they have come to where they were going, the longest first. */
export function arrivals(units: Iterable<Unit> | undefined): Unit[] {
  return [...(units ?? [])].filter((one) => one.suggestion).sort((a, b) => (a.suggestion?.since ?? "").localeCompare(b.suggestion?.since ?? ""));
}

/** Units of a call that have not come there yet. */
export function comingTo(call: Call): Unit[] {
  const units = store.get().picture?.units;
  return call.units
    .map((one) => units?.get(one.unit))
    .filter((unit) => unit !== undefined)
    .filter((unit) => unit.call_id === call.id && ["notified", "en_route"].includes(unit.status));
}
