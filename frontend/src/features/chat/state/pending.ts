import type { ServerEvent } from "@/lib/protocol/events";
import type { ChatAction, ChatState, PendingSend } from "./types";

/** What the server takes a moment later; the same message goes out again by itself. */
const passing: ReadonlySet<string | undefined> = new Set([
  "rate_limited",
  "overloaded",
  "busy",
  "storage_failed",
  "shutting_down",
]);

const firstPauseMs = 1000;
const longestPauseMs = 30_000;

export type PendingAction = Extract<
  ChatAction,
  { type: "send" | "send_again" | "discard" | "transmitted" | "postponed" | "begun" | "restored" }
>;

/** How long a message waits that the server put off without saying for how long. */
export function pauseOf({ postponed = 0 }: PendingSend): number {
  return Math.min(longestPauseMs, firstPauseMs * 2 ** Math.min(postponed, 10));
}

/** A refusal that only the person can do something about. */
export function isRefused({ refusal }: PendingSend): boolean {
  return refusal !== undefined && !passing.has(refusal.code);
}

/** What a person can do: send it again under its id, under a new one, in a new chat, or write something else. */
export type WayOn = "again" | "anew" | "new-chat" | "edit";

const noConversation: ReadonlySet<string | undefined> = new Set(["not_found", "gone"]);
const badText: ReadonlySet<string | undefined> = new Set([
  "invalid_frame",
  "empty_message",
  "message_too_long",
  "attachment_not_found",
  "too_many_attachments",
  "attachments_too_large",
  "model_cannot_see",
]);

/** `isHere`: its conversation is known to exist. */
export function wayOnOf({ refusal }: PendingSend, isHere: boolean): WayOn {
  if (badText.has(refusal?.code)) return "edit";
  if (noConversation.has(refusal?.code)) return isHere ? "anew" : "new-chat";
  return refusal?.code === "conflict" ? "anew" : "again";
}

/** Refused messages of conversations that are no more: nothing but the new chat can show them. */
export function orphansOf({ pending, conversations }: ChatState): PendingSend[] {
  return pending.filter(
    ({ conversationId, refusal }) =>
      conversationId !== null &&
      noConversation.has(refusal?.code) &&
      conversations[conversationId]?.load !== "ready",
  );
}

/** The messages that were typed into one conversation, or into one new chat: they go out one after the other. */
export function lineOf({ conversationId, newChat, clientMessageId }: PendingSend): string {
  return conversationId === null ? `new ${newChat ?? clientMessageId}` : String(conversationId);
}

/** The first of each line that the server has not refused. */
export function headsOf(pending: readonly PendingSend[]): PendingSend[] {
  const heads = new Map<string, PendingSend>();
  for (const send of pending) {
    if (!isRefused(send) && !heads.has(lineOf(send))) heads.set(lineOf(send), send);
  }
  return [...heads.values()];
}

export function applyPending(state: ChatState, action: PendingAction): ChatState {
  switch (action.type) {
    case "send":
      return { ...state, pending: [...state.pending, action.pending] };
    case "send_again":
      return update(state, action.clientMessageId, (send) => ({ ...send, refusal: undefined }));
    case "transmitted":
      return update(state, action.clientMessageId, (send) => ({ ...send, tried: true }));
    case "discard":
      return {
        ...state,
        pending: state.pending.filter((send) => send.clientMessageId !== action.clientMessageId),
      };
    case "postponed":
      return update(state, action.clientMessageId, (send) => ({
        ...send,
        postponed: (send.postponed ?? 0) + 1,
        refusal: send.refusal && { ...send.refusal, retryAt: action.retryAt },
      }));
    case "begun": {
      const { conversationId, newChat } = action;
      const follows = (send: PendingSend) => send.conversationId === null && send.newChat === newChat;
      return {
        ...state,
        pending: state.pending.map((send) => (follows(send) ? { ...send, conversationId } : send)),
      };
    }
    case "restored": {
      const known = new Set(state.pending.map((send) => send.clientMessageId));
      const others = action.sends.filter((send) => !known.has(send.clientMessageId));
      if (others.length === 0) return state;
      // Whether it went out before is not known: the page that knew is gone.
      const restored = others.map((send): PendingSend => ({ ...send, tried: true }));
      return { ...state, pending: [...state.pending, ...restored].sort((a, b) => a.createdAt - b.createdAt) };
    }
  }
}

function update(state: ChatState, id: string, change: (send: PendingSend) => PendingSend): ChatState {
  if (!state.pending.some((send) => send.clientMessageId === id)) return state;
  return {
    ...state,
    pending: state.pending.map((send) => (send.clientMessageId === id ? change(send) : send)),
  };
}

/** The message that an event is an answer to. */
export function clientMessageIdOf(event: ServerEvent): string | undefined {
  if ("status" in event) return event.status === "complete" ? undefined : event.client_message_id;
  return event.type === "message" ? event.message.client_message_id : undefined;
}
