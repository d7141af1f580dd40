"use client";

import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { withFittingEffort } from "@/features/chat/models/choice";
import { useChoice } from "@/features/chat/models/use-choice";
import { useModels } from "@/features/chat/models/use-models";
import { useCommands } from "@/lib/commands";

/** The models to change to, in the conversation that is shown or the new one. */
export function useModelCommands(conversationId: number | null): void {
  const t = useTranslations("shell");
  const models = useModels();
  const { choice, choose } = useChoice(conversationId);
  const current = choice.model ?? models?.default_model;
  useCommands(
    useMemo(
      () =>
        (models?.models ?? [])
          .filter(({ id }) => id !== current)
          .map(({ id, name }) => ({
            id: `model:${id}`,
            title: t("changeTo", { model: name }),
            keywords: `${id} ${t("modelKeywords")}`,
            group: t("models"),
            run: () => choose(withFittingEffort({ ...choice, model: id }, models)),
          })),
      [models, current, choice, choose, t],
    ),
  );
}
