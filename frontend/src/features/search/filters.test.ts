import { describe, expect, it } from "vitest";
import { isFiltered, noFilters, queryOf, type SearchFilters } from "./filters";

const now = new Date(2026, 10, 23, 15, 30);

function query(filters: Partial<SearchFilters>, before?: string): Record<string, string> {
  const all = { ...noFilters, ...filters };
  return Object.fromEntries(queryOf("tide", all, { now, limit: 20, before }));
}

describe("the filters of the search", () => {
  it("Ask for nothing where nothing is chosen", () => {
    expect(query({})).toEqual({ q: "tide", limit: "20" });
    expect(isFiltered(noFilters)).toBe(false);
    expect(isFiltered({ ...noFilters, when: "dates" })).toBe(false);
  });

  it("Say who, which model and which conversations", () => {
    const asked = query({ who: "assistant", model: "m", where: "unarchived" }, "9.20");
    expect(asked).toMatchObject({ role: "assistant", model: "m", archived: "false", before: "9.20" });
    expect(query({ where: "pinned" })).toMatchObject({ pinned: "true" });
    expect(isFiltered({ ...noFilters, where: "archived" })).toBe(true);
  });

  it("Count days by the person's own clock, the last one to its end", () => {
    expect(query({ when: "week" })).toMatchObject({ from: new Date(2026, 10, 16).toISOString() });
    const dates = query({ when: "dates", from: "2026-02-01", to: "2026-02-28" });
    expect(dates).toMatchObject({
      from: new Date(2026, 1, 1).toISOString(),
      to: new Date(2026, 2, 1).toISOString(),
    });
    expect(query({ when: "dates", from: "", to: "soon" })).toEqual(query({}));
  });
});
