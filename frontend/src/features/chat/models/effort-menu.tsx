"use client";

import { Menu } from "@base-ui/react/menu";
import { Brain, Check, ChevronRight } from "lucide-react";
import type { ReasoningEffort } from "@/lib/protocol/rest";
import { cn } from "@/lib/cn";
import { effortNames } from "./choice";
import { menuItem } from "./model-items";

export interface EffortMenuProps {
  efforts: ReasoningEffort[];
  value: ReasoningEffort | undefined;
  onPick: (effort: ReasoningEffort | undefined) => void;
}

const own = "Automatic";

/** How hard the model is to think, where it can be told. */
export function EffortMenu({ efforts, value, onPick }: EffortMenuProps) {
  return (
    <Menu.SubmenuRoot>
      <Menu.Separator className="mx-1 my-1 h-px bg-line" />
      <Menu.SubmenuTrigger data-testid="effort-menu" className={cn(menuItem, "data-popup-open:bg-hover")}>
        <Brain className="size-4 shrink-0 text-soft" aria-hidden />
        <span className="flex-1">Reasoning effort</span>
        <span className="text-soft">{value ? effortNames[value] : own}</span>
        <ChevronRight className="size-4 shrink-0 text-soft rtl:rotate-180" aria-hidden />
      </Menu.SubmenuTrigger>
      <Menu.Portal>
        <Menu.Positioner sideOffset={2} collisionPadding={8} className="z-50">
          <Menu.Popup
            aria-label="Reasoning effort"
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
                  {effort === "" ? own : effortNames[effort]}
                </Menu.RadioItem>
              ))}
            </Menu.RadioGroup>
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.SubmenuRoot>
  );
}
