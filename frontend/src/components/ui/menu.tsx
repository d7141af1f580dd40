"use client";

import { Menu as Base } from "@base-ui/react/menu";
import { Check, type LucideIcon } from "lucide-react";
import type { ReactElement, ReactNode } from "react";
import { ShortcutKeys } from "@/components/shortcut-keys";
import { cn } from "@/lib/cn";
import { surface } from "./surface";

const item =
  "flex min-h-8 cursor-default items-center gap-2.5 rounded-md px-2.5 py-1.5 text-sm outline-none select-none data-disabled:opacity-50 data-highlighted:bg-hover";

export interface MenuProps {
  /** The button that opens it. */
  trigger: ReactElement;
  label?: string;
  side?: "top" | "bottom";
  align?: "start" | "end";
  testId?: string;
  children: ReactNode;
}

export function Menu({ trigger, label, side = "bottom", align = "start", testId, children }: MenuProps) {
  return (
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
  );
}

export interface MenuItemProps {
  icon?: LucideIcon;
  danger?: boolean;
  disabled?: boolean;
  /** The command's, whose keys are shown. */
  commandId?: string;
  onClick: () => void;
  children: ReactNode;
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

export interface MenuChoiceProps<T extends string> {
  label: string;
  value: T;
  choices: readonly { value: T; label: string }[];
  onChange: (value: T) => void;
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
