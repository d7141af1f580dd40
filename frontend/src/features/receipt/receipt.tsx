"use client";

import { Dialog } from "@base-ui/react/dialog";
import { Popover } from "@base-ui/react/popover";
import { ReceiptText, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { useRef } from "react";
import { useFormats } from "@/i18n/formats";
import { IconButton } from "@/components/ui/icon-button";
import { cn } from "@/lib/cn";
import type { Message } from "@/lib/protocol/rest";
import { useMedia } from "@/lib/use-media";
import { shortReceipt } from "./format";
import { ReceiptBody } from "./receipt-body";

const trigger =
  "ms-1 inline-flex min-h-8 min-w-0 items-center gap-2 rounded-lg px-2 py-1 text-start text-xs text-soft tabular-nums transition-colors hover:bg-hover hover:text-ink data-popup-open:bg-hover data-popup-open:text-ink";
const surface = "flex flex-col border-line bg-page text-sm text-ink shadow-lg outline-none";
const title = "font-semibold outline-none";

/** A reply's receipt behind a line that says the most of it: beside the line, or on a narrow screen from below. */
export function Receipt({ message }: { message: Message }) {
  const narrow = useMedia("(max-width: 639px)", false);
  return narrow ? <Sheet message={message} /> : <Beside message={message} />;
}

/** What is read begins at its title; the first button there would take the focus, and the first Escape close its tooltip. */
function Beside({ message }: { message: Message }) {
  const t = useTranslations("receipt");
  const heading = useRef<HTMLHeadingElement>(null);
  return (
    <Popover.Root>
      <Popover.Trigger data-testid="reply-meta" className={trigger}>
        <Line message={message} />
      </Popover.Trigger>
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

function Sheet({ message }: { message: Message }) {
  const common = useTranslations("common");
  const t = useTranslations("receipt");
  const heading = useRef<HTMLHeadingElement>(null);
  return (
    <Dialog.Root>
      <Dialog.Trigger data-testid="reply-meta" className={trigger}>
        <Line message={message} />
      </Dialog.Trigger>
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

function Line({ message }: { message: Message }) {
  const t = useTranslations("receipt");
  const parts = shortReceipt(message, t, useFormats());
  return (
    <>
      <ReceiptText className="size-4 shrink-0" aria-hidden />
      <span className="sr-only">{t("titleOf")}</span>
      <span className="flex min-w-0 flex-wrap gap-x-2">
        {parts.length === 0 && <span aria-hidden>{t("title")}</span>}
        {parts.map((part, index) => (
          <span key={part} className="min-w-0 break-words">
            <bdi>{part}</bdi>
            {index < parts.length - 1 && (
              <span className="ms-2" aria-hidden>
                ·
              </span>
            )}
          </span>
        ))}
      </span>
    </>
  );
}
