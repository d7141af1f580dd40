"use client";

import { useEffect, useRef, useState } from "react";
import type { ThemedToken } from "shiki/core";
import { grammarOf, highlight, longestHighlighted } from "./highlighter";

export interface Highlighted {
  code: string;
  lines: ThemedToken[][];
}

/** A block that grows is tokenized this often at most; what came since is shown plain. */
const everyMs = 150;

/** Tokens of the longest beginning of `code` that has been tokenized; null before the first. */
export function useHighlighted(code: string, language: string): Highlighted | null {
  const [result, setResult] = useState<Highlighted | null>(null);
  const last = useRef(0);
  const grammar = code.length > longestHighlighted ? null : grammarOf(language);

  useEffect(() => {
    if (!grammar) return;
    let current = true;
    const wait = Math.max(0, last.current + everyMs - Date.now());
    const timer = setTimeout(() => {
      last.current = Date.now();
      highlight(code, grammar).then(
        (lines) => current && setResult({ code, lines }),
        () => undefined,
      );
    }, wait);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [code, grammar]);

  return result && grammar && code.startsWith(result.code) ? result : null;
}
