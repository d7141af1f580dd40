"use client";

import { memo, useMemo } from "react";
import type { Block } from "./blocks";
import { CodeBlock } from "./code-block";
import { Diagram } from "./diagram";
import { readFence } from "./fence";
import { showNodes } from "./nodes";
import { readBlock } from "./parse";

/** A footnote that a block refers to: its label, its number, the references to it in the blocks before. */
export type Note = [name: string, number: number, earlier: number];

interface BlockViewProps {
  block: Block;
  /** Definitions of other blocks that it needs, as markdown. */
  known: string;
  /** The footnotes that it refers to ({@link Note}), as JSON: a block is drawn again only where one of these changes. */
  notes: string;
  prefix: string;
  growing: boolean;
}

/** A finished block keeps its object, so that it is neither read nor drawn again while the reply grows. */
export const BlockView = memo(function BlockView({ block, known, notes, prefix, growing }: BlockViewProps) {
  if (block.kind === "code") return <FencedCode text={block.text} />;
  const list = notes === "" ? [] : (JSON.parse(notes) as Note[]);
  const nodes = showNodes(readBlock(block, known, growing).nodes, {
    prefix,
    growing,
    numbers: new Map(list.map(([name, number]) => [name, number])),
    earlier: new Map(list.map(([name, , earlier]) => [name, earlier])),
  });
  if (!block.cut) return nodes;
  return (
    <>
      {nodes}
      <span className="cut"> </span>
    </>
  );
});

function FencedCode({ text }: { text: string }) {
  const { code, language, closed } = useMemo(() => readFence(text), [text]);
  if (closed && language.toLowerCase() === "mermaid") return <Diagram source={code} />;
  return <CodeBlock code={code} language={language} />;
}
