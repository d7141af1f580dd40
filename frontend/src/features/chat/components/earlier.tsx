"use client";

import { LoaderCircle } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";

/** Says above the messages that earlier ones are on their way, or are not. It takes no room: nothing moves when it goes. */
export function Earlier({ paging, onRetry }: { paging?: "loading" | "failed"; onRetry: () => void }) {
  const t = useTranslations("thread.earlier");
  if (!paging) return null;
  return (
    <div className="pointer-events-none absolute inset-x-0 top-2 z-10 flex justify-center px-4">
      <p
        role="status"
        data-testid="earlier"
        className="rise pointer-events-auto flex min-h-8 items-center gap-2 rounded-full border border-line bg-page px-3 text-xs text-soft shadow-xs"
      >
        {paging === "loading" ? (
          <>
            <LoaderCircle className="size-3.5 animate-spin" aria-hidden />
            {t("loading")}
          </>
        ) : (
          <>
            {t("failed")}
            <Button variant="ghost" className="-me-2 h-7 px-2 text-xs" onClick={onRetry}>
              {t("retry")}
            </Button>
          </>
        )}
      </p>
    </div>
  );
}
