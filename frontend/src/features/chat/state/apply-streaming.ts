import type { StreamingEvent } from "@/lib/protocol/events";
import type { Attachment } from "@/lib/protocol/rest";
import { change, messageOf, thoughtMs, withMessage, withoutPending } from "./conversation";
import { moveHead } from "./head";
import { grow } from "./text";
import { withToolCall } from "./tool-calls";
import { pathTo } from "./tree";
import {
  isGrowing,
  type ChatMessage,
  type ChatState,
  type ConversationState,
  type PendingSend,
} from "./types";

/** Text of a reply: an acknowledgement brings the turn into being, a slice makes it longer. */
export function applyStreaming(state: ChatState, event: StreamingEvent, at: number): ChatState {
  const { message_id: id } = event;
  if (id === undefined) return state;
  const send = state.pending.find((pending) => pending.clientMessageId === event.client_message_id);
  const next = change(state, event.conversation_id, (known) => {
    const announced = announce(known, event, id, send, at);
    const message = messageOf(announced, id);
    return message && isGrowing(message) ? growMessage(announced, message, event, at) : announced;
  });
  return withoutPending(next, event.client_message_id);
}

/** An acknowledgement brings both messages of a turn into being; where they are known it only tells of a branch. */
function announce(
  known: ConversationState,
  event: StreamingEvent,
  replyId: number,
  send: PendingSend | undefined,
  at: number,
): ConversationState {
  const userId = event.user_message_id;
  const asked = send && userId !== undefined ? withUserMessage(known, userId, send, at) : known;
  // Slices of a reply on a branch that was never loaded are no acknowledgement.
  const isNew = userId !== undefined && !asked.messages[replyId];
  const told = isNew ? withReply(asked, event, { userId, replyId, edits: send?.edits }, at) : asked;
  if (!send || !event.branched || send.edits !== undefined || userId === undefined) return told;
  return { ...told, notice: { kind: "branched", messageId: userId } };
}

/** The text that was sent; where it edits one that waits, that one has it from now on. */
function withUserMessage(
  known: ConversationState,
  id: number,
  send: PendingSend,
  at: number,
): ConversationState {
  const mine = known.messages[id];
  if (mine && send.edits !== id) return known;
  const message: ChatMessage = mine
    ? { ...mine, content: send.text, attachments: filesOf(known, send) }
    : {
        id,
        conversation_id: known.id,
        parent_id: parentOf(known, send),
        role: "user",
        content: send.text,
        attachments: filesOf(known, send),
        status: "complete",
        created_at: new Date(at).toISOString(),
      };
  // Only a new conversation is whole with its first turn; an old one that was never loaded is not.
  const load = known.load === "none" && send.conversationId === null ? "ready" : known.load;
  return { ...known, load, messages: { ...known.messages, [id]: message } };
}

/** An edit that names none keeps those of the message that it edits. */
function filesOf(known: ConversationState, { attachments, edits }: PendingSend): Attachment[] | undefined {
  return attachments ?? (edits === undefined ? undefined : known.messages[edits]?.attachments);
}

function parentOf(known: ConversationState, send: PendingSend): number | undefined {
  if (send.edits !== undefined) return known.messages[send.edits]?.parent_id;
  return send.parentId ?? known.headId ?? undefined;
}

function withReply(
  known: ConversationState,
  event: StreamingEvent,
  { userId, replyId, edits }: { userId: number; replyId: number; edits?: number },
  at: number,
): ConversationState {
  const { model, trace_id, message_status: status = "streaming" } = event;
  const reply: ChatMessage = {
    id: replyId,
    conversation_id: event.conversation_id,
    parent_id: userId,
    role: "assistant",
    live: true,
    content: "",
    status,
    model,
    trace_id,
    created_at: new Date(at).toISOString(),
  };
  const messages = { ...known.messages, [replyId]: reply };
  const waiting = waitingBehindReplyTo(known, edits ?? userId);
  if (!waiting) return moveHead({ ...known, messages }, replyId, true);
  return { ...known, messages: { ...messages, [waiting.id]: { ...waiting, parent_id: replyId } } };
}

/** What waited behind a reply waits behind the new one to the same message, and stays the end of what is shown. */
function waitingBehindReplyTo(known: ConversationState, userId: number): ChatMessage | undefined {
  const path = pathTo(known.messages, known.headId);
  const at = path.findIndex(({ role, parent_id }) => role === "assistant" && parent_id === userId);
  const isQueued = at >= 0 && path[at + 2]?.status === "queued";
  return isQueued ? path[at + 1] : undefined;
}

function growMessage(
  known: ConversationState,
  message: ChatMessage,
  event: StreamingEvent,
  at: number,
): ConversationState {
  const content = grow(message.content, event.text, event.offset);
  const reasoning = grow(message.reasoning ?? "", event.reasoning ?? "", event.reasoning_offset);
  const thinks = reasoning.text !== "" && content.text === "";
  const next: ChatMessage = {
    ...message,
    status: event.message_status ?? "streaming",
    model: event.model ?? message.model,
    content: content.text,
    tool_calls: withToolCall(message.tool_calls, event.tool_call),
    reasoning: reasoning.text === "" ? message.reasoning : reasoning.text,
    thinkingSince: message.thinkingSince ?? (thinks ? at : undefined),
    thoughtMs: content.text === "" ? undefined : thoughtMs(message, at),
    waiting: event.waiting && { code: event.waiting.code, until: at + event.waiting.retry_after_ms },
    modelNotice: event.notice ?? message.modelNotice,
  };
  const gap = content.gap || reasoning.gap;
  const grown = isTextAlone(message, next)
    ? { ...known, grown: { ...known.grown, [message.id]: next } }
    : withMessage(known, next);
  return gap ? { ...grown, repair: known.repair ?? "watch" } : grown;
}

/** The path, and what is drawn of it, stay what they are while a text grows: that must not cost more in a long conversation. */
function isTextAlone(before: ChatMessage, after: ChatMessage): boolean {
  return (
    before.status === after.status &&
    before.model === after.model &&
    before.tool_calls === after.tool_calls &&
    before.waiting === after.waiting &&
    before.modelNotice === after.modelNotice
  );
}
