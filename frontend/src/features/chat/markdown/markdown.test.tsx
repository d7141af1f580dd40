import { render, screen } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { grammarOf } from "./highlighter";
import { Markdown } from "./markdown";
import { withDollars } from "./math";

function show(text: string): HTMLElement {
  return render(<Markdown text={text} growing={false} />).container;
}

describe("Markdown", () => {
  it("A link opens elsewhere and hands nothing over", () => {
    show("[the article](https://example.org/tides)");
    const link = screen.getByRole("link");
    expect(link.getAttribute("href")).toBe("https://example.org/tides");
    expect(link.getAttribute("rel")).toBe("noopener noreferrer");
    expect(link.getAttribute("target")).toBe("_blank");
  });

  it("A script address is no link", () => {
    show("[press](javascript:alert(1)) and [this](data:text/html,x)");
    expect(screen.queryByRole("link")).toBeNull();
  });

  it("No image is loaded, it is a link", () => {
    const container = show("![a cat](https://example.org/cat.png)");
    expect(container.querySelector("img")).toBeNull();
    expect(screen.getByRole("link").textContent).toBe("Image: a cat");
  });

  it("HTML is shown as the text it is", () => {
    const container = show("Use <b onclick='x()'>this</b>.\n\n<script>alert(1)</script>");
    expect(container.querySelector("script, b")).toBeNull();
    expect(container.textContent).toContain("<b onclick='x()'>this</b>");
  });

  it("A block of code names its language and can be copied", () => {
    show("```ts\nconst a = 1;\n```");
    expect(screen.getByTestId("code-block").textContent).toContain("const a = 1;");
    expect(screen.getByRole("button", { name: "Copy ts code" })).toBeTruthy();
  });

  it("A table can be scrolled by itself", () => {
    show("| a | b |\n| --- | --- |\n| 1 | 2<br>3 |");
    expect(screen.getByRole("region", { name: "Table" }).querySelectorAll("td")).toHaveLength(2);
    expect(screen.getByRole("region").querySelector("br")).not.toBeNull();
  });
});

describe("withDollars", () => {
  it("Both kinds of brackets become dollars, and code stays as it is", () => {
    expect(withDollars("so \\(a^2\\) and `\\(b\\)`")).toBe("so $$a^2$$ and `\\(b\\)`");
    expect(withDollars("\\[x\n= 1\\]")).toBe("\n$$\nx\n= 1\n$$\n");
    expect(withDollars("```\n\\(c\\)\n```")).toBe("```\n\\(c\\)\n```");
  });

  it("A formula alone on its line is a block", () => {
    expect(withDollars("see\n$$x$$\nend")).toBe("see\n$$\nx\n$$\nend");
  });
});

describe("grammarOf", () => {
  it("Knows names and aliases and nothing that every object has", () => {
    expect(grammarOf("TypeScript")).toBe("typescript");
    expect(grammarOf("c#")).toBe("csharp");
    expect(grammarOf("constructor")).toBeNull();
  });
});
