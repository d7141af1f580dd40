"use client";

import type { LucideIcon } from "lucide-react";
import type { ReactElement, ReactNode } from "react";
import { Opener } from "./opener";
import { popups } from "./popups";

export interface MenuProps {
  /** The button that opens it. */
  trigger: ReactElement;
  label?: string;
  side?: "top" | "bottom";
  align?: "start" | "end";
  testId?: string;
  children: ReactNode;
}

export function Menu({ trigger, ...props }: MenuProps) {
  return (
    <Opener trigger={trigger} opens="menu" part={popups}>
      {({ MenuPopup }, adopted) => <MenuPopup trigger={adopted} {...props} />}
    </Opener>
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

// What is in a menu is drawn by the part that draws the menu: it is there by then.

export function MenuItem(props: MenuItemProps) {
  const Part = popups.get()?.MenuItem;
  return Part && <Part {...props} />;
}

export interface MenuChoiceProps<T extends string> {
  label: string;
  value: T;
  choices: readonly { value: T; label: string }[];
  onChange: (value: T) => void;
}

/** One of several. */
export function MenuChoice<T extends string>(props: MenuChoiceProps<T>) {
  const Part = popups.get()?.MenuChoice;
  return Part && <Part {...props} />;
}

export function MenuSeparator() {
  const Part = popups.get()?.MenuSeparator;
  return Part && <Part />;
}
