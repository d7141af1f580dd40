/** The answer of `GET /stats/figures`. Dates are days of `time_zone`, times UTC, both ISO 8601; fields without a value are omitted. */

/** How many replies ended how. */
export interface ReplyCounts {
  complete: number;
  stopped: number;
  interrupted: number;
  failed: number;
}

/** `cached` ones are among the prompt's, `reasoning` ones among the completion's. */
export interface TokenCounts {
  prompt: number;
  completion: number;
  cached: number;
  reasoning: number;
}

/** USD. `simulated`: what the emulator's replies would have cost. */
export interface Costs {
  spent?: number;
  simulated?: number;
}

/** How `count` numbers are spread: tokens a second, or seconds. */
export interface Spread {
  count: number;
  p10: number;
  median: number;
  p90: number;
  p95: number;
}

export interface Sums {
  replies: ReplyCounts;
  tokens: TokenCounts;
  cost: Costs;
}

export interface DayFigures extends Sums {
  date: string;
}

export interface TotalFigures extends Sums {
  tokens_per_second?: Spread;
  time_to_first_token?: Spread;
}

/** `model` is empty where replies have none. */
export interface ModelFigures extends TotalFigures {
  model: string;
}

/** `duration` and `time_to_first_token`: seconds from the send. */
export interface SlowReply {
  conversation_id: number;
  title: string;
  message_id: number;
  model?: string;
  status: keyof ReplyCounts;
  created_at: string;
  duration?: number;
  time_to_first_token?: number;
  completion_tokens: number;
  trace_id?: string;
}

/** `share` of all failures, 0 to 1. */
export interface FailureFigures {
  code: string;
  count: number;
  share: number;
  last_at: string;
}

/** Every day from `from` to `to`, both counted; `before` are as many days before them. */
export interface Figures {
  from: string;
  to: string;
  time_zone: string;
  totals: TotalFigures;
  before: TotalFigures;
  days: DayFigures[];
  models: ModelFigures[];
  slowest: { by_duration: SlowReply[]; by_first_token: SlowReply[] };
  failures: FailureFigures[];
}
