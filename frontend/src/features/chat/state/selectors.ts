import { pathTo } from "./tree";
import type { ChatMessage, ConversationState, PendingSend } from "./types";

/** The messages from the first one that is known to the head, with all the text that came. */
export function activePath(conversation: ConversationState | undefined): ChatMessage[] {
  if (!conversation) return [];
  const { messages, grown, headId } = conversation;
  return pathTo(messages, headId).map((message) => grown[message.id] ?? message);
}

/** What is drawn of a conversation as a whole; a growing text is drawn by its own message alone. */
export type ShownConversation = Omit<ConversationState, "grown" | "revision" | "repair">;

/** Shallowly the same for as long as nothing but a text grows. */
export function shownOf(conversation: ConversationState | undefined): ShownConversation | undefined {
  if (!conversation) return undefined;
  const shown: Partial<ConversationState> = { ...conversation };
  delete shown.grown;
  delete shown.revision;
  delete shown.repair;
  return shown as ShownConversation;
}

/** A queued reply does not grow: where nothing else does, the queue goes on with the next message. */
export function growingReply(path: readonly ChatMessage[]): ChatMessage | undefined {
  return path.findLast((message) => message.role === "assistant" && message.status === "streaming");
}

/** Unacknowledged sends of a conversation; null: of the one that does not exist yet. */
export function pendingOf(pending: readonly PendingSend[], conversationId: number | null): PendingSend[] {
  return pending.filter((send) => send.conversationId === conversationId);
}
