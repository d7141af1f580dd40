"use client";

import { memo } from "react";
import { cn } from "@/lib/cn";
import { BlockView, type Note } from "./block-view";
import type { Block } from "./blocks";
import type { References } from "./references";

/** So many blocks are compared, laid out and, out of sight, left out as one. */
const blocksOfGroup = 16;

/** Groups of blocks; one whose blocks are all the same is the same group as before. */
export function groupsOf(blocks: readonly Block[], before: readonly Block[][]): Block[][] {
  const groups: Block[][] = [];
  for (let start = 0; start < blocks.length; start += blocksOfGroup) {
    const known = before[groups.length];
    const end = Math.min(start + blocksOfGroup, blocks.length);
    const same =
      known?.length === end - start &&
      known[0] === blocks[start] &&
      known[known.length - 1] === blocks[end - 1];
    groups.push(same ? known : blocks.slice(start, end));
  }
  return groups;
}

interface BlockGroupProps {
  blocks: readonly Block[];
  /** Null where no block of the group has any. */
  references: References | null;
  prefix: string;
  /** Its last block grows. */
  growing: boolean;
  /** Far from what is read it need not be laid out. */
  skippable: boolean;
}

export const BlockGroup = memo(function BlockGroup(props: BlockGroupProps) {
  const { blocks, references, prefix, growing, skippable } = props;
  return (
    <div className={cn("block-group", skippable && "block-group-skippable")}>
      {blocks.map((block, index) => (
        <BlockView
          key={block.start}
          block={block}
          known={references?.known.get(block) ?? ""}
          notes={references ? notesOf(block, references) : ""}
          prefix={prefix}
          growing={growing && index === blocks.length - 1}
        />
      ))}
    </div>
  );
});

export function concerns({ known, earlier }: References, blocks: readonly Block[]): boolean {
  if (known.size === 0 && earlier.size === 0) return false;
  return blocks.some((block) => known.has(block) || earlier.has(block));
}

function notesOf(block: Block, { earlier, numbers }: References): string {
  const before = earlier.get(block);
  if (!before) return "";
  const text = block.text.toLowerCase();
  const notes: Note[] = [...numbers]
    .filter(([name]) => text.includes(name))
    .map(([name, number]) => [name, number, before.get(name) ?? 0]);
  return JSON.stringify(notes);
}
