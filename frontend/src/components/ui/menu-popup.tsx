"use client";

import { Menu as Base } from "@base-ui/react/menu";
import { Check } from "lucide-react";
import { ShortcutKeys } from "@/components/shortcut-keys";
import { cn } from "@/lib/cn";
import { Directed } from "./directed";
import type { MenuChoiceProps, MenuItemProps, MenuProps } from "./menu";
import { surface } from "./surface";

const item =
  "flex min-h-8 cursor-default items-center gap-2.5 rounded-md px-2.5 py-1.5 text-sm outline-none select-none data-disabled:opacity-50 data-highlighted:bg-hover";

export function MenuPopup({ trigger, label, side = "bottom", align = "start", testId, children }: MenuProps) {
  return (
    <Directed>
      <Base.Root>
        <Base.Trigger render={trigger} />
        <Base.Portal>
          <Base.Positioner side={side} align={align} sideOffset={4} collisionPadding={8} className="z-50">
            <Base.Popup
              aria-label={label}
              data-testid={testId}
              className={cn(
                "max-h-(--available-height) min-w-40 popup overflow-y-auto rounded-xl p-1",
                surface,
              )}
            >
              {children}
            </Base.Popup>
          </Base.Positioner>
        </Base.Portal>
      </Base.Root>
    </Directed>
  );
}

export function MenuItem({
  icon: Icon,
  danger = false,
  disabled,
  commandId,
  onClick,
  children,
}: MenuItemProps) {
  return (
    <Base.Item className={cn(item, danger && "text-danger")} disabled={disabled} onClick={onClick}>
      {Icon && <Icon className={cn("size-4 shrink-0", !danger && "text-soft")} aria-hidden />}
      {children}
      {commandId && <ShortcutKeys id={commandId} />}
    </Base.Item>
  );
}

/** One of several. */
export function MenuChoice<T extends string>({ label, value, choices, onChange }: MenuChoiceProps<T>) {
  return (
    <Base.RadioGroup aria-label={label} value={value} onValueChange={(next) => onChange(next as T)}>
      {choices.map((choice) => (
        <Base.RadioItem key={choice.value} value={choice.value} className={item}>
          <Base.RadioItemIndicator keepMounted className="text-accent data-unchecked:invisible">
            <Check className="size-4" aria-hidden />
          </Base.RadioItemIndicator>
          {choice.label}
        </Base.RadioItem>
      ))}
    </Base.RadioGroup>
  );
}

export function MenuSeparator() {
  return <Base.Separator className="mx-2 my-1 h-px bg-line" />;
}
