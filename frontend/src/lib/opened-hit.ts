"use client";

import { useSyncExternalStore } from "react";
import {
  conversationHref,
  goTo,
  messageHref,
  shownConversation,
  shownMessage,
  useFromAddress,
} from "./navigation";

/** A message that is gone to, and what to mark in it. `visit` counts: going there again is going there. */
export interface OpenedHit {
  conversationId: number;
  messageId: number;
  texts: readonly string[];
  visit: number;
}

let opened: OpenedHit | null = null;
const nothing: readonly string[] = [];
const listeners = new Set<() => void>();

/** Goes to a message, on its branch. */
export function openMessage(
  conversationId: number,
  messageId: number,
  texts: readonly string[] = nothing,
): void {
  opened = { conversationId, messageId, texts, visit: (opened?.visit ?? 0) + 1 };
  goTo(messageHref(conversationId, messageId));
  for (const listener of listeners) listener();
}

/** The address is the conversation's again: who goes on talking is at its end. */
export function leaveMessage(): void {
  if (shownMessage() !== null) goTo(conversationHref(shownConversation()), "replace");
}

/** The message that the address names; what was searched for is known in this tab alone. */
export function useOpenedHit(conversationId: number | undefined): OpenedHit | null {
  const hit = useSyncExternalStore(
    subscribe,
    () => opened,
    () => null,
  );
  const messageId = useFromAddress(shownMessage) ?? null;
  const at = useFromAddress(shownConversation) ?? null;
  if (messageId === null || conversationId === undefined || at !== conversationId) return null;
  if (hit?.conversationId === conversationId && hit.messageId === messageId) return hit;
  return { conversationId, messageId, texts: nothing, visit: 0 };
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
