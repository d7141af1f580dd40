"use client";

import { Dialog } from "@base-ui/react/dialog";
import { Popover } from "@base-ui/react/popover";
import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import { useRef, type ReactElement } from "react";
import { Directed } from "@/components/ui/directed";
import { IconButton } from "@/components/ui/icon-button";
import { cn } from "@/lib/cn";
import type { Message } from "@/lib/protocol/rest";
import { ReceiptBody } from "./receipt-body";

const surface = "flex flex-col border-line bg-page text-sm text-ink shadow-lg outline-none";
const title = "font-semibold outline-none";

export interface ReceiptPopupProps {
  trigger: ReactElement;
  message: Message;
  /** From below rather than beside the line. */
  narrow: boolean;
}

export function ReceiptPopup({ narrow, ...props }: ReceiptPopupProps) {
  return <Directed>{narrow ? <Sheet {...props} /> : <Beside {...props} />}</Directed>;
}

type OpenProps = Omit<ReceiptPopupProps, "narrow">;

/** What is read begins at its title; the first button there would take the focus, and the first Escape close its tooltip. */
function Beside({ trigger, message }: OpenProps) {
  const t = useTranslations("receipt");
  const heading = useRef<HTMLHeadingElement>(null);
  return (
    <Popover.Root>
      <Popover.Trigger render={trigger} />
      <Popover.Portal>
        <Popover.Positioner
          side="top"
          align="start"
          sideOffset={6}
          collisionPadding={12}
          collisionAvoidance={{ side: "shift", align: "shift", fallbackAxisSide: "none" }}
          className="z-40"
        >
          <Popover.Popup
            data-testid="receipt"
            initialFocus={heading}
            className={cn(
              "max-h-(--available-height) w-112 popup gap-3 overflow-y-auto rounded-xl border p-4",
              surface,
            )}
          >
            <Popover.Title ref={heading} tabIndex={-1} className={title}>
              {t("title")}
            </Popover.Title>
            <ReceiptBody message={message} />
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}

function Sheet({ trigger, message }: OpenProps) {
  const common = useTranslations("common");
  const t = useTranslations("receipt");
  const heading = useRef<HTMLHeadingElement>(null);
  return (
    <Dialog.Root>
      <Dialog.Trigger render={trigger} />
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-40 bg-[#0007] backdrop" />
        <Dialog.Popup
          data-testid="receipt"
          initialFocus={heading}
          className={cn("fixed inset-x-0 bottom-0 z-50 max-h-[90dvh] sheet rounded-t-2xl border-t", surface)}
        >
          <div className="flex items-center justify-between px-4 pt-3">
            <Dialog.Title ref={heading} tabIndex={-1} className={title}>
              {t("title")}
            </Dialog.Title>
            <Dialog.Close
              render={
                <IconButton label={common("close")}>
                  <X className="size-4" aria-hidden />
                </IconButton>
              }
            />
          </div>
          <div className="overflow-y-auto px-4 pt-1 pb-[max(1rem,env(safe-area-inset-bottom))]">
            <ReceiptBody message={message} />
          </div>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
