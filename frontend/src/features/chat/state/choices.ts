import type { Conversation, ConversationSummary } from "@/lib/protocol/rest";
import type { ModelChoice } from "../models/choice";
import type { ConversationState } from "./types";

export function choiceOf({
  model,
  reasoning_effort: effort,
}: Pick<Conversation | ConversationSummary, "model" | "reasoning_effort">): ModelChoice {
  return { ...(model && { model }), ...(effort && { effort }) };
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
