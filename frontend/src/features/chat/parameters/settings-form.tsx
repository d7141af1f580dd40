"use client";

import { useFormatter, useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Select } from "@/components/ui/select";
import { offerUndo } from "@/components/ui/undo-toast";
import type { ReasoningEffort } from "@/lib/protocol/rest";
import { findModel, type ModelChoice } from "../models/choice";
import { useModels } from "../models/use-models";
import type { Choose } from "../models/use-choice";
import { Parameter } from "./parameter";
import {
  countSet,
  highestTemperature,
  lengthsFor,
  nearestLength,
  settingsOf,
  usualMaxTokens,
  usualTemperature,
  withoutSettings,
} from "./settings";
import { SystemPrompt } from "./system-prompt";

export interface SettingsFormProps {
  choice: ModelChoice;
  onChoose: Choose;
  onSaveAs: (text: string) => void;
  onManage: () => void;
}

/** What a conversation is set to: all of it is as it comes until somebody changes it. */
export function SettingsForm({ choice, onChoose, onSaveAs, onManage }: SettingsFormProps) {
  const t = useTranslations("prompts");
  const common = useTranslations("common");
  const m = useTranslations("models");
  const format = useFormatter();
  const models = useModels();
  const model = findModel(models, choice.model ?? models?.default_model);
  const lengths = lengthsFor(model?.max_completion_tokens);
  const efforts = model?.reasoning_efforts ?? [];
  const effort = choice.effort && efforts.includes(choice.effort) ? choice.effort : "auto";

  const setPrompt = (text: string) => {
    const systemPrompt = text.trim() === "" ? undefined : text;
    const before = choice.systemPrompt;
    if (systemPrompt === before) return;
    onChoose((current) => ({ ...current, systemPrompt }));
    if (systemPrompt !== undefined || before === undefined) return;
    offerUndo({
      words: t("systemPromptCleared"),
      undoWords: common("undo"),
      undo: () => onChoose((current) => ({ ...current, systemPrompt: before })),
    });
  };
  const resetAll = () => {
    const before = { ...settingsOf(choice), effort: choice.effort };
    onChoose(withoutSettings);
    offerUndo({
      words: t("allReset"),
      undoWords: common("undo"),
      undo: () => onChoose((current) => ({ ...current, ...before })),
    });
  };

  return (
    <>
      <SystemPrompt
        value={choice.systemPrompt ?? ""}
        onChange={setPrompt}
        onSaveAs={onSaveAs}
        onManage={onManage}
      />
      <Parameter
        label={t("temperature")}
        value={choice.temperature}
        usual={usualTemperature}
        min={0}
        max={highestTemperature}
        step={0.1}
        words={(value) => format.number(value, { minimumFractionDigits: 1, maximumFractionDigits: 1 })}
        onChange={(value) => {
          const temperature = value === undefined ? undefined : Math.round(value * 10) / 10;
          onChoose((current) => ({ ...current, temperature }));
        }}
      />
      <Parameter
        label={t("length")}
        value={choice.maxTokens === undefined ? undefined : nearestLength(lengths, choice.maxTokens)}
        usual={nearestLength(lengths, usualMaxTokens)}
        min={0}
        max={lengths.length - 1}
        step={1}
        words={(index) => t("tokens", { count: lengths[index] ?? 0 })}
        onChange={(index) => {
          const maxTokens = index === undefined ? undefined : lengths[index];
          onChoose((current) => ({ ...current, maxTokens }));
        }}
      />
      {efforts.length > 0 && (
        <Select<ReasoningEffort | "auto">
          label={m("effort")}
          labelShown
          value={effort}
          choices={(["auto", ...efforts] as const).map((value) => ({ value, label: m(`efforts.${value}`) }))}
          onChange={(next) =>
            onChoose((current) => ({ ...current, effort: next === "auto" ? undefined : next }))
          }
        />
      )}
      <Button
        variant="ghost"
        data-testid="reset-settings"
        disabled={countSet(choice) === 0}
        onClick={resetAll}
        className="self-start px-2"
      >
        {t("resetAll")}
      </Button>
    </>
  );
}
