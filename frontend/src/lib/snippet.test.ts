import { describe, expect, it } from "vitest";
import type { SearchHit } from "./protocol/search";
import { markedTexts, partsOf } from "./snippet";

describe("a snippet", () => {
  it("Is cut at its marks, and is whole again when put together", () => {
    const text = "The tide 🌊 comes";
    const parts = partsOf(text, [
      { start: 4, length: 4 },
      { start: 9, length: 2 },
    ]);
    expect(parts.filter(({ marked }) => marked).map((part) => part.text)).toEqual(["tide", "🌊"]);
    expect(parts.map((part) => part.text).join("")).toBe(text);
  });

  it("Leaves out marks that overlap or lie outside", () => {
    const parts = partsOf("abc", [
      { start: 0, length: 2 },
      { start: 1, length: 1 },
      { start: 2, length: 9 },
    ]);
    expect(parts).toEqual([
      { text: "ab", marked: true },
      { text: "c", marked: false },
    ]);
  });

  it("Says each marked text once", () => {
    const snippet = { text: "Tide, tide, moon", marks: [0, 6, 12].map((start) => ({ start, length: 4 })) };
    expect(markedTexts({ snippet } as SearchHit)).toEqual(["tide", "moon"]);
  });
});
