import type { FootnoteDefinition } from "mdast";
import type { Block } from "./blocks";
import { readBlock } from "./parse";

/** What blocks have to know of each other. */
export interface References {
  /** Lines of markdown that each block with references has to be read with, in the order of the blocks. */
  known: Map<Block, string>;
  /** Number of each footnote, in the order of the first references. */
  numbers: Map<string, number>;
  /** How many references to a footnote come before a block, for the names of their places. */
  earlier: Map<Block, Map<string, number>>;
  /** By their numbers; a reference without a definition has none. */
  footnotes: {
    label: string;
    number: number;
    definition: FootnoteDefinition | undefined;
    references: number;
  }[];
}

const label = /(?<!\\)\[([^[\]]{1,200})\]/g;

interface Labels {
  links: string[];
  notes: string[];
  defines: boolean;
}

const kept = new WeakMap<Block, Labels>();
const noLabels: Labels = { links: [], notes: [], defines: false };

/** Read from the text alone: most blocks have none and need not be parsed for it. */
function labelsOf(block: Block): Labels {
  if (block.kind === "code" || !block.text.includes("[")) return noLabels;
  let labels = kept.get(block);
  if (!labels) {
    const all = [...block.text.matchAll(label)].map((match) => normalize(match[1] ?? ""));
    labels = {
      links: all.filter((text) => !text.startsWith("^")),
      notes: all.filter((text) => /^\^\S/.test(text)).map((text) => text.slice(1)),
      defines: /(?:^|\n)[ \t>]*\[[^\]]+\]:/.test(block.text),
    };
    kept.set(block, labels);
  }
  return labels;
}

/** As markdown compares labels. */
function normalize(text: string): string {
  return text.replace(/\s+/g, " ").trim().toLowerCase().toUpperCase().toLowerCase();
}

const empty: References = { known: new Map(), numbers: new Map(), earlier: new Map(), footnotes: [] };

/** @param growing A footnote whose definition has not come yet is one already. */
export function connect(blocks: Block[], growing: boolean): References {
  if (blocks.every((block) => labelsOf(block) === noLabels)) return empty;
  const links = new Map<string, string>();
  const definitions = new Map<string, FootnoteDefinition>();
  for (const block of blocks) {
    if (!labelsOf(block).defines) continue;
    const { definitions: lines, footnotes } = readBlock(block);
    for (const [name, line] of lines) if (!links.has(normalize(name))) links.set(normalize(name), line);
    for (const note of footnotes) {
      if (!definitions.has(normalize(note.identifier))) definitions.set(normalize(note.identifier), note);
    }
  }
  const references: References = { known: new Map(), numbers: new Map(), earlier: new Map(), footnotes: [] };
  const counts = new Map<string, number>();
  for (const block of blocks) {
    const labels = labelsOf(block);
    const lines = unique(labels.links).flatMap((name) => links.get(name) ?? []);
    const notes = unique(labels.notes).filter((name) => growing || definitions.has(name));
    const known = [...lines, ...notes.map((name) => `[^${name}]: …`)].join("\n\n");
    if (known !== "") references.known.set(block, known);
    if (notes.length === 0) continue;
    references.earlier.set(block, new Map(counts));
    for (const id of readBlock(block, known).references) {
      const name = normalize(id);
      if (!references.numbers.has(name)) references.numbers.set(name, references.numbers.size + 1);
      counts.set(name, (counts.get(name) ?? 0) + 1);
    }
  }
  for (const [name, number] of references.numbers) {
    const definition = definitions.get(name);
    references.footnotes.push({ label: name, number, definition, references: counts.get(name) ?? 0 });
  }
  return references;
}

const unique = (names: string[]) => [...new Set(names)];
