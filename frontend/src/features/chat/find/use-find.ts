"use client";

import { useEffect, useState } from "react";
import { findInConversation } from "@/lib/api-client";
import type { FindHit, Found } from "@/lib/protocol/rest";

const pauseMs = 150;

/** `found` is undefined until the first answer to these words; `current` is an index into its hits. */
export interface Find {
  words: string;
  type: (words: string) => void;
  found?: Found;
  failed: boolean;
  current: number;
  hit?: FindHit;
  step: (by: 1 | -1) => void;
}

interface Answer {
  words: string;
  found?: Found;
}

/** Asks where the words are, a moment after the last key; begins with the newest message and goes round at both ends. */
export function useFind(conversationId: number): Find {
  const [words, type] = useState("");
  const [answer, setAnswer] = useState<Answer>({ words: "" });
  const [current, setCurrent] = useState(0);
  const asked = words.trim() === "" ? "" : words;
  useEffect(() => {
    if (asked === "") return;
    const cancel = new AbortController();
    const timer = setTimeout(() => {
      findInConversation(conversationId, asked, cancel.signal).then(
        (found) => {
          setAnswer({ words: asked, found });
          setCurrent(Math.max(0, found.hits.length - 1));
        },
        () => cancel.signal.aborted || setAnswer({ words: asked }),
      );
    }, pauseMs);
    return () => {
      clearTimeout(timer);
      cancel.abort();
    };
  }, [conversationId, asked]);
  const isAnswered = asked !== "" && answer.words === asked;
  const found = isAnswered ? answer.found : undefined;
  const count = found?.hits.length ?? 0;
  return {
    words,
    type,
    found,
    failed: isAnswered && !found,
    current,
    hit: found?.hits[current],
    step: (by) => count > 0 && setCurrent((before) => (before + by + count) % count),
  };
}
