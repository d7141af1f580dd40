import type { ServerEvent, StreamingEvent } from "@/lib/protocol/events";
import type { Conversation, Message } from "@/lib/protocol/rest";
import { chatReducer } from "./reducer";
import { activePath } from "./selectors";
import { emptyChat, type ChatAction, type ChatState, type ConversationState } from "./types";

/** Conversation 12 and what happens to it, for the tests of the chat's state. */

export const created_at = "2026-10-01T09:30:00.000Z";

export function message(id: number, rest: Partial<Message>): Message {
  return { id, conversation_id: 12, role: "user", content: "", status: "complete", created_at, ...rest };
}

export function conversation(messages: Message[], rest: Partial<Conversation> = {}): Conversation {
  const head_id = messages.at(-1)?.id ?? null;
  return {
    id: 12,
    title: "Tides",
    created_at,
    updated_at: created_at,
    head_id,
    revision: 80,
    messages,
    ...rest,
  };
}

export function run(state: ChatState, ...steps: (ChatAction | ServerEvent)[]): ChatState {
  return steps.reduce<ChatState>((current, step) => {
    const isEvent = "status" in step || ("type" in step && isServerType(step.type));
    const action = isEvent
      ? { type: "event" as const, event: step as ServerEvent, at: 1000 }
      : (step as ChatAction);
    return chatReducer(current, action);
  }, state);
}

function isServerType(type: string): boolean {
  const types = ["message", "conversation", "conversation_deleted", "watching", "resync", "reset", "pong"];
  return types.includes(type);
}

export const asked = message(41, { content: "Explain tides" });
export const growing = message(42, {
  role: "assistant",
  parent_id: 41,
  status: "streaming",
  content: "The Moon",
});
export const loaded = run(emptyChat, { type: "loaded", conversation: conversation([asked, growing]) });

export function slice(text: string, offset: number): StreamingEvent {
  return { status: "streaming", text, conversation_id: 12, message_id: 42, offset };
}

export function shown(state: ChatState): string[] {
  return activePath(state.conversations[12]).map(({ content }) => content);
}

/** Ids of what conversation 12 shows. */
export function path(state: ChatState): number[] {
  return activePath(state.conversations[12]).map(({ id }) => id);
}

export function known(state: ChatState): ConversationState {
  const found = state.conversations[12];
  if (!found) throw new Error("Conversation 12 is not there.");
  return found;
}

/** What a watch tells: messages that changed, then the head. */
export function told(revision: number, head_id: number, ...messages: Message[]): ServerEvent[] {
  const summary = {
    id: 12,
    title: "Tides",
    created_at,
    updated_at: created_at,
    message_count: 2,
    growing: true,
  };
  return [
    ...messages.map((changed): ServerEvent => ({
      type: "message",
      conversation_id: 12,
      revision,
      message: changed,
    })),
    { type: "conversation", revision, conversation: { ...summary, head_id, revision } },
  ];
}
