"use client";

import { useMemo } from "react";
import { toast } from "@/lib/toast";
import { say } from "@/i18n/spoken";
import type { ToolDecision } from "@/lib/protocol/commands";
import { useChatClient } from "./chat-context";
import type { ChatMessage } from "./state/types";
import type { ModelChoice } from "./models/choice";

function orSay(sent: boolean): boolean {
  if (!sent) toast.error(say("errors")("noConnection"));
  return sent;
}

/** What a person does with messages that are there; without a connection they are told so. */
export function useTurnCommands() {
  const { turns } = useChatClient();
  return useMemo(
    () => ({
      regenerate: (conversationId: number, id: number, choice?: ModelChoice) =>
        orSay(turns.regenerate(conversationId, id, choice)),
      continueReply: (conversationId: number, id: number) => orSay(turns.continueReply(conversationId, id)),
      select: (conversationId: number, id: number) => orSay(turns.select(conversationId, id)),
      removeQueued: (conversationId: number, id: number) => orSay(turns.removeQueued(conversationId, id)),
      decideTool: (message: ChatMessage, toolCallId: string, decision: ToolDecision) =>
        orSay(turns.decideTool(message, toolCallId, decision)),
      resumeQueue: (conversationId: number) => orSay(turns.resumeQueue(conversationId)),
    }),
    [turns],
  );
}
