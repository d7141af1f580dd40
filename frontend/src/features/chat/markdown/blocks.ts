import * as lines from "./lines";

/** A piece of a reply that can be read by itself. All blocks, one after the other, are the reply. */
export interface Block {
  start: number;
  text: string;
  kind: "markdown" | "code";
  /** Goes on in the next block: one so long that it was cut. */
  cut: boolean;
}

type Mode =
  | { type: "none" }
  | { type: "paragraph" }
  | { type: "indented" }
  | { type: "footnote" }
  | { type: "list"; marker: string }
  | { type: "fence"; character: "`" | "~"; length: number }
  | { type: "dollars" }
  | { type: "bracket" };

export interface Blocks {
  text: string;
  /** Will never change, whatever comes. */
  finished: Block[];
  /** The last block, which more text may change. */
  last: Block | null;
  mode: Mode;
  /** A blank line came since the block's last line. */
  blank: boolean;
  start: number;
  /** The first line that was not complete. */
  at: number;
}

/** A longer paragraph or list is cut where it can be, so that the work for the next character stays small. */
export const longest = 6_000;

const none: Mode = { type: "none" };

const empty: Blocks = { text: "", finished: [], last: null, mode: none, blank: false, start: 0, at: 0 };

/**
 * Splits a text into blocks. Where it only grew since `before`, the work is that of what is new: finished blocks are the
 * same objects, and the result is the same as for the whole text at once.
 */
export function splitBlocks(text: string, before?: Blocks): Blocks {
  if (before && text === before.text) return before;
  const grown = before !== undefined && text.startsWith(before.text);
  const next: Blocks = grown
    ? { ...before, finished: before.finished, text }
    : { ...empty, finished: [], text };
  const known = next.finished;
  for (let end = text.indexOf("\n", next.at); end >= 0; end = text.indexOf("\n", next.at)) {
    cutLine(next, end, known);
    readLine(next, text.slice(next.at, end), end + 1, known);
  }
  cutLine(next, text.length, known);
  if (next.at < text.length && startsForSure(next, text.slice(next.at))) finish(next, next.at, known);
  next.last = next.start < text.length ? blockOf(next, text.length) : null;
  return next;
}

function blockOf(state: Blocks, end: number, cut = false): Block {
  const { mode, start } = state;
  return {
    start,
    text: state.text.slice(start, end),
    kind: mode.type === "fence" ? "code" : "markdown",
    cut,
  };
}

/** Copies the list before it adds to it: the one of `known` is somebody else's. */
function finish(state: Blocks, end: number, known: Block[], mode = none, cut = false): void {
  if (end > state.start) {
    if (state.finished === known) state.finished = [...known];
    state.finished.push(blockOf(state, end, cut));
  }
  state.start = end;
  state.mode = mode;
  state.blank = false;
}

function readLine(state: Blocks, line: string, next: number, known: Block[]): void {
  const { mode } = state;
  const at = state.at;
  state.at = next;
  if (mode.type === "fence" || mode.type === "dollars") {
    const closes = mode.type === "fence" ? lines.isClosingFence(line, mode) : lines.closesDollars(line);
    if (closes) finish(state, next, known);
    return;
  }
  if (mode.type === "bracket") {
    if (line.includes("\\]")) state.mode = { type: "paragraph" };
    return;
  }
  if (lines.isBlank(line)) {
    state.blank = mode.type !== "none";
    return;
  }
  if (mode.type !== "none" && starts(state, line, at)) finish(state, at, known);
  if (state.mode.type === "none") begin(state, line, at, next, known);
  state.blank = false;
}

function begin(state: Blocks, line: string, at: number, next: number, known: Block[]): void {
  const fence = lines.openingFence(line);
  const marker = lines.listMarker(line);
  // Blank lines before code would be part of the code.
  if (fence && at > state.start) finish(state, at, known);
  if (fence) state.mode = { type: "fence", character: fence.character, length: fence.length };
  else if (lines.opensDollars(line)) state.mode = { type: "dollars" };
  else if (lines.opensBracket(line)) state.mode = { type: "bracket" };
  else if (lines.isHeading(line)) finish(state, next, known);
  else if (lines.isFootnoteDefinition(line)) state.mode = { type: "footnote" };
  else if (lines.indentOf(line) >= 4) state.mode = { type: "indented" };
  else if (marker) state.mode = { type: "list", marker };
  else state.mode = { type: "paragraph" };
}

function starts(state: Blocks, line: string, at: number): boolean {
  const { mode, blank } = state;
  const indent = lines.indentOf(line);
  const interrupts =
    lines.openingFence(line) !== null ||
    lines.isHeading(line) ||
    lines.opensDollars(line) ||
    lines.opensBracket(line);
  const long = at - state.start > longest;
  switch (mode.type) {
    case "paragraph":
      return blank || interrupts || (long && /^\p{L}/u.test(line) && !line.includes("|"));
    case "indented":
      return indent < 4;
    case "footnote":
      return indent === 0 && (blank || interrupts || lines.isFootnoteDefinition(line));
    case "list": {
      if (indent > 0) return false;
      const marker = lines.listMarker(line);
      if (!marker) return blank || interrupts;
      if (marker === mode.marker) return long;
      return blank || lines.interruptsParagraph(line);
    }
    default:
      return false;
  }
}

/** Whether a line begins a block, whatever the rest of it will be. */
function startsForSure({ mode, blank }: Blocks, line: string): boolean {
  if (!blank || lines.isBlank(line)) return false;
  const indent = lines.indentOf(line);
  if (mode.type === "paragraph") return true;
  if (mode.type === "indented") return indent < 4;
  if (mode.type === "footnote") return indent === 0;
  return mode.type === "list" && indent === 0 && !/^[-+*\d]/.test(line);
}

/** Cuts a line that alone is too long, at a word that begins nothing else. */
function cutLine(state: Blocks, end: number, known: Block[]): void {
  while (end - state.start > longest + 40 && end - state.at > longest / 2) {
    const { text, mode } = state;
    const plain =
      mode.type === "paragraph" || (mode.type === "none" && isPlain(text.slice(state.at, state.at + 40)));
    const from = Math.max(state.start + longest, state.at + 1);
    if (!plain || state.blank || text.slice(state.start, from).includes("|")) return;
    const found = text.slice(from, end - 20).search(/(?<= )(?:\p{L}|\d{1,9} )/u);
    if (found < 0) return;
    state.at = from + found;
    finish(state, state.at, known, { type: "paragraph" }, true);
  }
}

function isPlain(line: string): boolean {
  return /^\p{L}|^\d{1,9}(?![\d.)])/u.test(line);
}
