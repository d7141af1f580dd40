import type { Message } from "@/lib/protocol/rest";

export function formatSeconds(seconds: number): string {
  if (seconds < 1) return `${Math.max(1, Math.round(seconds * 1000))} ms`;
  return seconds < 10 ? `${seconds.toFixed(1)} s` : `${Math.round(seconds)} s`;
}

/** A tenth of a second is the least that says something. */
export function formatThinking(seconds: number): string {
  if (seconds < 0.1) return "a moment";
  return seconds < 10 ? `${seconds.toFixed(1)} s` : `${Math.round(seconds)} s`;
}

/** What a reply took, in the order a person asks: which model, how fast, how soon. */
export function receipt({ model, usage, timing }: Message): string[] {
  const parts: string[] = [];
  if (model) parts.push(model);
  const { completion_tokens: tokens } = usage ?? {};
  const seconds = timing?.completion_time;
  if (tokens && seconds) parts.push(`${Math.round(tokens / seconds).toLocaleString("en")} tokens/s`);
  if (timing?.time_to_first_token !== undefined) {
    parts.push(`first token after ${formatSeconds(timing.time_to_first_token)}`);
  }
  return parts;
}
