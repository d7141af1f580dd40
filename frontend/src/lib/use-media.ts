"use client";

import { useCallback, useSyncExternalStore } from "react";

/** Whether a media query holds; `ahead` is what a page rendered ahead of time assumes. */
export function useMedia(query: string, ahead: boolean): boolean {
  const subscribe = useCallback(
    (listener: () => void) => {
      const list = matchMedia(query);
      list.addEventListener("change", listener);
      return () => list.removeEventListener("change", listener);
    },
    [query],
  );
  return useSyncExternalStore(
    subscribe,
    () => matchMedia(query).matches,
    () => ahead,
  );
}
