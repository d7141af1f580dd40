import { describe, expect, it } from "vitest";
import { english, englishFormats as formats } from "@/testing/words";
import type { Message } from "@/lib/protocol/rest";
import { firstTokenOf, shortReceipt, speedOf } from "./format";
import { endWords, requestWords } from "./words";

const t = english("receipt");

const reply: Message = {
  id: 1,
  conversation_id: 1,
  role: "assistant",
  status: "complete",
  finish_reason: "stop",
  model: "openai/gpt-oss-120b",
  created_at: "2026-10-01T09:30:00.123Z",
};

describe("a duration", () => {
  it.each([
    [0, "< 0.1 ms"],
    [0.00004, "< 0.1 ms"],
    [0.0042, "4.2 ms"],
    [0.00996, "10 ms"],
    [0.1824, "182 ms"],
    [0.9996, "1.00 s"],
    [1.234, "1.23 s"],
    [9.996, "10.0 s"],
    [12.34, "12.3 s"],
    [59.97, "1 min 0 s"],
    [125, "2 min 5 s"],
    [3725, "1 h 2 min"],
  ])("of %d s is told as %s", (seconds, text) => expect(formats.duration(seconds)).toBe(text));
});

describe("money", () => {
  it.each([
    [0, "$0.00"],
    [0.00010695, "$0.000107"],
    [0.0123456, "$0.0123"],
    [0.5, "$0.50"],
    [1234.5, "$1,234.50"],
  ])("of %d USD is told as %s", (amount, text) => expect(formats.money(amount, "USD")).toBe(text));

  it("has prices with all their digits", () => {
    expect([0.15, 0.075, 0.0375, 4].map((price) => formats.price(price, "USD"))).toEqual([
      "$0.15",
      "$0.075",
      "$0.0375",
      "$4.00",
    ]);
  });
});

describe("the speed", () => {
  const usage = { completion_tokens: 100 };

  it("is by the provider's time", () => {
    expect(
      speedOf({ usage, timing: { completion_time: 0.2, phases: [{ kind: "writing", seconds: 1 }] } }),
    ).toBe(500);
    expect(formats.speed(1234.5)).toBe("1,235 tokens/s");
    expect(formats.speed(4.25)).toBe("4.3 tokens/s");
  });

  it("is by our clock where the provider tells no time", () => {
    const phases = [
      { kind: "request" as const, seconds: 3 },
      { kind: "reasoning" as const, seconds: 0.5 },
      { kind: "writing" as const, seconds: 1.5 },
    ];
    expect(speedOf({ usage, timing: { phases } })).toBe(50);
  });

  it("is not known where nothing was counted, or nothing measured", () => {
    expect(speedOf({ timing: { completion_time: 1 } })).toBeUndefined();
    expect(speedOf({ usage })).toBeUndefined();
    expect(speedOf({ usage, timing: { phases: [] } })).toBeUndefined();
  });
});

describe("the line of a reply", () => {
  it("says model, speed and first token, the wait behind another reply left out", () => {
    const message = {
      ...reply,
      usage: { completion_tokens: 100 },
      timing: { completion_time: 0.2, time_to_first_token: 4.3, wait_time: 4.1 },
    };
    expect(shortReceipt(message, t, formats)).toEqual([
      "openai/gpt-oss-120b",
      "500 tokens/s",
      "first token after 200 ms",
    ]);
    expect(firstTokenOf({ time_to_first_token: 1, wait_time: 2 })).toBe(0);
    expect(firstTokenOf(undefined)).toBeUndefined();
  });

  it("says no more than is known", () => {
    expect(shortReceipt({ ...reply, model: undefined }, t, formats)).toEqual([]);
  });
});

describe("the words", () => {
  it("tell how a reply ended", () => {
    expect(endWords(reply, t)).toBe("Finished");
    expect(endWords({ ...reply, finish_reason: "length" }, t)).toBe("At the model's length limit");
    expect(endWords({ ...reply, finish_reason: "surprise" }, t)).toBe("surprise");
    expect(endWords({ ...reply, status: "stopped", finish_reason: "stopped" }, t)).toBe("Stopped by you");
    expect(endWords({ ...reply, status: "failed", error_code: "provider_error" }, t)).toBe(
      "Failed: provider_error",
    );
    expect(endWords({ ...reply, status: "interrupted" }, t)).toBe("Broken off");
  });

  it("tell of requests where there was more than one, or the reply failed", () => {
    const of = (requests: number, retries: number, status: Message["status"] = "complete") =>
      requestWords({ ...reply, status, timing: { requests, retries } }, t, formats);
    expect([of(1, 0), of(3, 0), of(3, 2), of(1, 0, "failed"), of(0, 0, "failed")]).toEqual([
      null,
      "3",
      "3, 2 of them repeated",
      "1",
      "None",
    ]);
    expect(requestWords(reply, t, formats)).toBeNull();
  });
});
