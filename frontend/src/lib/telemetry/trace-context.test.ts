import { describe, expect, it } from "vitest";
import { bornAt, newTraceparent, parseTraceparent } from "./trace-context";

describe("Trace context", () => {
  it("Every traceparent is another one, sampled, and says when it was made", () => {
    const before = performance.now();
    const made = Array.from({ length: 50 }, newTraceparent);
    expect(new Set(made.map((one) => parseTraceparent(one)?.traceId)).size).toBe(50);
    for (const one of made) {
      expect(one).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/);
      expect(bornAt(one)).toBeGreaterThanOrEqual(before);
    }
  });

  it("What no page here made has no time, and nothing else is a traceparent", () => {
    expect(bornAt("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")).toBeUndefined();
    expect(parseTraceparent("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")).toEqual({
      traceId: "4bf92f3577b34da6a3ce929d0e0e4736",
      spanId: "00f067aa0ba902b7",
    });
    for (const wrong of [undefined, "", "00-4BF9-00f067aa0ba902b7-01"])
      expect(parseTraceparent(wrong)).toBeNull();
  });
});
