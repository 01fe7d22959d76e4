// @vitest-environment jsdom
import { cleanup, render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Refusal, send } from "../src/api/client";
import { useAsk } from "../src/kit/ask";
import { Combobox, matching } from "../src/kit/Combobox";
import { FormSheet } from "../src/kit/Sheet";
import { Answer } from "../src/kit/States";
import { csvOf, sorted, Table, type Column } from "../src/kit/Table";
import { pageAt } from "../src/kit/pages";
import { Link, useWhere } from "../src/kit/where";

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  history.replaceState(null, "", "/");
});

interface Row {
  id: string;
  name: string;
  hours: number | null;
}

const ROWS: Row[] = [
  { id: "a", name: "M10", hours: 3 },
  { id: "b", name: "M2", hours: null },
  { id: "c", name: "m1", hours: 12 },
];
const COLUMNS: Column<Row>[] = [
  { key: "name", head: "Name", value: (row) => row.name, cell: (row) => <a href={`#${row.id}`}>{row.name}</a> },
  { key: "hours", head: "Hours", value: (row) => row.hours, cell: (row) => row.hours, figure: true },
];

describe("a table", () => {
  it("sorts as people do, and what is missing comes last whichever way", () => {
    const names = (key: string, down: boolean) => sorted(ROWS, COLUMNS, { key, down }).map((row) => row.name);
    expect(names("name", false)).toEqual(["m1", "M2", "M10"]);
    expect(names("hours", false)).toEqual(["M10", "m1", "M2"]);
    expect(names("hours", true)).toEqual(["m1", "M10", "M2"]);
    expect(ROWS.map((row) => row.id)).toEqual(["a", "b", "c"]);
  });

  it("sorts by its heads, says so, and the arrows walk along its rows", async () => {
    const person = userEvent.setup();
    render(<Table caption="Units" columns={COLUMNS} rows={ROWS} keyOf={(row) => row.id} />);
    await person.click(screen.getByRole("button", { name: "Name" }));
    expect(screen.getByRole("columnheader", { name: /Name/ }).getAttribute("aria-sort")).toBe("ascending");
    expect(screen.getAllByRole("link").map((one) => one.textContent)).toEqual(["m1", "M2", "M10"]);
    screen.getByRole("link", { name: "m1" }).focus();
    await person.keyboard("{ArrowDown}");
    expect(document.activeElement?.textContent).toBe("M2");
    await person.keyboard("{ArrowUp}{ArrowUp}");
    expect(document.activeElement?.textContent).toBe("m1");
  });

  it("exports rows that no spreadsheet takes for a formula", () => {
    const rows = [{ id: "x", name: '=cmd|"calc"', hours: -4 }, { id: "y", name: "Smith, Ann", hours: null }];
    expect(csvOf(COLUMNS, rows)).toBe('Name,Hours\r\n"\'=cmd|""calc""",-4\r\n"Smith, Ann",\r\n');
  });
});

const SKILLS = [
  { value: "naloxone_intranasal", label: "Naloxone: intranasal", group: "Medications" },
  { value: "nasal_airway", label: "Nasal airway (NPA)", group: "Airway" },
  { value: "oral_airway", label: "Oral airway (OPA)", group: "Airway" },
];

describe("a combobox", () => {
  beforeEach(() => {
    Element.prototype.scrollIntoView = () => undefined; // The test's page has no layout.
  });

  function Picking({ onPick }: { onPick: (value: string) => void }) {
    const [value, setValue] = useState("");
    const pick = (one: string) => {
      setValue(one);
      onPick(one);
    };
    return <Combobox label="Skill" value={value} options={SKILLS} onChange={pick} />;
  }

  it("finds by any words, in any order", () => {
    expect(matching(SKILLS, "airway nas").map((one) => one.value)).toEqual(["nasal_airway"]);
    expect(matching(SKILLS, "naloxone_").length).toBe(0);
    expect(matching(SKILLS, "  ").length).toBe(3);
  });

  it("is used by keys alone, and Escape takes nothing", async () => {
    const person = userEvent.setup();
    const picked: string[] = [];
    render(<Picking onPick={(value) => picked.push(value)} />);
    const field = screen.getByRole("combobox", { name: "Skill" });
    await person.click(field);
    await person.keyboard("airway{ArrowDown}{Enter}");
    expect(picked).toEqual(["oral_airway"]);
    expect((field as HTMLInputElement).value).toBe("Oral airway (OPA)");
    await person.keyboard("nalo{Escape}");
    expect(picked).toEqual(["oral_airway"]);
    expect((field as HTMLInputElement).value).toBe("Oral airway (OPA)");
    expect(screen.queryByRole("listbox")).toBeNull();
  });
});

