"use client";

import { Dialog as Base } from "@base-ui/react/dialog";
import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import { useRef } from "react";
import { cn } from "@/lib/cn";
import { Directed } from "./directed";
import type { DialogProps } from "./dialog";
import { IconButton } from "./icon-button";
import { backdrop, surface } from "./surface";

const widths = { sm: "w-[26rem]", md: "w-[36rem]", lg: "w-[48rem]" } as const;

export function DialogPopup({
  open,
  onClose,
  title,
  description,
  width = "md",
  footer,
  ...props
}: DialogProps) {
  const t = useTranslations("common");
  const heading = useRef<HTMLHeadingElement>(null);
  return (
    <Directed>
      <Base.Root open={open} onOpenChange={(next) => !next && onClose()}>
        <Base.Portal>
          <Base.Backdrop className={backdrop} />
          <Base.Popup
            data-testid={props.testId}
            initialFocus={props.initialFocus ?? heading}
            finalFocus={props.finalFocus}
            className={cn(
              "fixed z-50 flex flex-col max-sm:inset-x-0 max-sm:bottom-0 max-sm:max-h-[92dvh] max-sm:sheet max-sm:rounded-t-2xl",
              "sm:inset-0 sm:m-auto sm:h-fit sm:max-h-[calc(100dvh-3rem)] sm:max-w-[calc(100vw-3rem)] sm:popup sm:rounded-2xl",
              widths[width],
              "max-sm:w-full",
              surface,
            )}
          >
            <header className="flex items-start gap-2 ps-5 pe-3 pt-3">
              <div className="min-w-0 flex-1 pt-1.5">
                <Base.Title ref={heading} tabIndex={-1} className="text-base font-semibold outline-none">
                  {title}
                </Base.Title>
                {description && (
                  <Base.Description className="mt-1 text-sm text-soft">{description}</Base.Description>
                )}
              </div>
              <Base.Close
                render={
                  <IconButton label={t("close")}>
                    <X className="size-4.5" aria-hidden />
                  </IconButton>
                }
              />
            </header>
            <div className="min-h-0 overflow-y-auto px-5 pt-3 pb-5">{props.children}</div>
            {footer && (
              <footer className="flex flex-wrap justify-end gap-2 border-t border-line px-5 py-3">
                {footer}
              </footer>
            )}
          </Base.Popup>
        </Base.Portal>
      </Base.Root>
    </Directed>
  );
}
