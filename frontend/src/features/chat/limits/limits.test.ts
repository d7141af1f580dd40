import { describe, expect, it } from "vitest";
import type { Limits } from "@/lib/protocol/limits";
import { leftAfter, neededTokens, waitFor, warningOf } from "./limits";

const tokens = { limit: 8000, remaining: 2000, reset_at: "2026-10-01T09:30:45Z", reset_after_ms: 45_000 };
const requests = { limit: 1000, remaining: 900, reset_at: "2026-10-01T11:54:00Z", reset_after_ms: 8_640_000 };
const limits: Limits = {
  model: "m",
  requests,
  tokens,
  reserved_tokens: 1000,
  seen_at: "2026-10-01T09:30:00Z",
};

describe("what is left of a limit", () => {
  it("Refills evenly until it is full", () => {
    expect([-5, 0, 15_000, 45_000, 90_000].map((after) => leftAfter(tokens, after))).toEqual([
      2000, 2000, 4000, 8000, 8000,
    ]);
  });

  it("Is enough after the wait that is told, and not before", () => {
    const wait = waitFor(tokens, 5000, 3000);
    expect(wait).toBe(19_500);
    expect(leftAfter(tokens, 3000 + wait)).toBe(5000);
    expect(leftAfter(tokens, 3000 + wait - 100)).toBeLessThan(5000);
    expect(waitFor(tokens, 2000, 0)).toBe(0);
    expect(waitFor(tokens, 8001, 0)).toBe(Infinity);
  });
});

describe("what a message needs", () => {
  it("Is what the provider counted, what came since, the message, and what is reserved", () => {
    const path = [
      { role: "user", content: "x".repeat(3500) },
      {
        role: "assistant",
        content: "y".repeat(700),
        usage: { prompt_tokens: 900, completion_tokens: 300, reasoning_tokens: 100 },
      },
      { role: "user", content: "z".repeat(35) },
    ];
    expect(neededTokens(path, "w".repeat(70), 1000)).toBe(900 + 300 - 100 + 10 + 20 + 1000);
    expect(neededTokens([], "", 1000)).toBe(1000);
  });
});

describe("the warning before the wall", () => {
  it("Says how long until the message fits, and nothing once it does", () => {
    expect(warningOf(limits, 5000, 0)).toEqual({ kind: "wait", waitMs: 22_500 });
    expect(warningOf(limits, 5000, 22_500)).toBeNull();
    expect(warningOf(limits, null, 0)).toBeNull();
  });

  it("Says that a message will never fit", () => {
    expect(warningOf(limits, 9000, 0)).toEqual({ kind: "too_large", needed: 9000, limit: 8000 });
  });

  it("Tells of the day's last requests, and when the next one is free", () => {
    const few = { ...requests, remaining: 150, reset_after_ms: 73_440_000 };
    expect(warningOf({ ...limits, requests: few }, null, 0)).toEqual({ kind: "few_requests", left: 150 });
    const none = { ...requests, remaining: 0, reset_after_ms: 86_400_000 };
    expect(warningOf({ ...limits, requests: none }, null, 0)).toEqual({
      kind: "no_requests",
      waitMs: 86_400,
    });
  });

  it("Is silent about a limit that the provider does not tell", () => {
    expect(warningOf({ ...limits, requests: undefined, tokens: undefined }, 9000, 0)).toBeNull();
  });
});
