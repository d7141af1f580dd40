"use client";

import { EyeOff } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import type { Models } from "@/lib/protocol/rest";
import { seeingModels, seesNot } from "./seeing";

export interface SeeingHintProps {
  models: Models | undefined;
  /** Who would answer; undefined is the server's default. */
  model: string | undefined;
  onChoose: (model: string) => void;
}

/** There are pictures, and who would answer cannot see them: says who can. */
export function SeeingHint({ models, model, onChoose }: SeeingHintProps) {
  const t = useTranslations("attachments");
  if (!models || !seesNot(models, model)) return null;
  const [other] = seeingModels(models);
  return (
    <div
      role="status"
      data-testid="seeing-hint"
      className="mb-2 flex flex-wrap items-center gap-x-3 gap-y-2 rounded-xl bg-warn-wash px-3 py-2 text-sm"
    >
      <EyeOff className="size-4 shrink-0 text-warn" aria-hidden />
      <p className="min-w-0 flex-1 basis-40">{other ? t("seesNot") : t("noneSees")}</p>
      {other && <Button onClick={() => onChoose(other.id)}>{t("ask", { name: other.name })}</Button>}
    </div>
  );
}
