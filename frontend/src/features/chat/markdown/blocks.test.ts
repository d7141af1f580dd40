import { describe, expect, it } from "vitest";
import { longest, splitBlocks, type Blocks } from "./blocks";

const pieces = [
  "Words and words.",
  "\n",
  "\n\n",
  "    ",
  "  ",
  "- item",
  "* other",
  "1. first",
  "2) second",
  "```js",
  "```",
  "~~~",
  "````",
  "# Heading",
  "$$",
  "$$x$$",
  "\\[",
  "\\]",
  "> quote",
  "[^1]: note",
  "[a]: https://example.org",
  "| a | b |",
  "|---|---|",
  "---",
  "\t",
  "*",
  "`",
  "text",
  " ",
  "long words ".repeat(40),
];

/** The same numbers every time. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

function someText(seed: number): string {
  const next = random(seed);
  return Array.from({ length: 40 }, () => {
    const piece = pieces[Math.floor(next() * pieces.length)] ?? "";
    return next() < 0.5 ? `${piece}\n` : piece;
  }).join("");
}

function allOf({ finished, last }: Blocks) {
  return last ? [...finished, last] : finished;
}

describe("splitBlocks", () => {
  it("The blocks are the text, whether it grows by characters, by pieces or comes at once", () => {
    for (let seed = 1; seed <= 40; seed++) {
      const text = someText(seed);
      const once = splitBlocks(text);
      expect(
        allOf(once)
          .map((block) => block.text)
          .join(""),
      ).toBe(text);
      const next = random(seed);
      for (const most of [1, 60]) {
        let grown: Blocks | undefined;
        for (let end = 0; end <= text.length; end += 1 + Math.floor(next() * most)) {
          const before: Blocks | undefined = grown;
          grown = splitBlocks(text.slice(0, end), before);
          const kept = before?.finished.every((block, index) => grown?.finished[index] === block);
          expect(kept ?? true).toBe(true);
        }
        expect(allOf(splitBlocks(text, grown))).toEqual(allOf(once));
      }
    }
  }, 60_000);

  it("Splits at paragraphs, headings, code and formulas", () => {
    const text = "a\nb\n\n# c\nd\n```js\ne\n\nf\n```\ng\n$$\nx\n\ny\n$$\n";
    expect(allOf(splitBlocks(text)).map((block) => block.text)).toEqual([
      "a\nb\n\n",
      "# c\n",
      "d\n",
      "```js\ne\n\nf\n```\n",
      "g\n",
      "$$\nx\n\ny\n$$\n",
    ]);
  });

  it("Keeps a list together, and what is indented below its items", () => {
    const text = "- a\n\n- b\n\n  c\n\n  ```\n  d\n\n  e\n  ```\n\nf";
    expect(allOf(splitBlocks(text)).map((block) => block.text)).toEqual([text.slice(0, -1), "f"]);
  });

  it("Cuts what would grow for ever", () => {
    const count = Array.from({ length: 20_000 }, (_, index) => index + 1).join(" ");
    const list = "- an item of a list\n".repeat(3_000);
    for (const text of [count, list, "words and words\n".repeat(3_000)]) {
      const blocks = allOf(splitBlocks(text));
      expect(blocks.map((block) => block.text).join("")).toBe(text);
      expect(Math.max(...blocks.map((block) => block.text.length))).toBeLessThan(2 * longest);
    }
  });

  it("Starts over where a text is another one", () => {
    const before = splitBlocks("a\n\nb");
    expect(allOf(splitBlocks("c\n\nd", before)).map((block) => block.text)).toEqual(["c\n\n", "d"]);
  });
});
