const code = /(```[\s\S]*?(?:```|$)|~~~[\s\S]*?(?:~~~|$)|`[^`\n]*`)/;

/**
 * Models write \( \) and \[ \], the parser reads $$: the one becomes the other, and three dollars say that it is a block.
 * A formula stays in its line, so that lists and quotes around it hold. Code stays as it is.
 * @param growing The last formula may be without its end yet.
 */
export function withDollars(markdown: string, growing = false): string {
  if (!/\\[([]/.test(markdown)) return markdown;
  return markdown
    .split(code)
    .map((part, index) => (index % 2 === 1 ? part : formulas(part, growing)))
    .join("");
}

function formulas(text: string, growing: boolean): string {
  const closed = text
    .replace(/\\\[((?:(?!\n[ \t]*\n)[\s\S])+?)\\\]/g, (_, formula: string) => block(formula))
    .replace(/\\\((.+?)\\\)/g, (_, formula: string) => inline(formula));
  if (!growing) return closed;
  return closed
    .replace(/\\\[((?:(?!\n[ \t]*\n)[\s\S])+)$/, (_, formula: string) => block(formula))
    .replace(/\\\(([^\n]+)$/, (_, formula: string) => inline(formula));
}

const block = (formula: string) => `$$$ ${oneLine(formula)} $$$`;

const inline = (formula: string) => `$$ ${oneLine(formula)} $$`;

/** A comment of TeX ends with its line. */
function oneLine(formula: string): string {
  return formula
    .replace(/(?<!\\)%[^\n]*/g, "")
    .replace(/\s*\n[ \t>]*/g, " ")
    .trim();
}
