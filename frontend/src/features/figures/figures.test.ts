import { describe, expect, it } from "vitest";
import { english, englishFormats as formats } from "@/testing/words";
import type { DayFigures, ModelFigures } from "@/lib/protocol/figures";
import { bucketsOf, bucketUnit } from "./buckets";
import { parsePeriod } from "./period";
import { bySpeed, failuresSummary, repliesSummary, speedSummary, tokensSummary } from "./summaries";
import { ticksTo } from "./ticks";

function days(count: number, change: (index: number) => Partial<DayFigures> = () => ({})): DayFigures[] {
  return Array.from({ length: count }, (_, index) => ({
    date: new Date(Date.UTC(2026, 0, 1 + index)).toISOString().slice(0, 10),
    replies: { complete: 1, stopped: 0, interrupted: 0, failed: 0 },
    tokens: { prompt: 10, completion: 5, cached: 4, reasoning: 1 },
    cost: {},
    ...change(index),
  }));
}

const spread = (median: number) => ({ count: 5, p10: 1, median, p90: 900, p95: 950 });

function model(name: string, median?: number): ModelFigures {
  return {
    ...days(1)[0],
    model: name,
    tokens_per_second: median === undefined ? undefined : spread(median),
  } as ModelFigures;
}

describe("bars", () => {
  it("are days as long as there is room for them", () => {
    const buckets = bucketsOf(days(90));
    expect(buckets).toHaveLength(90);
    expect(bucketUnit(buckets)).toBe("day");
  });

  it("are weeks in a year, of which the first takes the day that is left over", () => {
    const buckets = bucketsOf(days(365, (index) => ({ cost: index === 3 ? { spent: 2 } : {} })));
    expect(buckets).toHaveLength(52);
    expect(bucketUnit(buckets)).toBe("week");
    expect(buckets.map(({ replies }) => replies.complete)).toEqual([8, ...Array<number>(51).fill(7)]);
    expect([buckets[0]?.from, buckets[0]?.to, buckets.at(-1)?.to]).toEqual([
      "2026-01-01",
      "2026-01-08",
      "2026-12-31",
    ]);
    expect(buckets[0]?.cost).toEqual({ spent: 2, simulated: undefined });
    expect(buckets[1]?.tokens).toEqual({ prompt: 70, completion: 35, cached: 28, reasoning: 7 });
  });

  it("have an axis of round numbers that reaches above the highest", () => {
    expect(ticksTo(0)).toEqual([0, 1]);
    expect(ticksTo(3)).toEqual([0, 1, 2, 3]);
    expect(ticksTo(154)).toEqual([0, 50, 100, 150, 200]);
    expect(ticksTo(240_000)).toEqual([0, 100_000, 200_000, 300_000]);
    for (let most = 1; most < 5_000; most += 7) {
      const ticks = ticksTo(most);
      expect(ticks.at(-1)).toBeGreaterThanOrEqual(most);
      expect(ticks.length).toBeLessThanOrEqual(6);
      expect(ticks.every(Number.isInteger)).toBe(true);
    }
  });
});

const plots = { t: english("figures.plots"), formats };
const speeds = { t: english("figures.speed"), formats, name: (model: string) => model };
const broken = { t: english("figures.failures"), formats };

describe("words", () => {
  it("tell what a plot of replies shows", () => {
    const some = days(2, (index) => ({
      replies: { complete: 2, stopped: 0, interrupted: index, failed: index },
    }));
    expect(repliesSummary(bucketsOf(some), plots)).toBe(
      "3 a day on average, most on Fri, Jan 2, 2026: 4. 33.3% failed or broke off.",
    );
    expect(
      repliesSummary(
        bucketsOf(days(1, () => ({ replies: { complete: 0, stopped: 0, interrupted: 0, failed: 0 } }))),
        plots,
      ),
    ).toBe("No replies.");
  });

  it("tell the tokens and how many came from the cache", () => {
    expect(tokensSummary(bucketsOf(days(2)), plots)).toBe(
      "10 out and 20 in. 40% of those came from the cache.",
    );
    const none = { prompt: 0, completion: 0, cached: 0, reasoning: 0 };
    expect(tokensSummary(bucketsOf(days(1, () => ({ tokens: none }))), plots)).toBe("No tokens counted.");
  });

  it("tell the fastest model, leaving out whose speed is unknown", () => {
    const models = [model("slow", 100), model("silent"), model("fast", 900)];
    expect(bySpeed(models).map(({ model: name }) => name)).toEqual(["fast", "slow"]);
    expect(speedSummary(models, speeds)).toBe("fast writes 900 tokens/s in the median, the fastest of 2.");
    expect(speedSummary([model("silent")], speeds)).toBe("No reply told its speed.");
  });

  it("tell the commonest failure", () => {
    const failures = [{ code: "a", count: 3, share: 0.75, last_at: "2026-01-01T00:00:00Z" }];
    expect(failuresSummary(failures, (code) => `Words for ${code}.`, broken)).toBe(
      "75% of them: Words for a.",
    );
    expect(failuresSummary([], String, broken)).toBe("Nothing failed.");
  });
});

describe("numbers", () => {
  it("are seconds as they are read best", () => {
    expect([0.0002, 0.174, 9.94, 61.2, 125].map(formats.seconds)).toEqual([
      "1 ms",
      "174 ms",
      "9.9 s",
      "61.2 s",
      "2 min 5 s",
    ]);
    expect(formats.seconds(179.8)).toBe("3 min 0 s");
  });

  it("are money with the digits that count", () => {
    expect([0, 1.094, 0.0123, 0.00004567].map(formats.usd)).toEqual([
      "$0.00",
      "$1.09",
      "$0.012",
      "$0.000046",
    ]);
  });

  it("are changes against something", () => {
    expect(formats.change(150, 100)).toBe("+50%");
    expect(formats.change(100, 100)).toBe("0%");
    expect(formats.change(5, 0)).toBeUndefined();
  });

  it("are days and spans of days", () => {
    expect(formats.days({ from: "2026-11-23", to: "2026-11-23" })).toBe("Mon, Nov 23, 2026");
    expect(formats.days({ from: "2026-11-17", to: "2026-11-23" }).replace(/\s/g, " ")).toBe("Nov 17 – 23");
  });

  it("are the days of the address, thirty where it says something else", () => {
    expect([null, "7", "365", "8", "x"].map(parsePeriod)).toEqual([30, 7, 365, 30, 30]);
  });
});
