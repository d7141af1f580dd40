"use client";

import { ChevronDown } from "lucide-react";
import { useTranslations } from "next-intl";
import { useMemo, useState } from "react";
import { cn } from "@/lib/cn";
import { useCommands } from "@/lib/commands";
import { findModel, shortName, withFittingEffort, type ModelChoice } from "./choice";
import { ModelMenu } from "./model-menu";
import { useModels } from "./use-models";

export interface ModelPickerProps {
  choice: ModelChoice;
  onChoose: (choice: ModelChoice) => void;
}

/** Who answers from now on, and how hard it thinks. */
export function ModelPicker({ choice, onChoose }: ModelPickerProps) {
  const models = useModels();
  const t = useTranslations("composer");
  const m = useTranslations("models");
  const [open, setOpen] = useState(false);
  const words = { title: t("chooseModel"), group: t("group") };
  useCommands(
    useMemo(
      () => [{ id: "choose-model", title: words.title, group: words.group, run: () => setOpen(true) }],
      [words.title, words.group],
    ),
  );
  if (!models || models.models.length === 0) return null;
  const id = choice.model ?? models.default_model;
  const model = findModel(models, id);
  const effort =
    model && choice.effort && model.reasoning_efforts.includes(choice.effort) ? choice.effort : undefined;
  const name = model?.name ?? shortName(id);
  const isGone = model === undefined;
  const says = [
    m("called", { name }),
    isGone && m("notOffered"),
    effort && m("calledEffort", { effort: m(`efforts.${effort}`) }),
  ];
  return (
    <ModelMenu
      label={m("label")}
      open={open}
      onOpenChange={setOpen}
      models={models.models}
      value={id}
      onPick={(picked) => onChoose(withFittingEffort({ ...choice, model: picked }, models))}
      note={
        isGone && (
          <p className="border-b border-line bg-warn-wash px-3 py-2 text-xs text-warn">
            {m("gone", { name })}
          </p>
        )
      }
      trigger={
        <button
          type="button"
          data-testid="model-picker"
          aria-label={says.filter(Boolean).join(", ")}
          className={cn(
            "flex h-7 max-w-56 min-w-0 items-center gap-1 rounded-md px-2 text-xs transition-colors hover:bg-hover hover:text-ink data-popup-open:bg-hover data-popup-open:text-ink",
            isGone ? "text-warn" : "text-soft",
          )}
        >
          <span className="truncate">{name}</span>
          {effort && <span className="shrink-0">· {m(`efforts.${effort}`)}</span>}
          <ChevronDown className="size-3.5 shrink-0" aria-hidden />
        </button>
      }
      effort={
        model && model.reasoning_efforts.length > 0
          ? {
              efforts: model.reasoning_efforts,
              value: effort,
              onPick: (picked) => onChoose({ ...choice, effort: picked }),
            }
          : undefined
      }
    />
  );
}
