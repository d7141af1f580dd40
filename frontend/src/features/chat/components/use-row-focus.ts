"use client";

import { useEffect, useState, type RefObject } from "react";

/** The key of the row that has the focus: it stays in the document, or the focus would be lost with it. */
export function useRowFocus(log: RefObject<HTMLElement | null>): string | null {
  const [focused, setFocused] = useState<string | null>(null);
  useEffect(() => {
    const element = log.current;
    if (!element) return;
    const keyOf = (target: EventTarget | null) =>
      target instanceof HTMLElement ? (target.closest<HTMLElement>("[data-row]")?.dataset.row ?? null) : null;
    const came = (event: FocusEvent) => setFocused(keyOf(event.target));
    const went = (event: FocusEvent) => {
      // A window that is left gives the focus back to where it was.
      if (event.relatedTarget || document.activeElement === document.body)
        setFocused(keyOf(event.relatedTarget));
    };
    element.addEventListener("focusin", came);
    element.addEventListener("focusout", went);
    return () => {
      element.removeEventListener("focusin", came);
      element.removeEventListener("focusout", went);
    };
  }, [log]);
  return focused;
}
