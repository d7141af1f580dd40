"use client";

import { useState, type KeyboardEvent } from "react";
import { matchSlash, slashQuery, type SlashOption } from "./slash";

export interface Slash {
  open: boolean;
  shown: readonly SlashOption[];
  active: number;
  point: (index: number) => void;
  pick: (option: SlashOption) => void;
  /** Answers whether the key was the list's. */
  onKey: (event: KeyboardEvent) => boolean;
  close: () => void;
}

const none: readonly SlashOption[] = [];

/** The list that opens behind a slash at the beginning of a text. Escape closes it for as long as the slash is there. */
export function useSlash(
  text: string,
  options: readonly SlashOption[],
  onPick: (option: SlashOption) => void,
): Slash {
  const query = slashQuery(text);
  const [closed, setClosed] = useState(false);
  const [pointed, setPointed] = useState({ query: "", index: 0 });
  if (closed && !text.startsWith("/")) setClosed(false);
  const shown = query === null || closed ? none : matchSlash(options, query);
  const active = pointed.query === query ? Math.min(pointed.index, shown.length - 1) : 0;
  const open = shown.length > 0;
  const point = (index: number) => setPointed({ query: query ?? "", index });

  const pick = (option: SlashOption) => {
    setPointed({ query: "", index: 0 });
    onPick(option);
  };

  const onKey = ({ key, shiftKey, altKey, ctrlKey, metaKey }: KeyboardEvent): boolean => {
    if (!open || shiftKey || altKey || ctrlKey || metaKey) return false;
    const chosen = shown[active];
    if (key === "ArrowDown") point((active + 1) % shown.length);
    else if (key === "ArrowUp") point((active - 1 + shown.length) % shown.length);
    else if (key === "Escape") setClosed(true);
    else if ((key === "Enter" || key === "Tab") && chosen) pick(chosen);
    else return false;
    return true;
  };

  return { open, shown, active, point, pick, onKey, close: () => setClosed(true) };
}
