"use client";

import { ChevronDown } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ChatMessage } from "../state/types";
import { useTurnCommands } from "../use-turn-commands";
import { ModelMenu } from "./model-menu";
import { useModels } from "./use-models";

/** Another reply by a model of the person's choice, this time alone. */
export function RegenerateMenu({ message, disabled }: { message: ChatMessage; disabled: boolean }) {
  const models = useModels();
  const commands = useTurnCommands();
  const t = useTranslations("models");
  if (!models || models.models.length < 2) return null;
  const label = t("another");
  return (
    <ModelMenu
      label={label}
      models={models.models}
      value={message.model}
      onPick={(model) => commands.regenerate(message.conversation_id, message.id, { model })}
      trigger={
        <button
          type="button"
          data-testid="regenerate-with"
          aria-label={label}
          title={label}
          disabled={disabled}
          className="-ms-1 inline-flex h-8 w-5 shrink-0 items-center justify-center rounded-lg text-soft transition-colors first:ms-0 hover:bg-hover hover:text-ink disabled:pointer-events-none disabled:opacity-40 data-popup-open:bg-hover"
        >
          <ChevronDown className="size-3.5" aria-hidden />
        </button>
      }
    />
  );
}
