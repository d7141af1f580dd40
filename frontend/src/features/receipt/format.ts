import type { Message } from "@/lib/protocol/rest";

const locale = "en";

export function formatCount(value: number): string {
  return new Intl.NumberFormat(locale).format(value);
}

function amount(value: number, unit: string, digits: number): string {
  const number = new Intl.NumberFormat(locale, {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  return `${number.format(value)} ${unit}`;
}

/** Three figures, from a tenth of a millisecond to hours. */
export function formatDuration(seconds: number): string {
  const ms = seconds * 1000;
  if (ms < 0.1) return "< 0.1 ms";
  if (ms < 9.95) return amount(ms, "ms", 1);
  if (ms < 999.5) return amount(ms, "ms", 0);
  if (seconds < 9.995) return amount(seconds, "s", 2);
  if (seconds < 59.95) return amount(seconds, "s", 1);
  const whole = Math.round(seconds);
  const [minutes, hours] = [Math.floor(whole / 60), Math.floor(whole / 3600)];
  return hours > 0 ? `${hours} h ${minutes % 60} min` : `${minutes} min ${whole % 60} s`;
}

/** Cents where there are some, else as many digits as say something: $0.000107. */
export function formatMoney(value: number, currency: string): string {
  const digits =
    value === 0 || value >= 0.01
      ? { minimumFractionDigits: 2, maximumFractionDigits: value < 1 ? 4 : 2 }
      : { maximumSignificantDigits: 3 };
  return new Intl.NumberFormat(locale, { style: "currency", currency, ...digits }).format(value);
}

/** A price of a million tokens. */
export function formatPrice(value: number, currency: string): string {
  const format = new Intl.NumberFormat(locale, {
    style: "currency",
    currency,
    minimumFractionDigits: 2,
    maximumFractionDigits: 4,
  });
  return format.format(value);
}

export function formatSpeed(tokensPerSecond: number): string {
  const digits = tokensPerSecond < 10 ? 1 : 0;
  return amount(tokensPerSecond, "tokens/s", digits);
}

/**
 * Tokens a second: by the provider's own time, or, where it tells none, by ours from the first text to the last; undefined
 * where the tokens were not counted.
 */
export function speedOf({ usage, timing }: Pick<Message, "usage" | "timing">): number | undefined {
  const seconds = timing?.completion_time ?? writingTime(timing);
  return usage?.completion_tokens && seconds ? usage.completion_tokens / seconds : undefined;
}

function writingTime(timing: Message["timing"]): number | undefined {
  return timing?.phases
    ?.filter(({ kind }) => kind === "reasoning" || kind === "writing")
    .reduce((sum, { seconds }) => sum + seconds, 0);
}

/** From when it was its turn: what it waited behind another reply is told by itself. */
export function firstTokenOf(timing: Message["timing"]): number | undefined {
  const first = timing?.time_to_first_token;
  return first === undefined ? undefined : Math.max(0, first - (timing?.wait_time ?? 0));
}

/** What a reply took, in the order a person asks: which model, how fast, how soon. */
export function shortReceipt(message: Message): string[] {
  const parts: string[] = [];
  if (message.model) parts.push(message.model);
  const speed = speedOf(message);
  if (speed !== undefined) parts.push(formatSpeed(speed));
  const first = firstTokenOf(message.timing);
  if (first !== undefined) parts.push(`first token after ${formatDuration(first)}`);
  return parts;
}
