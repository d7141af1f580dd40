import type { Usage } from "@/lib/protocol/receipt";
import type { Limit, Limits } from "@/lib/protocol/limits";

/** Below this part of a limit it is told. */
const low = 0.2;

/** Roughly, and rather too many than too few: English and code have 4 characters a token, other scripts fewer. */
const charactersPerToken = 3.5;

/** What is left of a limit `afterMs` later than the server said so: it refills evenly, until it is full. */
export function leftAfter({ limit, remaining, reset_after_ms: reset }: Limit, afterMs: number): number {
  if (afterMs >= reset) return limit;
  return Math.min(limit, remaining + Math.floor(((limit - remaining) * Math.max(0, afterMs)) / reset));
}

/** Milliseconds until `needed` of a limit are left; 0 where they are, Infinity where they never will be. */
export function waitFor(limit: Limit, needed: number, afterMs: number): number {
  if (needed > limit.limit) return Infinity;
  if (needed <= leftAfter(limit, afterMs)) return 0;
  const missing = needed - limit.remaining;
  return Math.max(0, (missing / (limit.limit - limit.remaining)) * limit.reset_after_ms - afterMs);
}

export interface Asked {
  role: string;
  content: string;
  usage?: Usage;
}

export function estimateTokens(text: string): number {
  return Math.ceil(text.length / charactersPerToken);
}

/** What a message costs when it is sent: all that was said before it, itself, and what is reserved for its reply. */
export function neededTokens(path: readonly Asked[], draft: string, reserved: number): number {
  const counted = path.findLastIndex(({ usage }) => usage?.prompt_tokens !== undefined);
  const usage = counted < 0 ? undefined : path[counted]?.usage;
  const before = usage
    ? (usage.prompt_tokens ?? 0) + (usage.completion_tokens ?? 0) - (usage.reasoning_tokens ?? 0)
    : 0;
  const since = path.slice(counted + 1).reduce((sum, { content }) => sum + estimateTokens(content), 0);
  return before + since + estimateTokens(draft) + reserved;
}

export type Warning =
  | { kind: "no_requests"; waitMs: number }
  | { kind: "too_large"; needed: number; limit: number }
  | { kind: "wait"; waitMs: number }
  | { kind: "few_requests"; left: number };

/** What to say before the message is sent; null where there is room. `needed`: tokens, null while nothing is to be sent. */
export function warningOf(
  { requests, tokens }: Limits,
  needed: number | null,
  afterMs: number,
): Warning | null {
  if (requests && leftAfter(requests, afterMs) < 1)
    return { kind: "no_requests", waitMs: waitFor(requests, 1, afterMs) };
  if (tokens && needed !== null) {
    const waitMs = waitFor(tokens, needed, afterMs);
    if (waitMs === Infinity) return { kind: "too_large", needed, limit: tokens.limit };
    if (waitMs > 0) return { kind: "wait", waitMs };
  }
  if (requests && isLow(requests, afterMs))
    return { kind: "few_requests", left: leftAfter(requests, afterMs) };
  return null;
}

export function isLow(limit: Limit, afterMs: number): boolean {
  return leftAfter(limit, afterMs) < limit.limit * low;
}

/** Whether time still changes what is left. */
export function isRefilling({ requests, tokens }: Limits, afterMs: number): boolean {
  return [requests, tokens].some((limit) => limit !== undefined && leftAfter(limit, afterMs) < limit.limit);
}
