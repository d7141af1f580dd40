import type { StreamingEvent } from "@/lib/protocol/events";
import { advance, change, thoughtMs, withoutPending } from "./conversation";
import { grow } from "./text";
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
    const message = announced.messages[id];
    return message && isGrowing(message) ? growMessage(announced, message, event, at) : announced;
  });
  return withoutPending(next, event.client_message_id);
}

/** An acknowledgement brings both messages of a turn into being; where they are known it changes nothing. */
function announce(
  known: ConversationState,
  event: StreamingEvent,
  replyId: number,
  send: PendingSend | undefined,
  at: number,
): ConversationState {
  const messages = { ...known.messages };
  const base = { conversation_id: event.conversation_id, created_at: new Date(at).toISOString() };
  const userId = event.user_message_id;
  if (userId !== undefined && !messages[userId] && send) {
    const parent_id = known.headId ?? undefined;
    messages[userId] = {
      ...base,
      id: userId,
      parent_id,
      role: "user",
      content: send.text,
      status: "complete",
    };
  }
  if (messages[replyId])
    return userId === undefined ? known : { ...advance(known, event.revision), messages };
  const parent_id = userId ?? known.headId ?? undefined;
  const { model, trace_id, message_status: status = "streaming" } = event;
  messages[replyId] = {
    ...base,
    id: replyId,
    parent_id,
    role: "assistant",
    live: true,
    content: "",
    status,
    model,
    trace_id,
  };
  const load = known.load === "none" && userId !== undefined ? "ready" : known.load;
  return advance({ ...known, load, messages, headId: replyId }, event.revision);
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
    reasoning: reasoning.text === "" ? message.reasoning : reasoning.text,
    thinkingSince: message.thinkingSince ?? (thinks ? at : undefined),
    thoughtMs: content.text === "" ? undefined : thoughtMs(message, at),
  };
  const gap = content.gap || reasoning.gap;
  return {
    ...known,
    messages: { ...known.messages, [message.id]: next },
    repair: gap ? (known.repair ?? "watch") : known.repair,
  };
}
