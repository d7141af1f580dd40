"use client";

import { useRef, type KeyboardEvent, type RefObject } from "react";
import { flushSync } from "react-dom";
import { newer, older, shownOf, type Recall } from "./recall";

/** Up and Down leaf through what was sent, Escape leads back; answers whether the key was one of these. */
export function useRecall(
  area: RefObject<HTMLTextAreaElement | null>,
  onText: (text: string) => void,
  read: (() => readonly string[]) | undefined,
) {
  const recall = useRef<Recall | null>(null);

  const show = (next: Recall) => {
    recall.current = next.at < 0 ? null : next;
    flushSync(() => onText(shownOf(next)));
    const end = area.current?.value.length ?? 0;
    area.current?.setSelectionRange(end, end);
  };

  return (event: KeyboardEvent<HTMLTextAreaElement>): boolean => {
    const { key, altKey, ctrlKey, metaKey, shiftKey, currentTarget } = event;
    if (!read || altKey || ctrlKey || metaKey || shiftKey) return false;
    const { value: text, selectionStart: start, selectionEnd: end } = currentTarget;
    const cursor = { text, start, end };
    const known = recall.current;
    if (key === "Escape" && known && text === shownOf(known)) {
      show({ ...known, at: -1 });
      return true;
    }
    const next =
      key === "ArrowUp" ? older(known, cursor, read) : key === "ArrowDown" ? newer(known, cursor) : null;
    if (!next) return false;
    show(next);
    return true;
  };
}
