import type { ConversationChange } from "@/lib/api-client";
import { estimateTokens } from "../limits/limits";
import type { ModelChoice } from "../models/choice";

/** What a conversation can be set to beside its model. */
export type Settings = Pick<ModelChoice, "systemPrompt" | "temperature" | "maxTokens">;

/** In bytes of UTF-8; docs/protocol.md has the caps. */
export const longestSystemPrompt = 12 * 1024;

export const highestTemperature = 2;

/** What the slider shows where nothing is chosen: what most models take by themselves. */
export const usualTemperature = 1;

/** The server's length where nothing is chosen. */
export const usualMaxTokens = 4096;

/** Taken for a model that does not say how much it can write. */
const unknownMaxTokens = 32_768;

export function isTooLongPrompt(text: string): boolean {
  return text.length > longestSystemPrompt / 4 && new TextEncoder().encode(text).length > longestSystemPrompt;
}

export function settingsOf({ systemPrompt, temperature, maxTokens }: ModelChoice): Settings {
  return {
    ...(systemPrompt && { systemPrompt }),
    ...(temperature !== undefined && { temperature }),
    ...(maxTokens !== undefined && { maxTokens }),
  };
}

/** How many of the settings, the effort among them, are not as they come. */
export function countSet(choice: ModelChoice): number {
  const { systemPrompt, temperature, maxTokens, effort } = choice;
  return [systemPrompt?.trim() || undefined, temperature, maxTokens, effort].filter(
    (value) => value !== undefined,
  ).length;
}

/** The model stays, all else is as it comes. */
export function withoutSettings({ model }: ModelChoice): ModelChoice {
  return model === undefined ? {} : { model };
}

/** What a browser remembered of the new chat; nothing where it is not what this version writes. */
export function parseSettings(stored: string | null): Settings {
  try {
    const value = JSON.parse(stored || "{}") as Record<keyof Settings, unknown> | null;
    const { systemPrompt, temperature, maxTokens } = value ?? {};
    return settingsOf({
      ...(typeof systemPrompt === "string" && { systemPrompt }),
      ...(typeof temperature === "number" &&
        temperature >= 0 &&
        temperature <= highestTemperature && { temperature }),
      ...(typeof maxTokens === "number" && Number.isInteger(maxTokens) && maxTokens > 0 && { maxTokens }),
    });
  } catch {
    return {};
  }
}

/** As a send that opens a conversation says it. */
export function settingsFields(choice: ModelChoice | undefined) {
  const { systemPrompt, temperature, maxTokens } = settingsOf(choice ?? {});
  return {
    ...(systemPrompt !== undefined && { system_prompt: systemPrompt }),
    ...(temperature !== undefined && { temperature }),
    ...(maxTokens !== undefined && { max_completion_tokens: maxTokens }),
  };
}

const fields = {
  model: "model",
  effort: "reasoning_effort",
  systemPrompt: "system_prompt",
  temperature: "temperature",
  maxTokens: "max_completion_tokens",
} as const satisfies Record<keyof ModelChoice, keyof ConversationChange>;

/** What to tell the server so that `before` becomes `after`: what did not change may have changed elsewhere. */
export function changeBetween(before: ModelChoice, after: ModelChoice): ConversationChange {
  const names = Object.keys(fields) as (keyof ModelChoice)[];
  return Object.fromEntries(
    names
      .filter((name) => before[name] !== after[name])
      .map((name) => [fields[name], after[name] === "" ? null : (after[name] ?? null)]),
  );
}

/** The lengths that a slider offers for a model: powers of two, and its own limit. */
export function lengthsFor(most: number = unknownMaxTokens): number[] {
  const lengths: number[] = [];
  for (let tokens = 256; tokens < most; tokens *= 2) lengths.push(tokens);
  return [...lengths, most];
}

/** The place of the length that is nearest to `tokens`. */
export function nearestLength(lengths: readonly number[], tokens: number): number {
  let nearest = 0;
  lengths.forEach((length, index) => {
    if (Math.abs(length - tokens) < Math.abs((lengths[nearest] ?? 0) - tokens)) nearest = index;
  });
  return nearest;
}

/** What is taken for a reply beside the messages: its length, and the system prompt where no usage has counted that yet. */
export function reservedTokens(choice: ModelChoice, isFirst: boolean, usual: number): number {
  return (choice.maxTokens ?? usual) + (isFirst ? estimateTokens(choice.systemPrompt ?? "") : 0);
}
