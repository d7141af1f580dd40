"use client";

import { toast } from "@/lib/toast";

export interface Undoable {
  /** What went away, in words. */
  words: string;
  /** What the button is called. */
  undoWords: string;
  undo: () => void;
  /** The time for second thoughts is over. */
  onGone?: () => void;
  durationMs?: number;
}

/** Long enough to read it, to see what is missing and to reach for the button. */
export const undoForMs = 8000;

/** Says that something went away and offers it back; exactly one of `undo` and `onGone` happens. */
export function offerUndo({ words, undoWords, undo, onGone, durationMs = undoForMs }: Undoable): void {
  let settled = false;
  const settle = (how: (() => void) | undefined) => {
    if (settled) return;
    settled = true;
    how?.();
  };
  toast(words, {
    duration: durationMs,
    action: { label: undoWords, onClick: () => settle(undo) },
    onDismiss: () => settle(onGone),
    onAutoClose: () => settle(onGone),
  });
}
