"use client";

import { useEffect, type RefObject } from "react";
import { mark, unmark } from "./highlight";
import "./find.css";

/** Marks texts in all messages that are drawn, `current` stronger. The marks follow what is drawn: other messages, and texts that grow. */
export function useMarks(
  scroller: RefObject<HTMLElement | null>,
  texts: readonly string[],
  current: number | undefined,
): void {
  useEffect(() => {
    const element = scroller.current;
    if (!element || texts.length === 0) return;
    let frame = 0;
    const draw = () => {
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(() => mark(element, texts, current));
    };
    draw();
    const observer = new MutationObserver(draw);
    observer.observe(element, { childList: true, characterData: true, subtree: true });
    return () => {
      observer.disconnect();
      cancelAnimationFrame(frame);
      unmark();
    };
  }, [scroller, texts, current]);
}
