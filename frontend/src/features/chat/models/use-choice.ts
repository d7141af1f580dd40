"use client";

import { useCallback, useMemo } from "react";
import { toast } from "sonner";
import { chooseModel } from "@/lib/api-client";
import { useStoredText } from "@/lib/use-stored-text";
import { useChatClient, useChatState } from "../chat-context";
import { parseChoice, startingChoice, type ModelChoice } from "./choice";
import { useModels } from "./use-models";

const key = "tahochat.model";

export interface Chosen {
  /** What the picker shows. */
  choice: ModelChoice;
  /** What a message has to say so that it is answered like that: the server may not know it yet. */
  toSay: ModelChoice;
  choose: (choice: ModelChoice) => void;
}

/** Who answers in a conversation, or in the new chat: that begins with what this browser chose last. */
export function useChoice(conversationId: number | null): Chosen {
  const client = useChatClient();
  const models = useModels();
  const [stored, store] = useStoredText(key);
  const known = useChatState(({ conversations }) =>
    conversationId === null ? undefined : conversations[conversationId]?.choice,
  );
  const choosing = useChatState(({ conversations }) =>
    conversationId === null ? undefined : conversations[conversationId]?.choosing,
  );
  const starting = useMemo(() => startingChoice(parseChoice(stored), models), [stored, models]);
  const choose = useCallback(
    (choice: ModelChoice) => {
      store(JSON.stringify(choice));
      if (conversationId === null) return;
      client.choosing(conversationId, choice);
      chooseModel(conversationId, choice)
        .then(() => client.chosen(conversationId, choice, true))
        .catch((error: unknown) => {
          client.chosen(conversationId, choice, false);
          toast.error(`The model was not changed. ${error instanceof Error ? error.message : ""}`);
        });
    },
    [client, conversationId, store],
  );
  if (conversationId === null) return { choice: starting, toSay: starting, choose };
  return { choice: choosing ?? known ?? {}, toSay: choosing ?? {}, choose };
}
