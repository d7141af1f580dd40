"use client";

import { Menu } from "@base-ui/react/menu";
import { Brain, Check, ChevronRight } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReasoningEffort } from "@/lib/protocol/rest";
import { cn } from "@/lib/cn";
import { menuItem } from "./model-items";

export interface EffortMenuProps {
  efforts: ReasoningEffort[];
  value: ReasoningEffort | undefined;
  onPick: (effort: ReasoningEffort | undefined) => void;
}

/** How hard the model is to think, where it can be told. */
export function EffortMenu({ efforts, value, onPick }: EffortMenuProps) {
  const t = useTranslations("models");
  return (
    <Menu.SubmenuRoot>
      <Menu.Separator className="mx-1 my-1 h-px bg-line" />
      <Menu.SubmenuTrigger data-testid="effort-menu" className={cn(menuItem, "data-popup-open:bg-hover")}>
        <Brain className="size-4 shrink-0 text-soft" aria-hidden />
        <span className="flex-1">{t("effort")}</span>
        <span className="text-soft">{t(`efforts.${value ?? "auto"}`)}</span>
        <ChevronRight className="size-4 shrink-0 text-soft rtl:-scale-x-100" aria-hidden />
      </Menu.SubmenuTrigger>
      <Menu.Portal>
        <Menu.Positioner sideOffset={2} collisionPadding={8} className="z-50">
          <Menu.Popup
            aria-label={t("effort")}
            className="min-w-36 popup rounded-xl border border-line bg-page p-1 shadow-lg outline-none"
          >
            <Menu.RadioGroup
              value={value ?? ""}
              onValueChange={(picked: ReasoningEffort | "") => onPick(picked === "" ? undefined : picked)}
            >
              {["" as const, ...efforts].map((effort) => (
                <Menu.RadioItem
                  key={effort}
                  value={effort}
                  closeOnClick
                  data-testid="effort-option"
                  className={menuItem}
                >
                  <span className="flex size-4 shrink-0 items-center justify-center text-accent">
                    <Menu.RadioItemIndicator>
                      <Check className="size-4" aria-hidden />
                    </Menu.RadioItemIndicator>
                  </span>
                  {t(`efforts.${effort === "" ? "auto" : effort}`)}
                </Menu.RadioItem>
              ))}
            </Menu.RadioGroup>
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.SubmenuRoot>
  );
}
