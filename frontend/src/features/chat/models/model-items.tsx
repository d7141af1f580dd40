"use client";

import { Menu } from "@base-ui/react/menu";
import { Check } from "lucide-react";
import { useTranslations } from "next-intl";
import type { Feature, Model } from "@/lib/protocol/rest";
import { formatTokens } from "./choice";

export const menuItem =
  "flex cursor-default items-center gap-2 rounded-lg px-2.5 py-2 text-sm outline-none select-none data-highlighted:bg-hover";

const shownFeatures = ["vision", "tools", "reasoning"] as const satisfies readonly Feature[];

/** The models to choose from, each with what it reads and what it can do. */
export function ModelItems({ models }: { models: Model[] }) {
  return models.map((model) => <ModelItem key={model.id} model={model} />);
}

function ModelItem({ model: { id, name, context_window: context, features } }: { model: Model }) {
  const t = useTranslations("models");
  const labels = shownFeatures
    .filter((feature) => features.includes(feature))
    .map((feature) => t(`features.${feature}`));
  return (
    <Menu.RadioItem
      value={id}
      label={name}
      closeOnClick
      data-testid="model-option"
      data-model={id}
      title={id}
      className={menuItem}
    >
      <span className="flex size-4 shrink-0 items-center justify-center text-accent">
        <Menu.RadioItemIndicator>
          <Check className="size-4" aria-hidden />
        </Menu.RadioItemIndicator>
      </span>
      <span className="min-w-0 flex-1">
        <span className="flex items-baseline gap-2">
          <span className="min-w-0 flex-1 truncate font-medium">{name}</span>
          {context !== undefined && (
            <span className="shrink-0 text-xs text-soft tabular-nums">
              <span className="sr-only">{t("context")} </span>
              {formatTokens(context)}
              <span className="sr-only"> {t("tokens")}</span>
            </span>
          )}
        </span>
        {labels.length > 0 && (
          <span className="mt-1 flex flex-wrap gap-1">
            {labels.map((label) => (
              <span key={label} className="rounded bg-sunken px-1.5 py-px text-xs text-soft">
                <span className="sr-only">, </span>
                {label}
              </span>
            ))}
          </span>
        )}
      </span>
    </Menu.RadioItem>
  );
}
