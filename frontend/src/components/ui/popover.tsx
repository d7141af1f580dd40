"use client";

import type { ReactElement, ReactNode } from "react";
import { Opener } from "./opener";
import { popups } from "./popups";

export interface PopoverProps {
  /** The button that opens it. */
  trigger: ReactElement;
  title: string;
  side?: "top" | "bottom";
  align?: "start" | "center" | "end";
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  className?: string;
  testId?: string;
  children: ReactNode;
}

/** Beside the button that opens it; the page stays usable. What is read begins at its title. */
export function Popover({ trigger, ...props }: PopoverProps) {
  return (
    <Opener
      trigger={trigger}
      opens="dialog"
      part={popups}
      wanted={props.open}
      onMissing={() => props.onOpenChange?.(false)}
    >
      {({ PopoverPopup }, adopted) => <PopoverPopup trigger={adopted} {...props} />}
    </Opener>
  );
}
