"use client";

import { useTranslations } from "next-intl";
import { useFormats, type Formats } from "@/i18n/formats";
import { cn } from "@/lib/cn";
import type { Figures } from "@/lib/protocol/figures";
import { bucketUnit, bucketsOf, replyCount, type Bucket } from "./buckets";
import { PlotCard } from "./plot-card";
import { Legend, useReplySeries, useTokenSeries, type Series } from "./series";
import { StackedBars } from "./stacked-bars";
import { repliesSummary, tokensSummary } from "./summaries";

/** More bars than these get the whole width. */
const barsOfHalf = 31;

function tableRows(
  buckets: Bucket[],
  series: Series[],
  total: (bucket: Bucket) => number,
  formats: Formats,
): string[][] {
  return buckets
    .map((bucket) => [
      formats.days(bucket),
      ...series.map(({ value }) => formats.count(value(bucket))),
      formats.count(total(bucket)),
    ])
    .reverse();
}

/** Replies and tokens over time. */
export function Plots({ figures }: { figures: Figures }) {
  const t = useTranslations("figures.plots");
  const formats = useFormats();
  const [replySeries, tokenSeries] = [useReplySeries(), useTokenSeries()];
  const buckets = bucketsOf(figures.days);
  const unit = bucketUnit(buckets);
  const width = cn(buckets.length > barsOfHalf && "lg:col-span-2");
  const replies = repliesSummary(buckets, { t, formats });
  const tokens = tokensSummary(buckets, { t, formats });
  const head = (series: Series[]) => [t(unit), ...series.map(({ label }) => label), t("all")];
  const repliesTitle = t(unit === "day" ? "repliesPerDay" : "repliesPerWeek");
  const tokensTitle = t(unit === "day" ? "tokensPerDay" : "tokensPerWeek");
  return (
    <>
      <PlotCard
        testId="plot-replies"
        className={width}
        title={repliesTitle}
        summary={replies}
        table={{
          caption: repliesTitle,
          head: head(replySeries),
          rows: tableRows(buckets, replySeries, (bucket) => replyCount(bucket.replies), formats),
        }}
      >
        <Legend series={replySeries} />
        <StackedBars
          buckets={buckets}
          series={replySeries}
          label={t("describe", { title: repliesTitle, summary: replies })}
        />
      </PlotCard>
      <PlotCard
        testId="plot-tokens"
        className={width}
        title={tokensTitle}
        summary={tokens}
        table={{
          caption: tokensTitle,
          head: head(tokenSeries),
          rows: tableRows(
            buckets,
            tokenSeries,
            (bucket) => bucket.tokens.prompt + bucket.tokens.completion,
            formats,
          ),
        }}
      >
        <Legend series={tokenSeries} />
        <StackedBars
          buckets={buckets}
          series={tokenSeries}
          label={t("describe", { title: tokensTitle, summary: tokens })}
        />
      </PlotCard>
    </>
  );
}
