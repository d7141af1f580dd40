import type { Definition, FootnoteDefinition, Nodes, RootContent } from "mdast";
import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmFromMarkdown } from "mdast-util-gfm";
import { mathFromMarkdown } from "mdast-util-math";
import { gfm } from "micromark-extension-gfm";
import { math } from "micromark-extension-math";
import type { Block } from "./blocks";
import { withDollars } from "./formulas";
import { finished } from "./unfinished";

declare module "mdast-util-math" {
  interface InlineMath {
    /** Written as one that stands for itself, or as any. */
    fence?: "block" | "any";
  }
}

declare module "mdast" {
  interface FootnoteReference {
    /** Which of the references to the same footnote in its block it is, from 1. */
    place?: number;
  }
}

export interface Parsed {
  nodes: RootContent[];
  /** Labels of the footnotes that it refers to, in their order; one can be there more than once. */
  references: string[];
  footnotes: FootnoteDefinition[];
  /** Where its reference links lead, as lines of markdown, by label. */
  definitions: [label: string, line: string][];
}

const nothing: Parsed = { nodes: [], references: [], footnotes: [], definitions: [] };

// HTML is shown as the text it is: blocks of it would take markdown's rules away from the lines that follow.
const extensions = [gfm(), math({ singleDollarTextMath: false }), { disable: { null: ["htmlFlow"] } }];
const mdastExtensions = [gfmFromMarkdown(), mathFromMarkdown()];

/**
 * @param known Definitions of other blocks that this one refers to, as lines of markdown.
 * @param growing It may be without its end.
 */
function parse({ text, kind }: Block, known: string, growing: boolean): Parsed {
  if (kind === "code" || text.trim() === "") return nothing;
  const markdown = growing ? finished(text) : withDollars(text);
  const source = known === "" ? markdown : `${markdown.trimEnd()}\n\n${known}`;
  const tree = fromMarkdown(source, { extensions, mdastExtensions });
  const end = known === "" ? Infinity : markdown.trimEnd().length;
  const own = tree.children.filter(({ position }) => (position?.start.offset ?? 0) < end);
  const parsed: Parsed = { nodes: own, references: [], footnotes: [], definitions: [] };
  const targets = new Map<string, Definition>();
  visit(tree, (node) => {
    if (node.type === "definition" && !targets.has(node.identifier)) targets.set(node.identifier, node);
  });
  for (const node of own) {
    visit(node, (child) => {
      resolve(child, targets);
      note(child, parsed, source);
    });
  }
  return parsed;
}

function visit(node: Nodes, look: (node: Nodes) => void): void {
  look(node);
  if ("children" in node) for (const child of node.children) visit(child, look);
}

/** Reference links become links. */
function resolve(node: Nodes, targets: ReadonlyMap<string, Definition>): void {
  if (!("children" in node)) return;
  const children = node.children as Nodes[];
  children.forEach((child, index) => {
    if (child.type !== "linkReference" && child.type !== "imageReference") return;
    const url = targets.get(child.identifier)?.url ?? "";
    children[index] =
      child.type === "imageReference"
        ? { type: "image", url, alt: child.alt }
        : { type: "link", url, children: child.children };
  });
}

function note(node: Nodes, into: Parsed, source: string): void {
  if (node.type === "footnoteReference") {
    into.references.push(node.identifier);
    node.place = into.references.filter((name) => name === node.identifier).length;
  }

  if (node.type === "footnoteDefinition") into.footnotes.push(node);
  else if (node.type === "inlineMath") {
    const start = node.position?.start.offset ?? 0;
    node.fence = source.startsWith("$$$", start) ? "block" : "any";
  } else if (node.type === "definition") {
    const url = node.url.replace(/[<>\\\s]/g, (character) => encodeURIComponent(character));
    into.definitions.push([node.identifier, `[${node.label ?? node.identifier}]: <${url}>`]);
  }
}

const kept = new WeakMap<Block, Map<string, Parsed>>();

/** The same block is read once only, and again when other definitions than before concern it. */
export function readBlock(block: Block, known = "", growing = false): Parsed {
  const key = `${growing ? "+" : "-"}${known}`;
  let readings = kept.get(block);
  if (!readings) kept.set(block, (readings = new Map<string, Parsed>()));
  let parsed = readings.get(key);
  if (!parsed) {
    parsed = parse(block, known, growing);
    if (readings.size > 3) readings.clear();
    readings.set(key, parsed);
  }
  return parsed;
}
