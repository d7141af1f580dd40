/** What a line of markdown says about the blocks around it, without reading the rest of it. */

export interface Fence {
  indent: number;
  character: "`" | "~";
  length: number;
  info: string;
}

export function isBlank(line: string): boolean {
  return line.trim() === "";
}

/** Columns before the first character; a tab goes to the next multiple of four. */
export function indentOf(line: string): number {
  let columns = 0;
  for (const character of line) {
    if (character === " ") columns += 1;
    else if (character === "\t") columns += 4 - (columns % 4);
    else break;
  }
  return columns;
}

export function openingFence(line: string): Fence | null {
  const match = /^( {0,3})(`{3,}|~{3,})([^\n]*)/.exec(line);
  if (!match) return null;
  const [, indent = "", marks = "", info = ""] = match;
  if (marks.startsWith("`") && info.includes("`")) return null;
  return {
    indent: indent.length,
    character: marks.startsWith("`") ? "`" : "~",
    length: marks.length,
    info: info.trim(),
  };
}

export function isClosingFence(
  line: string,
  { character, length }: Pick<Fence, "character" | "length">,
): boolean {
  const marks = line.trim();
  if (indentOf(line) > 3 || marks.length < length) return false;
  return [...marks].every((mark) => mark === character);
}

/** `$$` alone, or with what opens a block of a formula that ends on another line. */
export function opensDollars(line: string): boolean {
  return /^ {0,3}\${2,}[^$]*$/.test(line);
}

export function closesDollars(line: string): boolean {
  return /^ {0,3}\${2,}\s*$/.test(line);
}

/** `\[` whose `\]` comes on another line. */
export function opensBracket(line: string): boolean {
  return /^ {0,3}\\\[/.test(line) && !line.includes("\\]");
}

export function isHeading(line: string): boolean {
  return /^ {0,3}#{1,6}(?:[ \t]|$)/.test(line.trimEnd());
}

export function isFootnoteDefinition(line: string): boolean {
  return /^ {0,3}\[\^[^\]\s]+\]:/.test(line);
}

/** The kind of list that an item at this line belongs to (its bullet, or `.` or `)` after a number), or null. */
export function listMarker(line: string): string | null {
  const match = /^ {0,3}(?:([-+*])|\d{1,9}([.)]))(?:[ \t]|$)/.exec(line.trimEnd());
  return match ? (match[1] ?? match[2] ?? null) : null;
}

/** An item that begins a list also without a blank line before it. */
export function interruptsParagraph(line: string): boolean {
  return /^ {0,3}(?:[-+*]|1[.)])[ \t]+\S/.test(line);
}
