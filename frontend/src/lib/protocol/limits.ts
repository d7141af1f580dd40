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
