"use client";

import { useEffect, useRef, useState } from "react";

/** A text that is kept here while somebody types, and said when they leave it or it goes away. */
export function useTyped(value: string, onCommit: (text: string) => void) {
  const [typed, setTyped] = useState<string | null>(null);
  const pending = useRef<(() => void) | null>(null);
  useEffect(() => {
    pending.current = typed !== null && typed !== value ? () => onCommit(typed) : null;
  });
  useEffect(() => () => pending.current?.(), []);
  return {
    text: typed ?? value,
    type: setTyped,
    commit: () => {
      pending.current?.();
      pending.current = null;
      setTyped(null);
    },
    /** As if it had been typed and left. */
    put: (text: string) => {
      setTyped(null);
      pending.current = null;
      onCommit(text);
    },
  };
}
