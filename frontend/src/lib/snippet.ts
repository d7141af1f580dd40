import type { SearchHit, SnippetMark } from "./protocol/search";

export interface SnippetPart {
  text: string;
  marked: boolean;
}

/** A snippet's text in pieces, the marked ones among them; marks that do not fit the text are left out. */
export function partsOf(text: string, marks: readonly SnippetMark[]): SnippetPart[] {
  const parts: SnippetPart[] = [];
  let at = 0;
  for (const { start, length } of marks) {
    if (start < at || length <= 0 || start + length > text.length) continue;
    if (start > at) parts.push({ text: text.slice(at, start), marked: false });
    parts.push({ text: text.slice(start, start + length), marked: true });
    at = start + length;
  }
  if (at < text.length) parts.push({ text: text.slice(at), marked: false });
  return parts;
}

/** What is marked, each text once, whatever its case. */
export function markedTexts({ snippet: { text, marks } }: SearchHit): string[] {
  const texts = partsOf(text, marks).flatMap((part) => (part.marked ? [part.text] : []));
  return [...new Map(texts.map((each) => [each.toLowerCase(), each])).values()];
}
