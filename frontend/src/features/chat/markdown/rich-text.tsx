"use client";

import { memo, useId, useMemo, useState } from "react";
import { BlockGroup, concerns, groupsOf } from "./block-group";
import { splitBlocks, type Block, type Blocks } from "./blocks";
import { Footnotes } from "./footnotes";
import { connect } from "./references";
import { useFilling } from "./use-filling";
import { usePaced } from "./use-paced";

interface Split {
  blocks: Block[];
  groups: Block[][];
}

/** Remembers the blocks of a text that grows, and their groups. */
function createSplitter(): (text: string) => Split {
  let last: Blocks | undefined;
  let groups: Block[][] = [];
  return (text) => {
    last = splitBlocks(text, last);
    const blocks = last.last ? [...last.finished, last.last] : last.finished;
    groups = groupsOf(blocks, groups);
    return { blocks, groups };
  };
}

/** Markdown as elements. Of a text that grows only the last block is read and drawn again. */
export const RichText = memo(function RichText({ text, growing }: { text: string; growing: boolean }) {
  const paced = usePaced(text, growing);
  return <RichBlocks text={paced.shown} growing={paced.growing} />;
});

export function RichBlocks({ text, growing }: { text: string; growing: boolean }) {
  const prefix = useId();
  const [split] = useState(createSplitter);
  // What is laid out while it grows keeps its height out of sight; what was never laid out has none to keep.
  const [grew] = useState(growing);
  const { blocks, groups } = useMemo(() => split(text), [split, text]);
  const references = useMemo(() => connect(blocks, growing), [blocks, growing]);
  const { from, height } = useFilling(groups, growing);
  const around = { prefix, growing, numbers: references.numbers, earlier: undefined };
  return (
    <div className="prose">
      {height > 0 && <div style={{ height }} aria-hidden />}
      {groups.slice(from).map((group, index, shown) => (
        <BlockGroup
          key={group[0]?.start}
          blocks={group}
          references={concerns(references, group) ? references : null}
          prefix={prefix}
          growing={growing && index === shown.length - 1}
          skippable={grew && index < shown.length - 1}
        />
      ))}
      <Footnotes footnotes={references.footnotes} around={around} />
    </div>
  );
}
