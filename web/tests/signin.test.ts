import { describe, expect, it } from "vitest";
import { onward } from "../src/signin/door";

describe("where somebody goes after signing in", () => {
  it("is where they wanted to", () => {
    expect(onward("/workforce/people?on=2026-01-01", ["desk"])).toBe("/workforce/people?on=2026-01-01");
  });

  it("is never another site, nor the door again", () => {
    for (const next of ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", "", "/signin"]) {
      expect(onward(next, ["desk", "workforce"])).toBe("/");
    }
  });

  it("is the first page that the account may open", () => {
    expect(onward(null, ["workforce", "me"])).toBe("/me");
    expect(onward(null, ["workforce"])).toBe("/workforce");
  });
});
