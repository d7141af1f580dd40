"use client";

import { useTranslations } from "next-intl";
import { useCallback, useMemo } from "react";
import { toast } from "@/lib/toast";
import { changeConversation } from "@/lib/api-client";
import { useStoredText } from "@/lib/use-stored-text";
import { useChatClient, useChatState } from "../chat-context";
import { changeBetween, parseSettings, settingsOf } from "../parameters/settings";
import { parseChoice, startingChoice, type ModelChoice } from "./choice";
import { useModels } from "./use-models";

const modelKey = "tahochat.model";
const newChatKey = "tahochat.new-chat-settings";

/** The new choice, or what to make of the one that holds by then. */
export type Choose = (next: ModelChoice | ((current: ModelChoice) => ModelChoice)) => void;

const noChoice: ModelChoice = {};

export interface Chosen {
  /** What the picker shows. */
  choice: ModelChoice;
  /** What a message has to say so that it is answered like that: the server may not know it yet. */
  toSay: ModelChoice;
  choose: Choose;
  /** A message went out: the next new chat is set to nothing. */
  sent: () => void;
}

/**
 * Who answers in a conversation and what it is set to; or in the new chat: that begins with the model that this browser chose
 * last, and keeps its own settings until its first message goes out.
 */
export function useChoice(conversationId: number | null): Chosen {
  const t = useTranslations("models");
  const client = useChatClient();
  const models = useModels();
  const [stored, store] = useStoredText(modelKey);
  const [newChat, storeNewChat] = useStoredText(newChatKey);
  const known = useChatState(({ conversations }) =>
    conversationId === null ? undefined : conversations[conversationId]?.choice,
  );
  const choosing = useChatState(({ conversations }) =>
    conversationId === null ? undefined : conversations[conversationId]?.choosing,
  );
  const starting = useMemo(
    () => ({ ...parseSettings(newChat), ...startingChoice(parseChoice(stored), models) }),
    [stored, newChat, models],
  );
  const current = conversationId === null ? starting : (choosing ?? known ?? noChoice);
  const choose = useCallback<Choose>(
    (next) => {
      // Read now: what is undone later was shown long ago.
      const { choosing, choice: known } =
        (conversationId === null ? undefined : client.store.getState().conversations[conversationId]) ?? {};
      const before = conversationId === null ? current : (choosing ?? known ?? noChoice);
      const choice = typeof next === "function" ? next(before) : next;
      const { model, effort } = choice;
      if (model !== before.model || effort !== before.effort) store(JSON.stringify({ model, effort }));
      if (conversationId === null) {
        storeNewChat(JSON.stringify(settingsOf(choice)));
        return;
      }
      client.choosing(conversationId, choice);
      changeConversation(conversationId, changeBetween(before, choice))
        .then(() => client.chosen(conversationId, choice, true))
        .catch((error: unknown) => {
          client.chosen(conversationId, choice, false);
          toast.error(t("notChanged", { reason: error instanceof Error ? error.message : "" }));
        });
    },
    [client, conversationId, current, store, storeNewChat, t],
  );
  const sent = useCallback(() => {
    if (conversationId === null) storeNewChat("{}");
  }, [conversationId, storeNewChat]);
  return { choice: current, toSay: conversationId === null ? starting : (choosing ?? {}), choose, sent };
}
