import type { Formats } from "@/i18n/formats";
import type { Translate } from "@/i18n/spoken";
import type { Message } from "@/lib/protocol/rest";

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
export function shortReceipt(message: Message, t: Translate<"receipt">, formats: Formats): string[] {
  const parts: string[] = [];
  if (message.model) parts.push(message.model);
  const speed = speedOf(message);
  if (speed !== undefined) parts.push(formats.speed(speed));
  const first = firstTokenOf(message.timing);
  if (first !== undefined) parts.push(t("firstTokenAfter", { time: formats.duration(first) }));
  return parts;
}
