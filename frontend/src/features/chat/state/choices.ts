import type { Conversation, ConversationSummary } from "@/lib/protocol/rest";
import type { ModelChoice } from "../models/choice";
import type { ConversationState } from "./types";

type Told = Pick<
  Conversation | ConversationSummary,
  "model" | "reasoning_effort" | "system_prompt" | "temperature" | "max_completion_tokens"
>;

export function choiceOf(told: Told): ModelChoice {
  const { model, reasoning_effort: effort, system_prompt: systemPrompt } = told;
  const { temperature, max_completion_tokens: maxTokens } = told;
  return {
    ...(model && { model }),
    ...(effort && { effort }),
    ...(systemPrompt && { systemPrompt }),
    ...(temperature !== undefined && { temperature }),
    ...(maxTokens !== undefined && { maxTokens }),
  };
}

/** The server took a choice, or did not; a later choice of this tab is not settled by it. */
export function settleChoice(
  known: ConversationState,
  choice: ModelChoice,
  done: boolean,
): ConversationState {
  if (known.choosing !== choice) return known;
  return { ...known, choosing: undefined, choice: done ? choice : known.choice };
}
