"use client";

import { FileInput } from "lucide-react";
import { useTranslations } from "next-intl";

/** Says where dragged files go; it lies over the chat and takes no event itself. */
export function DropZone() {
  const t = useTranslations("attachments");
  return (
    <div
      data-testid="drop-zone"
      className="pointer-events-none absolute inset-2 z-30 flex flex-col items-center justify-center gap-3 rounded-2xl border-2 border-dashed border-accent bg-accent-wash/95 px-4 text-center"
    >
      <FileInput className="size-8 text-accent" aria-hidden />
      <p className="font-medium">{t("drop")}</p>
      <p className="text-sm text-soft">{t("dropHint")}</p>
    </div>
  );
}
