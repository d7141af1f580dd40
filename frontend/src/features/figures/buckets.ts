import type { DayFigures, ReplyCounts, Sums } from "@/lib/protocol/figures";

/** A bar of a plot: one day, or several. Dates are both counted. */
export interface Bucket extends Sums {
  from: string;
  to: string;
}

const daysOfBars = 92;
const week = 7;

export function replyCount({ complete, stopped, interrupted, failed }: ReplyCounts): number {
  return complete + stopped + interrupted + failed;
}

function plus(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined && b === undefined ? undefined : (a ?? 0) + (b ?? 0);
}

function add(a: Bucket, b: DayFigures): Bucket {
  return {
    from: a.from,
    to: b.date,
    replies: {
      complete: a.replies.complete + b.replies.complete,
      stopped: a.replies.stopped + b.replies.stopped,
      interrupted: a.replies.interrupted + b.replies.interrupted,
      failed: a.replies.failed + b.replies.failed,
    },
    tokens: {
      prompt: a.tokens.prompt + b.tokens.prompt,
      completion: a.tokens.completion + b.tokens.completion,
      cached: a.tokens.cached + b.tokens.cached,
      reasoning: a.tokens.reasoning + b.tokens.reasoning,
    },
    cost: {
      spent: plus(a.cost.spent, b.cost.spent),
      simulated: plus(a.cost.simulated, b.cost.simulated),
    },
  };
}

/** Bars of a day each, or of seven where there would be too many; what does not fill a week lengthens the first. */
export function bucketsOf(days: DayFigures[]): Bucket[] {
  const size = days.length > daysOfBars ? week : 1;
  const rest = days.length % size;
  const buckets: Bucket[] = [];
  days.forEach((day, index) => {
    const last = buckets.at(-1);
    const begins = index === 0 || (index >= rest + size && (index - rest) % size === 0);
    if (last && !begins) buckets[buckets.length - 1] = add(last, day);
    else buckets.push({ ...day, from: day.date, to: day.date });
  });
  return buckets;
}

/** What a bar stands for. */
export function bucketUnit(buckets: Bucket[]): "day" | "week" {
  return buckets.some(({ from, to }) => from !== to) ? "week" : "day";
}
