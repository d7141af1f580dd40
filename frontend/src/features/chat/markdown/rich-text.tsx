"use client";

import { memo, useId, useMemo, useState } from "react";
import { BlockView, type Note } from "./block-view";
import { splitBlocks, type Block, type Blocks } from "./blocks";
import { Footnotes } from "./footnotes";
import { connect, type References } from "./references";
import { useFilling } from "./use-filling";
import { usePaced } from "./use-paced";

/** Remembers the blocks of a text that grows. */
function createSplitter(): (text: string) => Blocks {
  let last: Blocks | undefined;
  return (text) => (last = splitBlocks(text, last));
}

/** Markdown as elements. Of a text that grows only the last block is read and drawn again. */
export const RichText = memo(function RichText({ text, growing }: { text: string; growing: boolean }) {
  const paced = usePaced(text, growing);
  return <RichBlocks text={paced} growing={growing} />;
});

export function RichBlocks({ text, growing }: { text: string; growing: boolean }) {
  const prefix = useId();
  const [split] = useState(createSplitter);
  const { finished, last } = useMemo(() => split(text), [split, text]);
  const blocks = useMemo(() => (last ? [...finished, last] : finished), [finished, last]);
  const references = useMemo(() => connect(blocks, growing), [blocks, growing]);
  const { from, height } = useFilling(blocks, growing);
  const around = { prefix, growing, numbers: references.numbers, earlier: undefined };
  return (
    <div className="prose">
      {height > 0 && <div style={{ height }} aria-hidden />}
      {blocks.slice(from).map((block) => (
        <BlockView
          key={block.start}
          block={block}
          known={references.known.get(block) ?? ""}
          notes={notesOf(block, references)}
          prefix={prefix}
          growing={growing && block === last}
        />
      ))}
      <Footnotes footnotes={references.footnotes} around={around} />
    </div>
  );
}

function notesOf(block: Block, { earlier, numbers }: References): string {
  const before = earlier.get(block);
  if (!before) return "";
  const notes: Note[] = [...numbers]
    .filter(([name]) => block.text.toLowerCase().includes(name))
    .map(([name, number]) => [name, number, before.get(name) ?? 0]);
  return JSON.stringify(notes);
}
