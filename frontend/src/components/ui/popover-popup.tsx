"use client";

import { Popover as Base } from "@base-ui/react/popover";
import { useRef } from "react";
import { cn } from "@/lib/cn";
import { Directed } from "./directed";
import type { PopoverProps } from "./popover";
import { surface } from "./surface";

export function PopoverPopup({ trigger, title, side = "top", align = "start", ...props }: PopoverProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  return (
    <Directed>
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
    </Directed>
  );
}