describe("where the page is", () => {
  function Here() {
    const { path, query } = useWhere();
    return (
      <>
        <p role="status">
          {path} {query.get("on")}
        </p>
        <Link href="/workforce/scope?on=2026-05-01">Scope</Link>
      </>
    );
  }

  it("gives the office its addresses and the desk the rest", () => {
    expect(["/workforce", "/workforce/scope", "/me", "/me/"].map(pageAt)).toEqual(Array(4).fill("workforce"));
    expect(["/", "/workforces", "/mend"].map(pageAt)).toEqual(["desk", "desk", "desk"]);
  });

  it("moves within the page without loading, and back again", async () => {
    history.replaceState(null, "", "/workforce");
    const person = userEvent.setup();
    render(<Here />);
    await person.click(screen.getByRole("link", { name: "Scope" }));
    expect(screen.getByRole("status").textContent).toBe("/workforce/scope 2026-05-01");
    history.back();
    await waitFor(() => expect(screen.getByRole("status").textContent).toBe("/workforce "));
  });
});

describe("what a view shows of the server", () => {
  let answers: Record<string, (value: Response) => void>;
  beforeEach(() => {
    answers = {};
    vi.stubGlobal("fetch", (path: string) => new Promise<Response>((resolve) => (answers[path] = resolve)));
  });

  function View({ path }: { path: string }) {
    const asked = useAsk<{ said: string }>(path);
    return (
      <Answer asked={asked} empty={(data) => (data.said === "" ? "Nobody is here yet." : null)}>
        {(data) => <p>{data.said}</p>}
      </Answer>
    );
  }

  it("never shows a slow answer to an old question", async () => {
    const { rerender } = render(<View path="/one" />);
    rerender(<View path="/two" />);
    answers["/two"]?.(Response.json({ said: "two" }));
    await screen.findByText("two");
    answers["/one"]?.(Response.json({ said: "one" }));
    await new Promise((resolve) => setTimeout(resolve, 0));
    expect(screen.queryByText("one")).toBeNull();
  });

  it("says in words that there is nothing, and that it was refused", async () => {
    const { rerender } = render(<View path="/none" />);
    expect(screen.getByRole("status").textContent).toBe("Fetching.");
    answers["/none"]?.(Response.json({ said: "" }));
    await screen.findByText("Nobody is here yet.");
    rerender(<View path="/refused" />);
    answers["/refused"]?.(Response.json({ code: "no_role", what: "Your account may not do this.", do: "Ask." }, { status: 403 }));
    const alert = await screen.findByRole("alert");
    expect(alert.textContent).toBe("Your account may not do this. Ask.");
    expect(within(alert).queryByRole("button")).toBeNull();
  });
});

describe("a form in a sheet", () => {
  beforeEach(() => {
    HTMLDialogElement.prototype.showModal = function () {
      this.open = true;
    };
    HTMLDialogElement.prototype.close = function () {
      this.open = false;
    };
  });

  it("keeps open with the refusal in words, and sends once", async () => {
    const person = userEvent.setup();
    let sent = 0;
    const refuse = () => {
      sent += 1;
      return Promise.reject(new Refusal({ code: "revoked", what: "It is revoked since 1 May 2026.", do: "Reinstate it first." }));
    };
    const closed = vi.fn();
    render(
      <FormSheet head="Renew" action="Renew it" onClose={closed} onSend={refuse}>
        <p>A licence</p>
      </FormSheet>,
    );
    await person.click(screen.getByRole("button", { name: "Renew it", hidden: true }));
    expect((await screen.findByRole("alert", { hidden: true })).textContent).toBe("It is revoked since 1 May 2026. Reinstate it first.");
    expect(sent).toBe(1);
    expect(closed).not.toHaveBeenCalled();
  });

  it("sends nothing while something is missing, and says what", async () => {
    const person = userEvent.setup();
    const sending = vi.fn(() => Promise.resolve());
    render(
      <FormSheet head="Renew" action="Renew it" fault="Say until when." onClose={() => undefined} onSend={sending}>
        <p>A licence</p>
      </FormSheet>,
    );
    await person.click(screen.getByRole("button", { name: "Renew it", hidden: true }));
    expect(screen.getByRole("alert", { hidden: true }).textContent).toBe("Say until when.");
    expect(sending).not.toHaveBeenCalled();
  });
});

describe("an answer", () => {
  it("may say nothing, whatever its status", async () => {
    for (const status of [200, 201, 204]) {
      vi.stubGlobal("fetch", () => Promise.resolve(new Response(null, { status })));
      await expect(send("POST", "/api/x", {})).resolves.toBeUndefined();
    }
  });
});

describe("a refusal", () => {
  it("is the server's own words, or what is known when it did not speak", async () => {
    vi.stubGlobal("fetch", () => Promise.reject(new TypeError("down")));
    await expect(send("GET", "/api/x")).rejects.toMatchObject({ code: "unreachable", what: "The server does not answer." });
  });
});
