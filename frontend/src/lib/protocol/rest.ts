/** Shapes of the REST answers. Times are UTC, ISO 8601; fields without a value are omitted. */

export type Role = "user" | "assistant" | "system";

export type MessageStatus = "queued" | "streaming" | "complete" | "stopped" | "interrupted" | "failed";

/** Counts of tokens as the provider reports them. */
export interface Usage {
  prompt_tokens?: number;
  completion_tokens?: number;
  reasoning_tokens?: number;
  cached_tokens?: number;
  total_tokens?: number;
}

/** What a reply does at a time; docs/protocol.md says where each begins and ends. */
export type PhaseKind =
  | "saving"
  | "waiting"
  | "preparing"
  | "attempt"
  | "request"
  | "reasoning"
  | "writing"
  | "tools"
  | "finishing";

/** A stretch of a reply's time, by the API's clock. The provider's own times belong to a `request` alone. */
export interface Phase {
  kind: PhaseKind;
  seconds: number;
  queue_time?: number;
  prompt_time?: number;
  completion_time?: number;
}

/**
 * Seconds. `queue_time`, `prompt_time`, `completion_time` and `total_time` are the provider's, all else is measured by the API.
 * `phases` follow each other without a gap and are the whole of `elapsed_time`.
 */
export interface Timing {
  queue_time?: number;
  prompt_time?: number;
  completion_time?: number;
  total_time?: number;
  time_to_first_token?: number;
  reasoning_time?: number;
  elapsed_time?: number;
  own_time?: number;
  wait_time?: number;
  retry_time?: number;
  tool_time?: number;
  first_slice_time?: number;
  requests?: number;
  retries?: number;
  phases?: Phase[];
}

/** By the prices at that time, per million tokens. `simulated`: the emulator answered, and Groq would have charged it. */
export interface Cost {
  amount: number;
  currency: string;
  input_price: number;
  output_price: number;
  cached_price?: number;
  simulated?: boolean;
  partial?: boolean;
}

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

export interface ConversationSummary {
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
}

/**
 * `messages` is the path from the first message to the head. `model`, `reasoning_effort`: the conversation's choice; absent
 * where that is the server's.
 */
export interface Conversation {
  id: number;
  title: string;
  created_at: string;
  updated_at: string;
  head_id?: number | null;
  revision: number;
  model?: string;
  reasoning_effort?: ReasoningEffort;
  messages: Message[];
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

/** What was left when the server answered. It refills evenly and is full `reset_after_ms` later, at `reset_at`. */
export interface Limit {
  limit: number;
  remaining: number;
  reset_at: string;
  reset_after_ms: number;
}

/**
 * The account's limits of one model: requests a day, tokens a minute. `reserved_tokens`: charged for a reply before it is
 * written.
 */
export interface Limits {
  model: string;
  requests?: Limit;
  tokens?: Limit;
  reserved_tokens: number;
  seen_at: string;
}

/** `traces`: spans go somewhere. `trace_url`: a trace's page, with `{trace_id}` in the place of its id; null: none is known. */
export interface Telemetry {
  traces: boolean;
  trace_url: string | null;
}
