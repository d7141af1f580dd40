import type { Bucket } from "./buckets";

/** English as the page is; the browser's zone only where a time is meant. */
const locale = "en";
const whole = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
const compact = new Intl.NumberFormat(locale, { notation: "compact", maximumFractionDigits: 1 });
const part = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 1 });
const change = new Intl.NumberFormat(locale, {
  style: "percent",
  maximumFractionDigits: 0,
  signDisplay: "exceptZero",
});
const day = new Intl.DateTimeFormat(locale, { month: "short", day: "numeric", timeZone: "UTC" });
const longDay = new Intl.DateTimeFormat(locale, {
  weekday: "short",
  month: "short",
  day: "numeric",
  year: "numeric",
  timeZone: "UTC",
});
const moment = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short" });

export const formatCount = (count: number) => whole.format(count);

/** "1.2K", "3.4M": for axes and tiles. */
export const formatCompact = (count: number) => compact.format(count);

export const formatShare = (share: number) => part.format(share);

export const formatSpeed = (tokensPerSecond: number) => `${whole.format(tokensPerSecond)} tokens/s`;

export function formatSeconds(seconds: number): string {
  if (seconds < 1) return `${whole.format(Math.max(1, seconds * 1000))} ms`;
  if (seconds < 100) return `${seconds.toFixed(1)} s`;
  const all = Math.round(seconds);
  return `${Math.floor(all / 60)} min ${all % 60} s`;
}

/** Cents where they say something; a smaller sum with two digits that do. */
export function formatUsd(usd: number): string {
  const digits = usd >= 0.1 || usd === 0 ? { maximumFractionDigits: 2 } : { maximumSignificantDigits: 2 };
  return new Intl.NumberFormat(locale, { style: "currency", currency: "USD", ...digits }).format(usd);
}

/** A time in this browser's zone. */
export const formatMoment = (utc: string) => moment.format(new Date(utc));

/** "Nov 23". */
export const formatDay = (date: string) => day.format(new Date(`${date}T00:00:00Z`));

/** "Sun, Nov 23, 2026" or "Nov 17 – 23". */
export function formatBucket({ from, to }: Pick<Bucket, "from" | "to">): string {
  const first = new Date(`${from}T00:00:00Z`);
  return from === to ? longDay.format(first) : day.formatRange(first, new Date(`${to}T00:00:00Z`));
}

/** "+12%" against what was before; undefined where nothing was. */
export function formatChange(now: number, before: number): string | undefined {
  return before > 0 ? change.format(now / before - 1) : undefined;
}
