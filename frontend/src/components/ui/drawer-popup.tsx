"use client";

import { Dialog as Base } from "@base-ui/react/dialog";
import { cn } from "@/lib/cn";
import { Directed } from "./directed";
import type { DrawerProps } from "./drawer";
import { backdrop } from "./surface";

export function DrawerPopup({ open, onClose, title, children }: DrawerProps) {
  return (
    <Directed>
      <Base.Root open={open} onOpenChange={(next) => !next && onClose()}>
        <Base.Portal>
          <Base.Backdrop className={cn(backdrop, "z-30 md:hidden")} />
          <Base.Popup className="fixed inset-y-0 start-0 z-40 w-[min(19rem,85vw)] drawer border-e border-line shadow-xl outline-none md:hidden">
            <Base.Title tabIndex={-1} className="sr-only">
              {title}
            </Base.Title>
            {children}
          </Base.Popup>
        </Base.Portal>
      </Base.Root>
    </Directed>
  );
}
