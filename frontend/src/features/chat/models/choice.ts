import type { Model, Models, ReasoningEffort } from "@/lib/protocol/rest";

/**
 * Who is to answer and how hard to think, and what a conversation is set to beside that; absent: the server's model, the
 * model's own effort and temperature, no system prompt, the server's length. `maxTokens`: of a reply, reasoning included.
 */
export interface ModelChoice {
  model?: string;
  effort?: ReasoningEffort;
  systemPrompt?: string;
  temperature?: number;
  maxTokens?: number;
}

const efforts: readonly string[] = ["none", "default", "low", "medium", "high"] satisfies ReasoningEffort[];

/** What a browser remembered; nothing where it is not what this version writes. */
export function parseChoice(stored: string | null): ModelChoice {
  try {
    const value = JSON.parse(stored ?? "{}") as { model?: unknown; effort?: unknown } | null;
    const { model, effort } = value ?? {};
    return {
      ...(typeof model === "string" && model !== "" && { model }),
      ...(typeof effort === "string" && efforts.includes(effort) && { effort: effort as ReasoningEffort }),
    };
  } catch {
    return {};
  }
}

export function findModel(models: Models | undefined, id: string | undefined): Model | undefined {
  return models?.models.find((model) => model.id === id);
}

/** The choice without an effort that the model does not have. */
export function withFittingEffort(choice: ModelChoice, models: Models | undefined): ModelChoice {
  const { model, effort, ...rest } = choice;
  const efforts = findModel(models, model ?? models?.default_model)?.reasoning_efforts ?? [];
  return { ...rest, ...(model && { model }), ...(effort && efforts.includes(effort) && { effort }) };
}

/** What a new chat begins with: what was chosen last, as far as it is still there. */
export function startingChoice(stored: ModelChoice, models: Models | undefined): ModelChoice {
  if (!models) return stored;
  if (stored.model !== undefined && !findModel(models, stored.model)) return {};
  return withFittingEffort(stored, models);
}

/** 131072 → "131K", 1048576 → "1M": sizes as providers write them. */
export function formatTokens(tokens: number): string {
  if (tokens >= 1_000_000) return `${Math.round(tokens / 100_000) / 10}M`;
  return tokens >= 1000 ? `${Math.round(tokens / 1000)}K` : String(tokens);
}

/** What tells a model from others of its name's last part: "openai/gpt-oss-20b" → "gpt-oss-20b". */
export function shortName(id: string): string {
  return id.split("/").at(-1) || id;
}

/** As commands say it. */
export function choiceFields(choice: ModelChoice | undefined): {
  model?: string;
  reasoning_effort?: ReasoningEffort;
} {
  return {
    ...(choice?.model && { model: choice.model }),
    ...(choice?.effort && { reasoning_effort: choice.effort }),
  };
}
