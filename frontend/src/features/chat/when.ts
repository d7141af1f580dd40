import { say, spokenTag } from "@/i18n/spoken";

const dayMs = 24 * 3600 * 1000;

function clock(at: Date, locale: string): string {
  return at.toLocaleTimeString(locale, { hour: "2-digit", minute: "2-digit" });
}

function startOfDay(date: Date): number {
  return new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
}

/** A time to come in words: "at 14:32", "tomorrow at 01:12", "on Tue, Nov 24 at 01:12". Epoch ms. */
export function formatWhen(at: number, now: number, locale = spokenTag()): string {
  const t = say("units");
  const date = new Date(at);
  const days = Math.round((startOfDay(date) - startOfDay(new Date(now))) / dayMs);
  if (days <= 0) return t("atTime", { time: clock(date, locale) });
  if (days === 1) return t("tomorrowAt", { time: clock(date, locale) });
  const day = date.toLocaleDateString(locale, { weekday: "short", month: "short", day: "numeric" });
  return t("onDayAt", { day, time: clock(date, locale) });
}

/** Seconds below two minutes, else minutes, hours. */
export function formatWait(ms: number): string {
  const t = say("units");
  const number = (value: number) => ({ value: value.toLocaleString(spokenTag()) });
  const seconds = Math.max(1, Math.ceil(ms / 1000));
  if (seconds < 120) return t("s", number(seconds));
  const minutes = Math.ceil(seconds / 60);
  return minutes < 120 ? t("min", number(minutes)) : t("h", number(Math.ceil(minutes / 60)));
}

/** A wait that is better told as a time of day than counted. */
export function isLong(ms: number): boolean {
  return ms > 90_000;
}
