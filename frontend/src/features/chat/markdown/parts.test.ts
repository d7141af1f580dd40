import { describe, expect, it } from "vitest";
import { destinationOf, says } from "./addresses";
import { downloadName } from "./download-name";
import { languageName, readFence } from "./fence";
import { withDollars } from "./formulas";
import { grammarOf } from "./grammars";
import { piecesOf } from "./pieces";

describe("destinationOf", () => {
  it("Knows the web and mail only", () => {
    expect(destinationOf("https://example.org/a")?.place).toBe("example.org");
    expect(destinationOf("mailto:a@example.org")?.place).toBe("a@example.org");
    for (const url of [
      "javascript:alert(1)",
      "JaVaScRiPt:x",
      "data:text/html,x",
      "//example.org",
      "/a",
      "",
      "https:",
      "ftp://a",
      "blob:https://a",
    ]) {
      expect(destinationOf(url), url).toBeNull();
    }
  });

  it("Spells out letters that look like others", () => {
    expect(destinationOf("https://аpple.com")?.place).toBe("xn--pple-43d.com");
  });
});

describe("says", () => {
  it("Believes words only that begin with the place", () => {
    expect(says("https://www.example.org/a", "example.org")).toBe(true);
    expect(says("Example.org", "www.example.org")).toBe(true);
    expect(says("example.org.evil.net", "example.org")).toBe(false);
    expect(says("bank.com/evil.net", "evil.net")).toBe(false);
    expect(says("the article", "example.org")).toBe(false);
  });
});

describe("downloadName", () => {
  it("Is made of known words only", () => {
    expect(
      ["typescript", "py", "C#", "dockerfile", "", "../../evil.exe", "constructor"].map(downloadName),
    ).toEqual(["code.ts", "code.py", "code.cs", "Dockerfile", "code.txt", "code.txt", "code.txt"]);
  });
});

describe("readFence", () => {
  it("Takes the code without its fences, closed or growing", () => {
    expect(readFence("```js\na\n\nb\n```\n")).toEqual({ language: "js", code: "a\n\nb", closed: true });
    expect(readFence("~~~~\na\n~~~\n")).toEqual({ language: "", code: "a\n~~~", closed: false });
    expect(readFence("```js\na\n``").code).toBe("a");
    expect(readFence("  ```\n    a\n  b\n  ```")).toEqual({ language: "", code: "  a\nb", closed: true });
    expect(readFence("```js")).toEqual({ language: "js", code: "", closed: false });
    expect(readFence("```\n```").closed).toBe(true);
  });

  it("Shows of a language what can be one", () => {
    expect(languageName('c++"><script>')).toBe("c++script");
  });
});

describe("piecesOf", () => {
  it("Are the code, and stay while it grows", () => {
    const code = Array.from({ length: 200 }, (_, line) => `line ${line}\n`).join("") + "x".repeat(9_000);
    const pieces = piecesOf(code);
    expect(pieces.join("")).toBe(code);
    expect(piecesOf(code + "\nmore").slice(0, pieces.length - 1)).toEqual(pieces.slice(0, -1));
  });
});

describe("withDollars", () => {
  it("Both kinds of brackets become dollars in their line, and code stays as it is", () => {
    expect(withDollars("so \\(a^2\\) and `\\(b\\)`")).toBe("so $$ a^2 $$ and `\\(b\\)`");
    expect(withDollars("\\[x\n= 1\\]")).toBe("$$$ x = 1 $$$");
    expect(withDollars("```\n\\(c\\)\n```")).toBe("```\n\\(c\\)\n```");
  });

  it("A formula without its end yet is one already", () => {
    expect(withDollars("so \\(a^2", true)).toBe("so $$ a^2 $$");
    expect(withDollars("so \\(a^2")).toBe("so \\(a^2");
  });
});

describe("grammarOf", () => {
  it("Knows names and aliases and nothing that every object has", () => {
    expect(grammarOf("TypeScript")).toBe("typescript");
    expect(grammarOf("c#")).toBe("csharp");
    expect(grammarOf("constructor")).toBeNull();
  });
});
