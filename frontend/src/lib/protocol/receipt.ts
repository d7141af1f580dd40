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
