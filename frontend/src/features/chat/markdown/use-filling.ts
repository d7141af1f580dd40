"use client";

import { startTransition, useEffect, useState } from "react";
import type { Block } from "./blocks";

/** So much of a long text that is already there is drawn at once. */
const piece = 8_000;

/** Of a line of text; what is not drawn yet takes about the room that it will need. */
const lineHeight = 28;

export interface Filling {
  /** The first group of blocks that is drawn. */
  from: number;
  /** Of the room for the blocks before it, in pixels. */
  height: number;
}

/** Draws a long text that is not growing piece by piece, its end first: that is where a conversation is opened. */
export function useFilling(groups: readonly Block[][], growing: boolean): Filling {
  const last = groups.at(-1)?.at(-1);
  const length = last ? last.start + last.text.length : 0;
  const [room, setRoom] = useState(() => (growing || length <= 2 * piece ? Infinity : piece));
  const isFull = room >= length;
  useEffect(() => {
    if (isFull) return;
    const timer = setTimeout(() => startTransition(() => setRoom(room + piece)), 0);
    return () => clearTimeout(timer);
  }, [isFull, room]);
  if (isFull) return { from: 0, height: 0 };
  const found = groups.findIndex(([first]) => first && first.start >= length - room);
  const from = found < 0 ? groups.length - 1 : found;
  const lines = groups
    .slice(0, from)
    .reduce((sum, group) => sum + linesOf(group.map(({ text }) => text).join("")), 0);
  return { from, height: lines * lineHeight };
}

function linesOf(text: string): number {
  return text.split("\n").reduce((sum, line) => sum + Math.max(0.6, Math.ceil(line.length / 85)), 0);
}
