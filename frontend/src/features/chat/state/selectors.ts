import { pathTo } from "./tree";
import type { ChatMessage, ConversationState, PendingSend } from "./types";

/** The messages from the first one to the head. */
export function activePath(conversation: ConversationState | undefined): ChatMessage[] {
  return conversation ? pathTo(conversation.messages, conversation.headId) : [];
}

/** A queued reply does not grow: where nothing else does, the queue goes on with the next message. */
export function growingReply(path: readonly ChatMessage[]): ChatMessage | undefined {
  return path.findLast((message) => message.role === "assistant" && message.status === "streaming");
}

/** Unacknowledged sends of a conversation; null: of the one that does not exist yet. */
export function pendingOf(pending: readonly PendingSend[], conversationId: number | null): PendingSend[] {
  return pending.filter((send) => send.conversationId === conversationId);
}
