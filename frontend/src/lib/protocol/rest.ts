/** Shapes of the REST answers. Times are UTC, ISO 8601; fields without a value are omitted. */

import type { Kept } from "./kept";
import type { Cost, Timing, Usage } from "./receipt";

export type Role = "user" | "assistant" | "system";

export type MessageStatus = "queued" | "streaming" | "complete" | "stopped" | "interrupted" | "failed";

export type ToolCallState = "asking" | "running" | "done" | "failed" | "refused";

/** `arguments`: JSON as the model wrote it, which need not be valid. `offset`: where in the reply's content it was called. */
export interface ToolCall {
  id: string;
  name: string;
  server?: string;
  arguments: string;
  state: ToolCallState;
  result?: string;
  offset: number;
  duration_ms?: number;
}

export type ToolState = "connecting" | "ready" | "down";

/** A tool that models can call. `server`: the MCP server that has it, and `state` that server's. */
export interface Tool {
  name: string;
  title: string;
  description: string;
  server?: string;
  safe: boolean;
  enabled: boolean;
  always_allowed: boolean;
  state: ToolState;
}

/** `error`: why it is down, in words. */
export interface ToolServer {
  name: string;
  state: ToolState;
  error?: string;
}

export interface Tools {
  tools: Tool[];
  servers: ToolServer[];
}

/** A file that came with a message: an image, or a text of any name. Sizes are bytes and pixels. */
export interface Attachment {
  id: number;
  name: string;
  media_type: string;
  kind: "image" | "text";
  size: number;
  width?: number;
  height?: number;
  created_at: string;
}

/**
 * `content` is absent while a reply grows and its text comes in streaming frames. `sibling_ids`: by REST alone, and only
 * where there are some; the message's own id included, oldest first.
 */
export interface Message {
  id: number;
  conversation_id: number;
  parent_id?: number;
  sibling_ids?: number[];
  role: Role;
  content?: string;
  attachments?: Attachment[];
  reasoning?: string;
  status: MessageStatus;
  model?: string;
  finish_reason?: string;
  error_code?: string;
  error?: string;
  retryable?: boolean;
  /** When the provider takes requests again, of a reply that it refused until then. */
  retry_at?: string;
  tool_calls?: ToolCall[];
  usage?: Usage;
  timing?: Timing;
  cost?: Cost;
  trace_id?: string;
  client_message_id?: string;
  created_at: string;
  completed_at?: string;
}

export interface ConversationSummary extends Kept {
  id: number;
  title: string;
  created_at: string;
  updated_at: string;
  message_count: number;
  last_message?: Message | null;
  head_id?: number | null;
  revision: number;
  growing: boolean;
  model?: string;
  reasoning_effort?: ReasoningEffort;
  system_prompt?: string;
  temperature?: number;
  max_completion_tokens?: number;
}

/**
 * `messages` is the path to the head, from the first message or, where a limit was asked for, from the one after `earlier_id`.
 * `message_count`: of the whole path. `model` and what follows it are the conversation's choice; absent
 * where that is the server's.
 */
export interface Conversation extends Kept {
  id: number;
  title: string;
  created_at: string;
  updated_at: string;
  head_id?: number | null;
  revision: number;
  model?: string;
  reasoning_effort?: ReasoningEffort;
  system_prompt?: string;
  temperature?: number;
  max_completion_tokens?: number;
  message_count?: number;
  earlier_id?: number;
  messages: Message[];
}

/** Messages that lead to one, oldest first; without `earlier_id` they begin with the first. */
export interface MessagePage {
  messages: Message[];
  earlier_id?: number;
}

/** `position`: on the path that the conversation shows, from 1. */
export interface FindHit {
  id: number;
  position: number;
}

/** `hits`: the newest of `total` messages that hold the words, oldest first. */
export interface Found {
  hits: FindHit[];
  total: number;
  message_count: number;
}

/** An address at which a conversation is shared; the address itself is told once. */
export interface Share {
  id: number;
  title: string;
  created_at: string;
}

export interface NewShare extends Share {
  url: string;
}

/** `password`: there is a sign-in that can be ended. `shares`: conversations can be shared. */
export interface Access {
  password: boolean;
  shares: boolean;
}

/** A text that a person keeps: for messages, or for system prompts. */
export interface Prompt {
  id: number;
  name: string;
  kind: "message" | "system";
  text: string;
  updated_at: string;
}

export type Feature = "tools" | "vision" | "reasoning" | "json";

export type ReasoningEffort = "none" | "default" | "low" | "medium" | "high";

/** Sizes in tokens. `reasoning_efforts` is empty where there is nothing to choose. */
export interface Model {
  id: string;
  name: string;
  context_window?: number;
  max_completion_tokens?: number;
  owned_by?: string;
  reasoning: boolean;
  features: Feature[];
  reasoning_efforts: ReasoningEffort[];
}

/** `notice` says in words when the configured model is not the one that answers. */
export interface Models {
  provider: "emulator" | "groq" | "custom";
  default_model: string;
  notice?: string;
  models: Model[];
  /** Writes down what is spoken; missing where the provider has none. */
  speech_model?: string;
}

/** How the server is; `version` is the program's. */
export interface Health {
  status: "healthy" | "unhealthy";
  version: string;
  provider: "unknown" | "healthy" | "degraded";
}

/** `traces`: spans go somewhere. `trace_url`: a trace's page, with `{trace_id}` in the place of its id; null: none is known. */
export interface Telemetry {
  traces: boolean;
  trace_url: string | null;
}
