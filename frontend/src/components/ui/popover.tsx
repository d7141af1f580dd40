"use client";

import { Popover as Base } from "@base-ui/react/popover";
import { useRef, type ReactElement, type ReactNode } from "react";
import { cn } from "@/lib/cn";
import { surface } from "./surface";

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
export function Popover({ trigger, title, side = "top", align = "start", ...props }: PopoverProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  return (
    <Base.Root open={props.open} onOpenChange={props.onOpenChange}>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner side={side} align={align} sideOffset={6} collisionPadding={8} className="z-50">
          <Base.Popup
            data-testid={props.testId}
            initialFocus={heading}
            className={cn(
              "flex max-h-(--available-height) w-88 max-w-[calc(100vw-1rem)] popup flex-col gap-3 overflow-y-auto rounded-xl p-4",
              surface,
              props.className,
            )}
          >
            <Base.Title ref={heading} tabIndex={-1} className="text-sm font-semibold outline-none">
              {title}
            </Base.Title>
            {props.children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
