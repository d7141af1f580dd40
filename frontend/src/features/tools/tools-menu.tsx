"use client";

import { Wrench } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Opener } from "@/components/ui/opener";
import { lazyPart } from "@/lib/lazy-part";

const popup = lazyPart(() => import("./tools-popup"));

/** All tools by their server, each with its switches. */
export function ToolsMenu() {
  const t = useTranslations("tools");
  const [open, setOpen] = useState(false);
  return (
    <Opener
      opens="dialog"
      part={popup}
      trigger={
        <button
          type="button"
          data-testid="tools-menu"
          aria-label={t("title")}
          title={t("title")}
          className="inline-flex h-8 shrink-0 items-center gap-1.5 rounded-lg px-2 text-xs text-soft transition-colors hover:bg-hover hover:text-ink"
        >
          <Wrench className="size-3.5" aria-hidden />
          <span className="max-sm:sr-only">{t("title")}</span>
        </button>
      }
    >
      {({ ToolsPopup }, trigger) => <ToolsPopup trigger={trigger} open={open} onOpenChange={setOpen} />}
    </Opener>
  );
}
