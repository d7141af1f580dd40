import type { Cost, Timing, Usage } from "./receipt";
import type { ConversationSummary, Message, ToolCall } from "./rest";

/** The frames of `/ws/chat` from server to client; see docs/protocol.md. Offsets count UTF-16 code units. */

export type ErrorCode =
  | "invalid_frame"
  | "empty_message"
  | "message_too_long"
  | "not_found"
  | "attachment_not_found"
  | "too_many_attachments"
  | "attachments_too_large"
  | "model_cannot_see"
  | "conflict"
  | "gone"
  | "rate_limited"
  | "overloaded"
  | "too_many_watches"
  | "busy"
  | "storage_failed"
  | "shutting_down"
  | "not_growing"
  | "still_growing"
  | "not_continuable"
  | "not_queued"
  | "queue_full"
  | "provider_unauthorized"
  | "provider_forbidden"
  | "provider_rate_limited"
  | "provider_daily_limit"
  | "provider_overloaded"
  | "provider_error"
  | "provider_rejected"
  | "context_too_long"
  | "model_not_found"
  | "provider_unreachable"
  | "provider_timeout"
  | "provider_disconnected"
  | "provider_protocol"
  | "reply_too_long"
  | "server_restarted"
  | "internal";

/** The provider asked to wait; over with the next frame of the reply. */
export interface Waiting {
  code: ErrorCode;
  retry_after_ms: number;
}

/** Text of a reply as it grows. The first one after a send is the acknowledgement and names both messages. */
export interface StreamingEvent {
  status: "streaming";
  text: string;
  conversation_id: number;
  message_id?: number;
  offset?: number;
  reasoning?: string;
  reasoning_offset?: number;
  /** A tool call of this reply, new or changed; it takes the place of what was known under its id. */
  tool_call?: ToolCall;
  waiting?: Waiting;
  user_message_id?: number;
  client_message_id?: string;
  model?: string;
  notice?: string;
  /** The message follows an older one than the head. */
  branched?: boolean;
  message_status?: "streaming" | "queued";
  revision?: number;
  trace_id?: string;
}

/** The end of a reply that was not broken off. */
export interface CompleteEvent {
  status: "complete";
  conversation_id: number;
  message_id?: number;
  message_status?: "complete" | "stopped";
  finish_reason?: string;
  revision?: number;
  model?: string;
  trace_id?: string;
  usage?: Usage;
  timing?: Timing;
  cost?: Cost;
}

/** With a `message_id` a reply ended; without, a command was refused and nothing was saved. */
export interface ErrorEvent {
  status: "error";
  error: string;
  conversation_id: number;
  code?: ErrorCode;
  retryable?: boolean;
  retry_after_ms?: number;
  client_message_id?: string;
  message_id?: number;
  /** `removed`: it waited, and was taken out of the queue. */
  message_status?: "failed" | "interrupted" | "removed";
  finish_reason?: string;
  revision?: number;
  model?: string;
  trace_id?: string;
  usage?: Usage;
  timing?: Timing;
  cost?: Cost;
}

/** A message that was taken out of the queue comes once more, to be forgotten. */
export type ChangedMessage = Message | (Omit<Message, "status"> & { status: "removed" });

export interface MessageEvent {
  type: "message";
  conversation_id: number;
  revision: number;
  message: ChangedMessage;
}

export interface ConversationEvent {
  type: "conversation";
  revision: number;
  conversation: ConversationSummary;
}

export interface ConversationDeletedEvent {
  type: "conversation_deleted";
  conversation_id: number;
  revision: number;
}

/** Without `conversation_id`: of the list. */
export interface WatchingEvent {
  type: "watching";
  conversation_id?: number;
  revision: number;
}

/** The revision the client named is unknown: load by REST, then watch again. */
export interface ResyncEvent {
  type: "resync";
  conversation_id?: number;
}

/** The offset the client named does not exist: cut the text to this length. */
export interface ResetEvent {
  type: "reset";
  conversation_id: number;
  message_id: number;
  offset: number;
  reasoning_offset: number;
}

export interface PongEvent {
  type: "pong";
}

export type ReplyEvent = StreamingEvent | CompleteEvent | ErrorEvent;

export type ServerEvent =
  | ReplyEvent
  | MessageEvent
  | ConversationEvent
  | ConversationDeletedEvent
  | WatchingEvent
  | ResyncEvent
  | ResetEvent
  | PongEvent;

/** The event in a frame, or null where the frame is no JSON object of this protocol. */
export function parseServerEvent(frame: string): ServerEvent | null {
  try {
    const value: unknown = JSON.parse(frame);
    const known = typeof value === "object" && value !== null && ("status" in value || "type" in value);
    return known ? (value as ServerEvent) : null;
  } catch {
    return null;
  }
}
