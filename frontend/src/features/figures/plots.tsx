"use client";

import { cn } from "@/lib/cn";
import type { Figures } from "@/lib/protocol/figures";
import { bucketUnit, bucketsOf, replyCount, type Bucket } from "./buckets";
import { formatBucket, formatCount } from "./format";
import { PlotCard } from "./plot-card";
import { Legend, replySeries, tokenSeries, type Series } from "./series";
import { StackedBars } from "./stacked-bars";
import { repliesSummary, tokensSummary } from "./summaries";

/** More bars than these get the whole width. */
const barsOfHalf = 31;

function tableRows(buckets: Bucket[], series: Series[], total: (bucket: Bucket) => number): string[][] {
  return buckets
    .map((bucket) => [
      formatBucket(bucket),
      ...series.map(({ value }) => formatCount(value(bucket))),
      formatCount(total(bucket)),
    ])
    .reverse();
}

/** Replies and tokens over time. */
export function Plots({ figures }: { figures: Figures }) {
  const buckets = bucketsOf(figures.days);
  const unit = bucketUnit(buckets);
  const width = cn(buckets.length > barsOfHalf && "lg:col-span-2");
  const replies = repliesSummary(buckets);
  const tokens = tokensSummary(buckets);
  const head = (series: Series[]) => [
    unit === "day" ? "Day" : "Week",
    ...series.map(({ label }) => label),
    "All",
  ];
  return (
    <>
      <PlotCard
        testId="plot-replies"
        className={width}
        title={`Replies per ${unit}`}
        summary={replies}
        table={{
          caption: `Replies per ${unit}`,
          head: head(replySeries),
          rows: tableRows(buckets, replySeries, (bucket) => replyCount(bucket.replies)),
        }}
      >
        <Legend series={replySeries} />
        <StackedBars buckets={buckets} series={replySeries} label={`Replies per ${unit}. ${replies}`} />
      </PlotCard>
      <PlotCard
        testId="plot-tokens"
        className={width}
        title={`Tokens per ${unit}`}
        summary={tokens}
        table={{
          caption: `Tokens per ${unit}`,
          head: head(tokenSeries),
          rows: tableRows(buckets, tokenSeries, (bucket) => bucket.tokens.prompt + bucket.tokens.completion),
        }}
      >
        <Legend series={tokenSeries} />
        <StackedBars buckets={buckets} series={tokenSeries} label={`Tokens per ${unit}. ${tokens}`} />
      </PlotCard>
    </>
  );
}
