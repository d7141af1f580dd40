"use client";

import type { ConversationSummary } from "@/lib/protocol/rest";
import { conversationsOf } from "./list-state";
import { useConversations } from "./use-conversations";

/** What the list knows about a conversation. */
export function useSummary(id: number | null): ConversationSummary | undefined {
  return conversationsOf(useConversations().data).find((conversation) => conversation.id === id);
}
