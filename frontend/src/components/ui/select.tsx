"use client";

import { Select as Base } from "@base-ui/react/select";
import { Check, ChevronsUpDown } from "lucide-react";
import { cn } from "@/lib/cn";
import { Directed } from "./directed";
import { surface } from "./surface";

export interface SelectProps<T extends string> {
  label: string;
  /** Says the label beside it rather than to screen readers alone. */
  labelShown?: boolean;
  value: T;
  choices: readonly { value: T; label: string; lang?: string }[];
  onChange: (value: T) => void;
  className?: string;
}

/** One of several, of which one is shown. */
export function Select<T extends string>(props: SelectProps<T>) {
  const { label, labelShown = false, value, choices, onChange, className } = props;
  return (
    <Directed>
      <Base.Root items={choices} value={value} onValueChange={(next) => next !== null && onChange(next)}>
        <div className={cn("flex items-center justify-between gap-4", className)}>
          <Base.Label className={cn("text-sm", !labelShown && "sr-only")}>{label}</Base.Label>
          <Base.Trigger
            className={cn(
              "flex h-9 items-center justify-between gap-2 rounded-lg border border-line bg-page px-3 text-sm transition-colors hover:bg-hover",
              labelShown ? "min-w-36" : "min-w-0 flex-1 sm:min-w-36",
            )}
          >
            <Base.Value className="truncate" />
            <Base.Icon className="shrink-0">
              <ChevronsUpDown className="size-3.5 text-soft" aria-hidden />
            </Base.Icon>
          </Base.Trigger>
        </div>
        <Base.Portal>
          <Base.Positioner sideOffset={4} collisionPadding={8} alignItemWithTrigger={false} className="z-50">
            <Base.Popup
              className={cn(
                "max-h-(--available-height) min-w-(--anchor-width) popup overflow-y-auto rounded-xl p-1",
                surface,
              )}
            >
              <Base.List>
                {choices.map((choice) => (
                  <Base.Item
                    key={choice.value}
                    value={choice.value}
                    lang={choice.lang}
                    className="flex min-h-8 cursor-default items-center gap-2.5 rounded-md px-2.5 py-1.5 text-sm outline-none select-none data-highlighted:bg-hover"
                  >
                    <Base.ItemIndicator keepMounted className="invisible text-accent data-selected:visible">
                      <Check className="size-4" aria-hidden />
                    </Base.ItemIndicator>
                    <Base.ItemText>{choice.label}</Base.ItemText>
                  </Base.Item>
                ))}
              </Base.List>
            </Base.Popup>
          </Base.Positioner>
        </Base.Portal>
      </Base.Root>
    </Directed>
  );
}
