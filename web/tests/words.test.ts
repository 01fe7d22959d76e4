import { expect, it } from "vitest";
import { inWords, plain, STATUSES, STAMP_ORDER } from "../src/kit/words";
import { fact } from "./county";

const names = { unit: (id: string) => id.split("/").at(-1) ?? id, hospital: () => "County General", nature: () => "Fall" };

it("says facts in words", () => {
  expect(inWords(fact(1), names)).toBe("M12 on scene, 26-0001");
  const sent = fact(2, { name: "dispatch.unit_assigned", payload: { call_id: "26-0001", unit: "demo-ems/M12" } });
  expect(inWords(sent, names)).toBe("M12 sent to 26-0001");
  const none = fact(3, { name: "dispatch.units_recommended", payload: { call_id: "26-0001", chosen: [] } });
  expect(inWords(none, names)).toBe("26-0001: no unit can be recommended");
});

it("shows a kind of fact that it does not know, by its name", () => {
  expect(inWords(fact(4, { name: "care.vitals_taken", stream: "call/26-0001" }), names)).toBe(
    "Care vitals taken, call/26-0001",
  );
});

it("tells of accounts in words, and nothing of whom or what", () => {
  const broken = fact(5, { name: "access.glass_broken", stream: "accounts", actor: "", payload: {} });
  expect(inWords(broken, names)).toBe("A call's record was opened, with a reason, for review");
  // Should an address say more than it may, the line still does not.
  expect(inWords({ ...broken, payload: { account: "bob", call_id: "26-0001" } }, names)).not.toMatch(/bob|26-0001/);
});

it("has a two-letter mark of its own for every status, and the 17 stamps", () => {
  const marks = Object.values(STATUSES).map((one) => one.mark);
  expect(new Set(marks).size).toBe(8);
  expect(marks.every((mark) => /^[A-Z]{2}$/.test(mark))).toBe(true);
  expect(STAMP_ORDER).toHaveLength(17);
});

it("writes what a key means", () => {
  expect(plain("quick_response")).toBe("Quick response");
  expect(plain("stemi")).toBe("STEMI");
});
