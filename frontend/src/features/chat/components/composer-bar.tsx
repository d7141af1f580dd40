"use client";

import { ToolsMenu } from "@/features/tools/tools-menu";
import { LimitMeter } from "../limits/limit-meter";
import { LimitWarning } from "../limits/limit-warning";
import { neededTokens, warningOf } from "../limits/limits";
import { useLimits } from "../limits/use-limits";
import { findModel, shortName, type ModelChoice } from "../models/choice";
import { ModelPicker } from "../models/model-picker";
import type { Choose } from "../models/use-choice";
import { useModels } from "../models/use-models";
import { SettingsButton } from "../parameters/settings-button";
import { reservedTokens } from "../parameters/settings";
import type { ChatMessage } from "../state/types";

export interface ComposerBarProps {
  choice: ModelChoice;
  onChoose: Choose;
  path: readonly ChatMessage[];
  draft: string;
}

/** Below the composer: who answers, and what the account has left for it. */
export function ComposerBar({ choice, onChoose, path, draft }: ComposerBarProps) {
  const models = useModels();
  const id = choice.model ?? models?.default_model;
  // The one that takes the place of a model that is gone has limits of its own.
  const answers = models && id !== undefined && !findModel(models, id) ? models.default_model : id;
  const known = useLimits(answers);
  const name = answers === undefined ? "" : (findModel(models, answers)?.name ?? shortName(answers));
  const needed =
    known && draft.trim() !== ""
      ? neededTokens(path, draft, reservedTokens(choice, path.length === 0, known.limits.reserved_tokens))
      : null;
  const warning = known ? warningOf(known.limits, needed, known.afterMs) : null;
  return (
    <div className="flex max-w-full flex-wrap items-center gap-0.5">
      <ModelPicker choice={choice} onChoose={onChoose} />
      <SettingsButton choice={choice} onChoose={onChoose} />
      <ToolsMenu />
      {known && <LimitMeter {...known} name={name} />}
      {warning && <LimitWarning warning={warning} />}
    </div>
  );
}
