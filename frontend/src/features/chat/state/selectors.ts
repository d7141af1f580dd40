import type { ChatMessage, ConversationState, PendingSend } from "./types";

/** The messages from the first one to the head. */
export function activePath(conversation: ConversationState | undefined): ChatMessage[] {
  const path: ChatMessage[] = [];
  const seen = new Set<number>();
  let id = conversation?.headId ?? undefined;
  while (id !== undefined && !seen.has(id)) {
    const message: ChatMessage | undefined = conversation?.messages[id];
    if (!message) break;
    seen.add(id);
    path.push(message);
    id = message.parent_id;
  }
  return path.reverse();
}

/** A queued reply does not grow: where nothing else does, the queue goes on with the next message. */
export function growingReply(path: readonly ChatMessage[]): ChatMessage | undefined {
  return path.findLast((message) => message.role === "assistant" && message.status === "streaming");
}

/** Unacknowledged sends of a conversation; null: of the one that does not exist yet. */
export function pendingOf(pending: readonly PendingSend[], conversationId: number | null): PendingSend[] {
  return pending.filter((send) => send.conversationId === conversationId);
}
