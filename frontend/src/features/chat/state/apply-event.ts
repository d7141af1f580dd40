import { keptOf } from "@/lib/protocol/kept";
import type { CompleteEvent, ErrorEvent, MessageEvent, ServerEvent } from "@/lib/protocol/events";
import { settleAsks } from "./asks";
import { choiceOf } from "./choices";
import { applyStreaming } from "./apply-streaming";
import {
  advance,
  change,
  mergeMessage,
  messageOf,
  thoughtMs,
  withMessage,
  withoutPending,
} from "./conversation";
import { isAsking, settleHead, stillChoosing, tellHead } from "./head";
import { forget } from "./tree";
import type { ChatState, ConversationState, ChatMessage } from "./types";

/** The one function for every event of the server, live or resumed. */
export function applyEvent(before: ChatState, event: ServerEvent, at: number): ChatState {
  const state = settleAsks(before, event);
  if ("status" in event) {
    if (event.status === "streaming") return applyStreaming(state, event, at);
    if (event.message_id === undefined) return event.status === "error" ? refuse(state, event, at) : state;
    return change(state, event.conversation_id, (known) => end(known, event, event.message_id ?? 0, at));
  }
  switch (event.type) {
    case "message":
      return applyMessage(state, event);
    case "reset":
      return change(state, event.conversation_id, (known) =>
        updateMessage(known, event.message_id, (message) => ({
          ...message,
          content: message.content.slice(0, event.offset),
          reasoning: message.reasoning?.slice(0, event.reasoning_offset),
        })),
      );
    case "conversation": {
      const { id, title, head_id: head } = event.conversation;
      if (!state.conversations[id]) return state;
      return change(state, id, (known) => {
        const titled: ConversationState = {
          ...known,
          title,
          choice: choiceOf(event.conversation),
          kept: keptOf(event.conversation),
          // It is back from the trash.
          ...(known.load === "missing" && { repair: "load" }),
        };
        return head == null ? titled : tellHead(titled, head, { asked: isAsking(state, id), at });
      });
    }
    case "conversation_deleted":
      if (!state.conversations[event.conversation_id]) return state;
      return change(state, event.conversation_id, (known) => ({
        ...known,
        load: "missing",
        messages: {},
        grown: {},
        gaps: [],
      }));
    case "watching":
      if (event.conversation_id === undefined) return state;
      return change(state, event.conversation_id, (known) => ({
        ...advance(known, event.revision),
        selecting: stillChoosing(known, at),
      }));
    case "resync":
      if (event.conversation_id === undefined) return state;
      return change(state, event.conversation_id, (known) => ({ ...known, repair: "load" }));
    case "pong":
      return state;
  }
}

function updateMessage(
  known: ConversationState,
  id: number,
  update: (message: ChatMessage) => ChatMessage,
): ConversationState {
  const message = messageOf(known, id);
  return message ? withMessage(known, update(message)) : known;
}

/** Refused sends keep their text; other refused commands change nothing here. */
function refuse(state: ChatState, event: ErrorEvent, at: number): ChatState {
  const refusal = { code: event.code, error: event.error, retryAt: retryAt(event, at) };
  return {
    ...state,
    pending: state.pending.map((send) =>
      send.clientMessageId === event.client_message_id ? { ...send, refusal } : send,
    ),
  };
}

function retryAt(event: ErrorEvent, at: number): number | undefined {
  return event.retry_after_ms === undefined ? undefined : at + event.retry_after_ms;
}

function end(
  known: ConversationState,
  event: CompleteEvent | ErrorEvent,
  id: number,
  at: number,
): ConversationState {
  const { message_status: status = event.status === "complete" ? "complete" : "failed" } = event;
  if (status === "removed") return forget(known, id);
  const ended = updateMessage(known, id, (message) => ({
    ...message,
    status,
    finish_reason: event.finish_reason ?? message.finish_reason,
    model: event.model ?? message.model,
    trace_id: event.trace_id ?? message.trace_id,
    usage: event.usage ?? message.usage,
    timing: event.timing ?? message.timing,
    cost: event.cost ?? message.cost,
    thoughtMs: thoughtMs(message, at),
    waiting: undefined,
    completed_at: new Date(at).toISOString(),
    ...(event.status === "error"
      ? {
          error: event.error,
          error_code: event.code,
          retryable: event.retryable,
          retryAt: retryAt(event, at),
        }
      : { error: undefined, error_code: undefined }),
  }));
  const incomplete = ended === known || ended.repair === "watch";
  return incomplete ? { ...ended, repair: "load" } : ended;
}

function applyMessage(state: ChatState, { conversation_id, revision, message }: MessageEvent): ChatState {
  if (message.status === "removed") {
    const { id } = message;
    return change(state, conversation_id, (known) => advance(forget(known, id), revision));
  }
  const own = state.pending.some((send) => send.clientMessageId === message.client_message_id);
  const next = change(state, conversation_id, (known) => {
    const mine = messageOf(known, message.id);
    const merged = withMessage(known, mergeMessage(mine, message));
    const goesOn = (message.parent_id ?? null) === known.headId;
    const headId = !mine && (own || goesOn) ? message.id : known.headId;
    return advance(settleHead({ ...merged, headId }, isAsking(state, conversation_id)), revision);
  });
  return withoutPending(next, message.client_message_id);
}
