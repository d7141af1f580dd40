"use client";

import { useLocale, useTranslations } from "next-intl";
import { Bar, BarChart, CartesianGrid, ResponsiveContainer, Tooltip, XAxis, YAxis } from "recharts";
import { useFormats } from "@/i18n/formats";
import { directionOf, matchLocale } from "@/i18n/locales";
import type { Bucket } from "./buckets";
import type { Series } from "./series";
import { ticksTo } from "./ticks";

const height = 224;
const tick = { fill: "var(--soft)", fontSize: 12 };

interface TipProps {
  active?: boolean;
  payload?: readonly { payload?: Row }[];
  series: Series[];
  turned: boolean;
}

interface Row {
  bucket: Bucket;
  [series: string]: number | Bucket;
}

function Tip({ active, payload, series, turned }: TipProps) {
  const t = useTranslations("figures.plots");
  const formats = useFormats();
  const bucket = payload?.[0]?.payload?.bucket;
  if (!active || !bucket) return null;
  const total = series.reduce((sum, { value }) => sum + value(bucket), 0);
  return (
    <div
      dir={turned ? "rtl" : "ltr"}
      className="rounded-lg border border-line bg-page px-3 py-2 text-xs shadow-lg"
    >
      <p className="font-medium">{formats.days(bucket)}</p>
      <dl className="mt-1 grid grid-cols-[auto_auto] gap-x-4 gap-y-0.5">
        {[...series].reverse().map(({ key, label, value }) => (
          <div key={key} className="contents">
            <dt className="text-soft">{label}</dt>
            <dd className="text-end tabular-nums">{formats.count(value(bucket))}</dd>
          </div>
        ))}
        <dt className="font-medium">{t("together")}</dt>
        <dd className="text-end font-medium tabular-nums">{formats.count(total)}</dd>
      </dl>
    </div>
  );
}

/** A bar for each bucket, its parts one upon the other. `label` says in words what it shows. */
export function StackedBars({
  buckets,
  series,
  label,
}: {
  buckets: Bucket[];
  series: Series[];
  label: string;
}) {
  const formats = useFormats();
  const turned = directionOf(matchLocale([useLocale()])) === "rtl";
  const rows: Row[] = buckets.map((bucket) => ({
    bucket,
    ...Object.fromEntries(series.map(({ key, value }) => [key, value(bucket)])),
  }));
  const ticks = ticksTo(
    Math.max(...buckets.map((bucket) => series.reduce((sum, { value }) => sum + value(bucket), 0))),
  );
  return (
    <div role="img" aria-label={label} dir="ltr" style={{ height }}>
      <ResponsiveContainer width="100%" height={height} initialDimension={{ width: 320, height }}>
        <BarChart
          data={rows}
          accessibilityLayer={false}
          margin={{ top: 8, right: turned ? 0 : 4, bottom: 0, left: turned ? 4 : 0 }}
          barCategoryGap={buckets.length > 60 ? "10%" : "18%"}
          maxBarSize={48}
        >
          <CartesianGrid vertical={false} stroke="var(--line)" />
          <XAxis
            dataKey={({ bucket }: Row) => bucket.from}
            tickFormatter={formats.day}
            reversed={turned}
            tick={tick}
            tickLine={false}
            axisLine={{ stroke: "var(--line)" }}
            minTickGap={28}
          />
          <YAxis
            width={44}
            tickFormatter={formats.compact}
            orientation={turned ? "right" : "left"}
            tick={tick}
            tickLine={false}
            axisLine={false}
            ticks={ticks}
            domain={[0, ticks.at(-1) ?? 1]}
          />
          <Tooltip
            content={<Tip series={series} turned={turned} />}
            cursor={{ fill: "var(--hover)", opacity: 0.7 }}
            isAnimationActive={false}
          />
          {series.map(({ key, fill }) => (
            <Bar key={key} dataKey={key} stackId="all" fill={fill} isAnimationActive={false} />
          ))}
        </BarChart>
      </ResponsiveContainer>
    </div>
  );
}
