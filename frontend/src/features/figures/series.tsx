import { useTranslations } from "next-intl";
import type en from "@/i18n/messages/en";
import type { Bucket } from "./buckets";

/** A part of each bar. Parts differ in pattern too, for eyes that do not tell the colours apart. */
export interface Series {
  key: string;
  label: string;
  fill: string;
  value: (bucket: Bucket) => number;
}

type Key = keyof (typeof en)["figures"]["series"];

const replySeries: (Omit<Series, "label"> & { key: Key })[] = [
  { key: "complete", fill: "var(--accent)", value: ({ replies }) => replies.complete },
  { key: "stopped", fill: "url(#plot-stopped)", value: ({ replies }) => replies.stopped },
  { key: "interrupted", fill: "url(#plot-interrupted)", value: ({ replies }) => replies.interrupted },
  { key: "failed", fill: "url(#plot-failed)", value: ({ replies }) => replies.failed },
];

const tokenSeries: (Omit<Series, "label"> & { key: Key })[] = [
  { key: "completion", fill: "var(--accent)", value: ({ tokens }) => tokens.completion },
  { key: "new", fill: "var(--plot)", value: ({ tokens }) => tokens.prompt - tokens.cached },
  { key: "cached", fill: "url(#plot-cached)", value: ({ tokens }) => tokens.cached },
];

export function useReplySeries(): Series[] {
  const t = useTranslations("figures.series");
  return replySeries.map((series) => ({ ...series, label: t(series.key) }));
}

export function useTokenSeries(): Series[] {
  const t = useTranslations("figures.series");
  return tokenSeries.map((series) => ({ ...series, label: t(series.key) }));
}

function Stripes({ id, color, angle, ground }: { id: string; color: string; angle: number; ground: number }) {
  return (
    <pattern id={id} width="5" height="5" patternUnits="userSpaceOnUse" patternTransform={`rotate(${angle})`}>
      <rect width="5" height="5" fill={color} opacity={ground} />
      <rect width="2.5" height="5" fill={color} />
    </pattern>
  );
}

/** The patterns that all plots of the page and their legends draw with. */
export function PlotPatterns() {
  return (
    <svg width="0" height="0" className="absolute" aria-hidden="true" focusable="false">
      <defs>
        <Stripes id="plot-stopped" color="var(--soft)" angle={0} ground={0.35} />
        <Stripes id="plot-interrupted" color="var(--warn)" angle={45} ground={0.35} />
        <pattern id="plot-failed" width="5" height="5" patternUnits="userSpaceOnUse">
          <rect width="5" height="5" fill="var(--danger)" />
          <circle cx="2.5" cy="2.5" r="1" fill="var(--page)" />
        </pattern>
        <Stripes id="plot-cached" color="var(--plot)" angle={-45} ground={0.2} />
      </defs>
    </svg>
  );
}

export function Legend({ series }: { series: Series[] }) {
  return (
    <ul className="flex flex-wrap gap-x-4 gap-y-1 text-xs text-soft">
      {series.map(({ key, label, fill }) => (
        <li key={key} className="flex items-center gap-1.5">
          <svg width="12" height="12" aria-hidden="true" focusable="false">
            <rect width="12" height="12" rx="3" fill={fill} />
          </svg>
          {label}
        </li>
      ))}
    </ul>
  );
}
