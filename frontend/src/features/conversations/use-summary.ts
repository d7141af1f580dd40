"use client";

import { conversationsOf } from "./list-state";
import { useConversations } from "./use-conversations";

/** The title the list knows for a conversation. */
export function useConversationTitle(id: number | null): string | undefined {
  return conversationsOf(useConversations().data).find((conversation) => conversation.id === id)?.title;
}
