import type { PhrasingContent, RootContent } from "mdast";
import type { InlineMath } from "mdast-util-math";
import { Fragment, type ReactNode } from "react";
import { CodeBlock } from "./code-block";
import { Formula } from "./formula";
import { FootnoteReference } from "./footnotes";
import { ImageLink } from "./image-link";
import { ListView } from "./list-view";
import { SafeLink } from "./safe-link";
import { TableView } from "./table-view";
import { wordsOf } from "./words-of";

/** What the nodes of one block need to know of their message. */
export interface Around {
  /** Unique on the page. */
  prefix: string;
  growing: boolean;
  numbers: ReadonlyMap<string, number>;
  /** How many references to each footnote come in the blocks before. */
  earlier: ReadonlyMap<string, number> | undefined;
}

/** Nodes become elements by this list alone: what is not in it, HTML above all, is shown as text. */
export function showNodes(nodes: readonly RootContent[], around: Around): ReactNode {
  return nodes.map((node, index) => <Fragment key={index}>{showNode(node, around, nodes, index)}</Fragment>);
}

function showNode(
  node: RootContent,
  around: Around,
  siblings: readonly RootContent[],
  index: number,
): ReactNode {
  switch (node.type) {
    case "text":
      return node.value;
    case "html":
      return /^<br\s*\/?>$/i.test(node.value) ? <br /> : node.value;
    case "paragraph": {
      const className = node.children[0]?.type === "html" ? "whitespace-pre-wrap" : undefined;
      return (
        <p dir="auto" className={className}>
          {showNodes(node.children, around)}
        </p>
      );
    }
    case "heading": {
      const Heading = `h${node.depth}` as const;
      return <Heading dir="auto">{showNodes(node.children, around)}</Heading>;
    }
    case "emphasis":
      return <em>{showNodes(node.children, around)}</em>;
    case "strong":
      return <strong>{showNodes(node.children, around)}</strong>;
    case "delete":
      return <del>{showNodes(node.children, around)}</del>;
    case "inlineCode":
      return <code dir="ltr">{node.value}</code>;
    case "break":
      return <br />;
    case "thematicBreak":
      return <hr />;
    case "blockquote":
      return <blockquote dir="auto">{showNodes(node.children, around)}</blockquote>;
    case "code":
      return <CodeBlock code={node.value} language={node.lang ?? ""} />;
    case "list":
      return <ListView list={node} around={around} />;
    case "table":
      return <TableView table={node} around={around} />;
    case "link":
      return showLink(node.url, node.children, around);
    case "image":
      return <ImageLink url={node.url} alt={node.alt} />;
    case "footnoteReference":
      return <FootnoteReference name={node.identifier} place={node.place ?? 1} around={around} />;
    case "math":
      return (
        <Formula tex={[node.meta, node.value].filter(Boolean).join("\n")} block growing={around.growing} />
      );
    case "inlineMath":
      return <Formula tex={node.value} block={isBlock(node, siblings, index)} growing={around.growing} />;
    // Definitions are shown elsewhere or not at all; references were resolved when the block was read.
    default:
      return null;
  }
}

/** A formula that was a block in the text, or that has its line for itself. */
function isBlock(node: InlineMath, siblings: readonly RootContent[], index: number): boolean {
  if (node.fence === "block") return true;
  const before = siblings[index - 1];
  const after = siblings[index + 1];
  const begins =
    !before || before.type === "break" || (before.type === "text" && /\n\s*$/.test(before.value));
  const ends = !after || after.type === "break" || (after.type === "text" && /^\s*\n/.test(after.value));
  return begins && ends;
}

function showLink(url: string, children: PhrasingContent[], around: Around): ReactNode {
  const inside = showNodes(children, around);
  // Its address is still to come.
  if (url === "streamdown:incomplete-link") return <span className="link-growing">{inside}</span>;
  return (
    <SafeLink url={url} words={children.map(wordsOf).join("")}>
      {inside}
    </SafeLink>
  );
}
