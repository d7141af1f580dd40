import { render, screen } from "@testing-library/react";
import { beforeAll, describe, expect, it } from "vitest";
import { WithWords } from "@/testing/with-words";
import { loadMarkdown, Markdown } from "./markdown";

beforeAll(loadMarkdown);

function show(text: string, growing = false): HTMLElement {
  return render(<Markdown text={text} growing={growing} />, { wrapper: WithWords }).container;
}

describe("Markdown", () => {
  it("A link opens elsewhere, hands nothing over and says where it leads", () => {
    show("[the article](https://example.org/tides)");
    const link = screen.getByRole("link");
    expect(link.getAttribute("href")).toBe("https://example.org/tides");
    expect(link.getAttribute("rel")).toBe("noopener noreferrer");
    expect(link.getAttribute("target")).toBe("_blank");
    expect(link.getAttribute("title")).toBe("https://example.org/tides");
    expect(link.textContent).toBe("the article (example.org)");
  });

  it("A link whose words are its place does not say it twice", () => {
    show("https://example.org/a and <https://www.example.com/b> and www.example.net");
    const links = screen.getAllByRole("link").map((link) => link.textContent);
    expect(links).toEqual(["https://example.org/a", "https://www.example.com/b", "www.example.net"]);
  });

  it("A link whose words name another place says its own", () => {
    show("[https://bank.example](https://evil.example/x) [a](https://bank.example@evil.example/)");
    const links = screen.getAllByRole("link").map((link) => link.textContent);
    expect(links).toEqual(["https://bank.example (evil.example)", "a (evil.example)"]);
  });

  it("A script address is no link", () => {
    show(
      "[press](javascript:alert(1)) and [this](data:text/html,x) and [that](/relative) and [it](//example.org)",
    );
    expect(screen.queryByRole("link")).toBeNull();
  });

  it("No image is loaded, it is a link", () => {
    const container = show("![a cat](https://example.org/cat.png) ![][x]\n\n[x]: https://example.org/x.png");
    expect(container.querySelector("img")).toBeNull();
    expect(screen.getAllByRole("link").map((link) => link.textContent)).toEqual([
      "Image: a cat (example.org)",
      "Image: without description (example.org)",
    ]);
  });

  it("HTML is shown as the text it is", () => {
    const container = show(
      "Use <b onclick='x()'>this</b>.\n\n<script>alert(1)</script>\n\n<div>\n\n**bold**",
    );
    expect(container.querySelector("script, b")).toBeNull();
    expect(container.textContent).toContain("<b onclick='x()'>this</b>");
    expect(container.querySelector("strong")?.textContent).toBe("bold");
  });

  it("A block of code names its language and can be copied, wrapped and downloaded", () => {
    show("```ts\nconst a = 1;\n```");
    expect(screen.getByTestId("code-block").textContent).toContain("const a = 1;");
    for (const name of ["Copy ts code", "Download ts code", "Wrap long lines of ts code"]) {
      expect(screen.getByRole("button", { name })).toBeTruthy();
    }
  });

  it("A table can be scrolled by itself and keeps its columns' sides", () => {
    show("| a | b |\n| --- | --: |\n| 1 | 2<br>3 |");
    expect(screen.getByRole("region", { name: "Table" }).querySelectorAll("td")).toHaveLength(2);
    expect(screen.getByRole("region").querySelector("br")).not.toBeNull();
    expect(screen.getAllByRole("cell").map((cell) => cell.getAttribute("align"))).toEqual([null, "right"]);
  });

  it("A short cell of a table stays in one line, a sentence does not", () => {
    show("| a |\n| --- |\n| **12.5** % |\n| a sentence that goes on |");
    const oneLine = screen.getAllByRole("cell").map((cell) => cell.classList.contains("whitespace-nowrap"));
    expect(oneLine).toEqual([true, false]);
  });

  it("Tasks are boxes with names that nobody can change", () => {
    show("- [x] buy milk\n- [ ] go home");
    const boxes = screen.getAllByRole<HTMLInputElement>("checkbox");
    expect(boxes.map((box) => [box.getAttribute("aria-label"), box.checked, box.disabled])).toEqual([
      ["buy milk", true, true],
      ["go home", false, true],
    ]);
  });

  it("Footnotes lead there and back, each by ids of its own", () => {
    const text = "One[^a], two[^b].\n\nOne again[^a].\n\n[^b]: Second\n\n[^a]: First";
    const container = render(
      <>
        <Markdown text={text} growing={false} />
        <Markdown text={text} growing={false} />
      </>,
      { wrapper: WithWords },
    ).container;
    const ids = [...container.querySelectorAll("[id]")].map((element) => element.id);
    expect(new Set(ids).size).toBe(ids.length);
    const links = [...container.querySelectorAll<HTMLAnchorElement>("a[href^='#']")];
    expect(links).toHaveLength(12);
    for (const link of links) expect(ids).toContain(decodeURIComponent(link.hash.slice(1)));
    const notes = [...container.querySelectorAll(".footnotes")][0];
    expect(notes?.textContent).toBe("FirstSecond");
    expect(container.querySelector("sup")?.textContent).toBe("1");
  });

  it("A link by reference finds its definition in another block", () => {
    show("See [the docs][d] and [e].\n\nMore.\n\n[d]: https://example.org/d\n[e]: <https://example.org/e>");
    const links = screen.getAllByRole("link").map((link) => link.getAttribute("href"));
    expect(links).toEqual(["https://example.org/d", "https://example.org/e"]);
  });
});

describe("Markdown that grows", () => {
  const cases: [name: string, text: string, selector: string, shown: string][] = [
    ["bold", "so **very bo", "strong", "very bo"],
    ["code", "so `a = b", "p > code", "a = b"],
    ["a link", "see [the docs](https://exa", "p > .link-growing", "the docs"],
    ["a table's head", "| one | tw", "th", "one"],
    ["a table's delimiter", "| one | two |\n| -", "th", "one"],
    ["a fence", "```py\nprint(1)\n``", "code", "print(1)"],
    ["a formula", "so $$x^2", ".formula, .formula-source", "x^2"],
    ["a formula in brackets", "so \\(x^2", ".formula, .formula-source", "x^2"],
    ["a footnote", "so[^1] it", "sup", "1"],
  ];
  it.each(cases)("Shows %s as it will become", (_, text, selector, shown) => {
    const container = show(text, true);
    expect(container.querySelector(selector)?.textContent).toContain(shown);
  });

  it.each([
    "a\n\n-",
    "a\n\n1.",
    "a\n\n#",
    "a\n\n`",
    "a\n\n|",
    "a\n\n$",
    "a &am",
    "a \\",
    "a\n\n- [",
    "a [^1",
  ])("Shows no half of a mark: %j", (text) => {
    expect(show(text, true).textContent.trim()).toBe("a");
  });
});
