// @vitest-environment jsdom
import { cleanup, render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { isDay } from "../src/kit/DayField";
import { blocked, CredentialCard } from "../src/workforce/CredentialCard";
import { levelWords } from "../src/workforce/CrewsPage";
import { spanWords } from "../src/workforce/Findings";
import { ImportPage } from "../src/workforce/ImportPage";
import { sum } from "../src/workforce/Progress";
import { sectionAt, SECTIONS } from "../src/workforce/sections";
import type { Credential, ImportReport } from "../src/workforce/types";
import { changeWords, credentialName, dayBefore, daysBetween, inDays } from "../src/workforce/words";

const LICENCE: Credential = {
  id: "ke-0042:licence:EX:emt",
  kind: "licence",
  place: "EX",
  issuer: "",
  level: "emt",
  level_words: "EMT",
  name: "",
  number: "E-17",
  status: "live",
  words: [],
  since: "2026-01-01",
  until: "2028-01-01",
  expires: "2027-12-31",
  verified: { by: "officer.kim", at: "2026-03-01T15:00:00.000Z", how: "the state's register" },
  spans: [
    { start: "2026-01-01", end: "2028-01-01", status: "live", level: "emt", words: [] },
    { start: "2028-01-01", end: null, status: "lapsed", level: "emt", words: [] },
  ],
  history: [
    {
      position: 7,
      what: "issued",
      day: "2026-01-01",
      start: null,
      until: "2028-01-01",
      level: "",
      strikes: 0,
      holds_until: null,
      words: "",
      actor: "officer.kim",
      at: "2026-01-02T10:00:00.000Z",
    },
  ],
};

interface Sent {
  path: string;
  body: Record<string, unknown>;
}
let sent: Sent[];
let answer: (sent: Sent) => Response;

beforeEach(() => {
  sent = [];
  answer = () => new Response(null, { status: 204 });
  HTMLDialogElement.prototype.showModal = function () {
    this.open = true;
  };
  HTMLDialogElement.prototype.close = function () {
    this.open = false;
  };
  vi.stubGlobal("fetch", (path: string, request?: RequestInit) => {
    if (path === "/api/session") {
      return Promise.resolve(
        Response.json({ accounts: true, signed_in: true, grants: [{ role: "credentialing", agency: "county-ems" }], pages: ["workforce"] }),
      );
    }
    if (request?.method !== "POST") return Promise.resolve(Response.json({}));
    const one = { path, body: JSON.parse(request.body as string) as Sent["body"] };
    sent.push(one);
    return Promise.resolve(answer(one));
  });
});

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

describe("days and words", () => {
  it("says the last day something holds, not the first day it does not", () => {
    expect(dayBefore("2028-01-01")).toBe("2027-12-31");
    expect(spanWords("2026-01-01", "2028-01-01")).toBe("2026-01-01 through 2027-12-31");
    expect(spanWords("2026-01-01", null)).toBe("since 2026-01-01");
    expect(spanWords(null, null)).toBe("");
    const [issued] = LICENCE.history;
    expect(issued && changeWords(issued)).toBe("Issued, 2026-01-01 through 2027-12-31");
  });

  it("counts days over a change of the clocks as whole days", () => {
    expect(daysBetween("2026-03-07", "2026-03-09")).toBe(2);
    expect([0, 1, 12, -1, -3].map(inDays)).toEqual(["today", "tomorrow", "in 12 days", "1 day ago", "3 days ago"]);
  });

  it("takes only days that exist", () => {
    expect(["2026-02-28", "2028-02-29"].map(isDay)).toEqual([true, true]);
    expect(["2026-02-29", "2026-13-01", "05/04/2026", "2026-5-4", ""].map(isDay)).toEqual([false, false, false, false, false]);
  });

  it("calls a credential what people call it", () => {
    expect(credentialName(LICENCE)).toBe("EX EMT licence");
    expect(credentialName({ kind: "certificate", place: "US", issuer: "nremt", level: "paramedic", name: "" })).toBe("NREMT paramedic certificate");
    expect(levelWords(["paramedic", "emt", "emt"])).toBe("Paramedic, 2 EMT");
  });

  it("counts hours of a topic only as far as they are planned", () => {
    expect(sum({ breathing: 20, heart: 2 }, { breathing: 12, heart: 10, naloxone: 4 })).toBe(14);
  });
});

describe("the sections", () => {
  it("have one letter and one address each", () => {
    expect(new Set(SECTIONS.map((one) => one.letter)).size).toBe(SECTIONS.length);
    expect(new Set(SECTIONS.map((one) => one.href)).size).toBe(SECTIONS.length);
    expect(SECTIONS.map((one) => sectionAt(one.href))).toEqual(SECTIONS.map((one) => one.key));
  });

  it("keep a person with the people, and know what they do not know", () => {
    expect(sectionAt("/workforce/people/ke-0042/today")).toBe("people");
    expect(sectionAt("/me")).toBe("me");
    expect(sectionAt("/workforce/nowhere")).toBe("");
  });

  it("show people only to those who look after them", () => {
    const open = SECTIONS.filter((one) => one.roles.length === 0).map((one) => one.key);
    expect(open).toEqual(["crews", "training", "scope", "moving"]);
  });
});

describe("a credential", () => {
  const show = (credential: Credential, officer = true) =>
    render(<CredentialCard person="ke-0042" credential={credential} today="2026-05-05" officer={officer} onChanged={() => undefined} />);

  it("says until when it holds, who looked it up where, and how it stood", () => {
    show(LICENCE);
    const card = screen.getByRole("article", { name: "EX EMT licence" });
    expect(card.textContent).toContain("Holds through 2027-12-31, in 605 days.");
    expect(card.textContent).toContain("Verified by officer.kim on 2026-03-01: the state's register");
    expect(screen.getByRole("img").getAttribute("aria-label")).toBe("Live 2026-01-01 through 2027-12-31; Lapsed since 2028-01-01");
  });

  it("never looks verified when it is not", () => {
    show({ ...LICENCE, verified: null });
    expect(screen.queryByText(/^Verified/)).toBeNull();
    expect(screen.getByText("Not verified since it was last changed")).toBeTruthy();
  });

  it("offers nothing to those who may only look", () => {
    show(LICENCE, false);
    expect(screen.queryByRole("button")).toBeNull();
  });

  it("keeps what cannot be done readable, and says why", async () => {
    show({ ...LICENCE, status: "revoked" });
    const renew = screen.getByRole("button", { name: /Renew/, hidden: true });
    expect(renew.getAttribute("title")).toBe("It is revoked.");
    await userEvent.click(renew);
    expect(screen.queryByRole("dialog", { hidden: true })).toBeNull();
    expect(blocked("live", "reinstate")).toBe("Nothing that could be lifted lies on it.");
    expect(blocked("lapsed", "renew")).toBeNull();
  });

  it("sends one gesture with an id of its own, and only what was filled in", async () => {
    const person = userEvent.setup();
    show(LICENCE);
    await person.click(screen.getByRole("button", { name: "Renew" }));
    const sheet = within(screen.getByRole("dialog", { hidden: true }));
    await person.type(sheet.getByLabelText("Last day it holds"), "2029-12-31");
    await person.click(sheet.getByRole("button", { name: "Renew", hidden: true }));
    await waitFor(() => expect(sent).toHaveLength(1));
    expect(sent[0]?.path).toBe("/api/workforce/people/ke-0042/credentials/ke-0042%3Alicence%3AEX%3Aemt/renew");
    expect(sent[0]?.body).toMatchObject({ expires: "2029-12-31" });
    expect(Object.keys(sent[0]?.body ?? {}).sort()).toEqual(["expires", "id"]);
  });
});

describe("a file of people", () => {
  const report = (change: Partial<ImportReport>): Response =>
    Response.json({ done: false, checked: true, facts: 3, proposal: null, why: null, lines: [], ...change });

  it("can only be taken in once it was checked and nothing is wrong", async () => {
    const person = userEvent.setup();
    render(<ImportPage />);
    const take = await screen.findByRole("button", { name: "Import" });
    const text = screen.getByLabelText("Text of the file");
    await person.click(text);
    await person.paste("person,level\nke-1,wizard\n");
    await person.click(take);
    expect(sent).toHaveLength(0);

    answer = () => report({ facts: 0, lines: [{ line: 2, means: "fault", what: "There is no such level.", do: "Known are EMR." }] });
    await person.click(screen.getByRole("button", { name: "Check" }));
    await screen.findByText("1 line is wrong.");
    await person.click(take);
    expect(sent).toHaveLength(1); // The check only.
    expect(sent[0]?.body.check).toBe(true);

    answer = ({ body }) => (body.check === true ? report({}) : report({ checked: false, done: true }));
    await person.type(text, " ");
    expect(screen.queryByText("1 line is wrong.")).toBeNull(); // An old report says nothing of a new text.
    await person.click(screen.getByRole("button", { name: "Check" }));
    await screen.findByText(/It would make 3 entries/);
    await person.click(take);
    await screen.findByText("Taken in: 3 entries.");
    expect(sent.at(-1)?.body.check).toBe(false);
    expect(new Set(sent.map((one) => one.body.id)).size).toBe(sent.length);
  });

  it("says that it waits for a second person", async () => {
    const person = userEvent.setup();
    render(<ImportPage />);
    await person.click(await screen.findByLabelText("Text of the file"));
    await person.paste("person,agency,left\nke-1,county-ems,2026-05-04\n");
    answer = () => report({});
    await person.click(screen.getByRole("button", { name: "Check" }));
    await screen.findByText(/It would make/);
    answer = () => report({ checked: false, proposal: "p-1", why: "On 4 May 2026 it would leave 9 of 60." });
    await person.click(screen.getByRole("button", { name: "Import" }));
    await screen.findByText("It waits for a second person.");
    expect(screen.queryByText(/^Taken in/)).toBeNull();
  });
});
