"use client";

import { useCallback, useSyncExternalStore } from "react";

const listeners = new Set<() => void>();
const texts = new Map<string, string>();

export function draftKey(conversationId: number | null): string {
  return `tahochat.draft.${conversationId ?? "new"}`;
}

export function readDraft(key: string): string {
  const known = texts.get(key);
  if (known !== undefined) return known;
  let stored = "";
  try {
    stored = sessionStorage.getItem(key) ?? "";
  } catch {
    // Storage is forbidden: drafts last as long as the page.
  }
  texts.set(key, stored);
  return stored;
}

export function writeDraft(key: string, text: string): void {
  texts.set(key, text);
  try {
    if (text) sessionStorage.setItem(key, text);
    else sessionStorage.removeItem(key);
  } catch {
    // As above.
  }
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The unsent text of a conversation; it survives a reload and a visit elsewhere. */
export function useDraft(conversationId: number | null): [string, (text: string) => void] {
  const key = draftKey(conversationId);
  const text = useSyncExternalStore(
    subscribe,
    () => readDraft(key),
    () => "",
  );
  const set = useCallback((next: string) => writeDraft(key, next), [key]);
  return [text, set];
}
