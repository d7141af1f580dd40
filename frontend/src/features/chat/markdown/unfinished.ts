import remend from "remend";
import { withDollars } from "./formulas";

const delimiterCell = /^ *:?-*:? *$/;

/** The markdown that a block will probably be once its end has come: half of a mark is not shown, an open one is closed. */
export function finished(block: string): string {
  const text = withTable(withoutHalves(withDollars(block, true)));
  return remend(text, {
    htmlTags: false,
    singleTilde: false,
    comparisonOperators: false,
    linkMode: "protocol",
  });
}

/** Leaves out a last line that is a mark only, and what at the end can still become anything. */
function withoutHalves(block: string): string {
  const start = block.lastIndexOf("\n") + 1;
  const line = block.slice(start);
  const mark = /^[ \t>]*(?:\d{1,9}[.)]?|[-+*_=]{1,3}|#{1,6}|`{1,2}|~{1,2}|\$|\||\[\^?|\[\^[^\]\n]*\]?|!\[?)$/;
  if (mark.test(line)) return block.slice(0, start);
  const item = /^([ \t>]*(?:[-+*]|\d{1,9}[.)])[ \t]+)\[[ xX]?\]?$/.exec(line);
  if (item) return block.slice(0, start) + (item[1] ?? "");
  return block.replace(/(?:(?<!\\)\\|!?\[\^?|\[\^[^\]\s]*|&#?[a-zA-Z0-9]{0,8}|(?<!\$)\$|(?<!<)<\/?)$/, "");
}

/** A row of heads is a table before the line below it says so. */
function withTable(block: string): string {
  const rows = block.split("\n");
  let first = rows.length - 1;
  while (first > 0 && isRow(rows[first - 1] ?? "")) first -= 1;
  const [head = "", delimiter, ...rest] = rows.slice(first);
  if (!/^ {0,3}\|./.test(head) || rest.length > 0) return block;
  const cells = cellsOf(head);
  const given = delimiter === undefined ? [] : cellsOf(delimiter);
  if (!given.every((cell) => delimiterCell.test(cell))) return block;
  const line = cells.map((_, column) => (/-/.test(given[column] ?? "") ? given[column] : "---"));
  return [...rows.slice(0, first), head.trimEnd().replace(/\|?$/, "|"), `|${line.join("|")}|`].join("\n");
}

const isRow = (line: string) => /^ {0,3}\|/.test(line);

function cellsOf(row: string): string[] {
  const inner = row
    .trim()
    .replace(/^\|/, "")
    .replace(/(?<!\\)\|$/, "");
  return inner.split(/(?<!\\)\|/);
}
