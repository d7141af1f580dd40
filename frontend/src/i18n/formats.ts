"use client";

import { useLocale, useTranslations } from "next-intl";
import { useMemo } from "react";
import type { Translate } from "./spoken";

export type Formats = ReturnType<typeof formatsOf>;

/** Numbers, times and sums as a language and its region write them. `locale`: BCP 47. */
export function formatsOf(locale: string, t: Translate<"units">) {
  const number = (options: Intl.NumberFormatOptions) => new Intl.NumberFormat(locale, options);
  const date = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(locale, options);
  const whole = number({ maximumFractionDigits: 0 });
  const compact = number({ notation: "compact", maximumFractionDigits: 1 });
  const part = number({ style: "percent", maximumFractionDigits: 1 });
  const difference = number({ style: "percent", maximumFractionDigits: 0, signDisplay: "exceptZero" });
  const day = date({ month: "short", day: "numeric", timeZone: "UTC" });
  const longDay = date({
    weekday: "short",
    month: "short",
    day: "numeric",
    year: "numeric",
    timeZone: "UTC",
  });
  const moment = date({ dateStyle: "medium", timeStyle: "short" });
  const exactly = (value: number, digits: number) =>
    number({ minimumFractionDigits: digits, maximumFractionDigits: digits }).format(value);
  const minutes = (all: number) =>
    t("minS", { minutes: whole.format(Math.floor(all / 60)), seconds: whole.format(all % 60) });

  return {
    /** "1,234". */
    count: (value: number) => whole.format(value),

    /** "1.2K", "3.4M": for axes and tiles. */
    compact: (value: number) => compact.format(value),

    /** "12.5%" of 0.125. */
    share: (share: number) => part.format(share),

    /** "+12%" against what was before; undefined where nothing was. */
    change: (now: number, before: number) => (before > 0 ? difference.format(now / before - 1) : undefined),

    speed: (tokensPerSecond: number) =>
      t("tokensPerSecond", { value: exactly(tokensPerSecond, tokensPerSecond < 10 ? 1 : 0) }),

    /** Three figures, from a tenth of a millisecond to hours. */
    duration: (seconds: number) => {
      const ms = seconds * 1000;
      if (ms < 0.1) return t("lessThanMs", { value: exactly(0.1, 1) });
      if (ms < 9.95) return t("ms", { value: exactly(ms, 1) });
      if (ms < 999.5) return t("ms", { value: exactly(ms, 0) });
      if (seconds < 9.995) return t("s", { value: exactly(seconds, 2) });
      if (seconds < 59.95) return t("s", { value: exactly(seconds, 1) });
      const all = Math.round(seconds);
      const hours = Math.floor(all / 3600);
      if (hours === 0) return minutes(all);
      return t("hMin", { hours: whole.format(hours), minutes: whole.format(Math.floor(all / 60) % 60) });
    },

    /** A tenth of a second is the least that says something. */
    thinking: (seconds: number) => {
      if (seconds < 0.1) return t("moment");
      return t("s", { value: exactly(seconds, seconds < 10 ? 1 : 0) });
    },

    /** As it is read best: whole milliseconds, tenths of seconds, minutes. */
    seconds: (seconds: number) => {
      if (seconds < 1) return t("ms", { value: whole.format(Math.max(1, seconds * 1000)) });
      return seconds < 100 ? t("s", { value: exactly(seconds, 1) }) : minutes(Math.round(seconds));
    },

    /** Cents where there are some, else as many digits as say something: $0.000107. */
    money: (value: number, currency: string) => {
      const digits =
        value === 0 || value >= 0.01
          ? { minimumFractionDigits: 2, maximumFractionDigits: value < 1 ? 4 : 2 }
          : { maximumSignificantDigits: 3 };
      return number({ style: "currency", currency, ...digits }).format(value);
    },

    /** A sum for tiles: cents where they say something; a smaller one with two digits that do. */
    usd: (usd: number) => {
      const digits = usd >= 0.1 || usd === 0 ? { maximumFractionDigits: 2 } : { maximumSignificantDigits: 2 };
      return number({ style: "currency", currency: "USD", ...digits }).format(usd);
    },

    /** A price of a million tokens, with all its digits. */
    price: (value: number, currency: string) =>
      number({ style: "currency", currency, minimumFractionDigits: 2, maximumFractionDigits: 4 }).format(
        value,
      ),

    /** A time in this browser's zone. */
    moment: (utc: string) => moment.format(new Date(utc)),

    /** "Nov 23" of "2026-11-23". */
    day: (date: string) => day.format(new Date(`${date}T00:00:00Z`)),

    /** "Sun, Nov 23, 2026" or "Nov 17 – 23". */
    days: ({ from, to }: { from: string; to: string }) => {
      const first = new Date(`${from}T00:00:00Z`);
      return from === to ? longDay.format(first) : day.formatRange(first, new Date(`${to}T00:00:00Z`));
    },
  };
}

export function useFormats(): Formats {
  const locale = useLocale();
  const t = useTranslations("units");
  return useMemo(() => formatsOf(locale, t), [locale, t]);
}
