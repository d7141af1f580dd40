"use client";

import { useMemo } from "react";
import { useAllCommands } from "@/lib/commands";
import { useChatClient } from "./chat-context";
import { usePrompts } from "./prompts/use-prompts";
import { sentTexts } from "./sent-texts";
import { slashOptions, type SlashOption } from "./slash/slash";

export interface Composing {
  /** What was sent, newest first. */
  history: () => readonly string[];
  slashOptions: readonly SlashOption[];
}

/** What the composer of a conversation offers beside the keys: what was sent before, and what a slash finds. */
export function useComposing(conversationId: number | null): Composing {
  const client = useChatClient();
  const { prompts } = usePrompts();
  const commands = useAllCommands();
  const options = useMemo(() => slashOptions(prompts, commands), [prompts, commands]);
  return useMemo(
    () => ({
      history: () => sentTexts(client.store.getState(), conversationId),
      slashOptions: options,
    }),
    [client, conversationId, options],
  );
}
