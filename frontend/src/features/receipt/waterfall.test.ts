import { describe, expect, it } from "vitest";
import type { Phase, Timing } from "@/lib/protocol/receipt";
import { waterfall, type Waterfall } from "./waterfall";

const plain: Phase[] = [
  { kind: "saving", seconds: 0.01 },
  { kind: "preparing", seconds: 0.01 },
  { kind: "request", seconds: 0.18, queue_time: 0.03, prompt_time: 0.02, completion_time: 0.8 },
  { kind: "reasoning", seconds: 0.2 },
  { kind: "writing", seconds: 0.6 },
];

function drawn(timing: Timing | undefined): Waterfall {
  const fall = waterfall(timing);
  if (!fall) throw new Error("Nothing is drawn.");
  return fall;
}

const rowOf = (fall: Waterfall, key: string) => fall.rows.find((row) => row.key === key);

describe("waterfall", () => {
  it("draws each phase where it was, and the provider's own times inside the request", () => {
    const fall = drawn({ phases: plain, time_to_first_token: 0.2 });
    expect(fall.total).toBeCloseTo(1);
    expect(fall.firstToken).toBeCloseTo(0.2);
    const seconds = fall.rows.map(({ key, seconds }) => [key, Number(seconds.toFixed(6))]);
    expect(seconds).toEqual([
      ["own", 0.02],
      ["queue", 0.03],
      ["prompt", 0.02],
      ["way", 0.13],
      ["reasoning", 0.2],
      ["writing", 0.6],
    ]);
    expect(rowOf(fall, "queue")?.bars[0]?.start).toBeCloseTo(0.02);
    expect(rowOf(fall, "way")?.bars[0]?.start).toBeCloseTo(0.07);
    expect(rowOf(fall, "writing")?.bars[0]?.length).toBeCloseTo(0.6);
  });

  it("covers the whole axis without a gap or an overlap", () => {
    const bars = drawn({ phases: plain })
      .rows.flatMap((row) => row.bars)
      .sort((a, b) => a.start - b.start);
    let at = 0;
    for (const { start, length } of bars) {
      expect(start).toBeCloseTo(at);
      at = start + length;
    }
    expect(at).toBeCloseTo(1);
  });

  it("joins what is ours and follows itself, and tells apart what does not", () => {
    const phases: Phase[] = [...plain, { kind: "finishing", seconds: 0.02 }];
    expect(rowOf(drawn({ phases }), "own")?.bars).toHaveLength(2);
  });

  it("cuts the provider's times to the request, and tells them as the provider does", () => {
    const phases: Phase[] = [
      { kind: "request", seconds: 0.04, queue_time: 0.03, prompt_time: 0.05 },
      { kind: "writing", seconds: 0.06 },
    ];
    const fall = drawn({ phases });
    expect(rowOf(fall, "queue")?.bars[0]?.length).toBeCloseTo(0.3);
    expect(rowOf(fall, "prompt")?.seconds).toBeCloseTo(0.05);
    expect(rowOf(fall, "prompt")?.bars[0]?.length).toBeCloseTo(0.1);
    expect(rowOf(fall, "way")).toBeUndefined();
    expect(rowOf(fall, "writing")?.bars[0]?.start).toBeCloseTo(0.4);
  });

  it("draws each round of a reply with tools, and the writing of a call that brought no text", () => {
    const phases: Phase[] = [
      { kind: "request", seconds: 0.3, queue_time: 0.05, prompt_time: 0.05, completion_time: 0.1 },
      { kind: "tools", seconds: 0.4 },
      { kind: "request", seconds: 0.1, queue_time: 0.05 },
      { kind: "writing", seconds: 0.2 },
    ];
    const fall = drawn({ phases });
    expect(rowOf(fall, "queue")?.bars).toHaveLength(2);
    expect(rowOf(fall, "queue")?.seconds).toBeCloseTo(0.1);
    expect(rowOf(fall, "writing")?.bars.map(({ length }) => Number(length.toFixed(3)))).toEqual([0.1, 0.2]);
    expect(rowOf(fall, "writing")?.seconds).toBeCloseTo(0.3);
    expect(rowOf(fall, "tools")?.bars[0]?.start).toBeCloseTo(0.3);
  });

  it("draws the attempts of a reply that failed, without a first token", () => {
    const phases: Phase[] = [
      { kind: "preparing", seconds: 0.1 },
      { kind: "attempt", seconds: 0.4 },
      { kind: "attempt", seconds: 0.5 },
    ];
    const fall = drawn({ phases });
    expect(fall.rows.map(({ key }) => key)).toEqual(["own", "attempts"]);
    expect(fall.firstToken).toBeUndefined();
  });

  it("does not call the network's what the provider said nothing of", () => {
    const phases: Phase[] = [
      { kind: "request", seconds: 0.5 },
      { kind: "writing", seconds: 0.5 },
    ];
    expect(drawn({ phases }).rows.map(({ key }) => key)).toEqual(["provider", "writing"]);
  });

  it("draws nothing of a receipt without phases", () => {
    expect(waterfall(undefined)).toBeNull();
    expect(waterfall({ queue_time: 0.01, completion_time: 0.3 })).toBeNull();
    expect(waterfall({ phases: [] })).toBeNull();
    expect(waterfall({ phases: [{ kind: "request", seconds: 0 }] })).toBeNull();
  });
});
