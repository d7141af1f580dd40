"use client";

import { CloudOff } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { useShownCopy } from "@/lib/offline/shown-copies";

/** Says that what is shown is a copy, and of when. */
export function OfflineNotice({ conversationId }: { conversationId: number | null }) {
  const t = useTranslations("offline");
  const format = useFormatter();
  const list = useShownCopy("list");
  const conversation = useShownCopy(conversationId ?? "list");
  const at = conversation ?? list;
  if (at === undefined) return null;
  const when = format.dateTime(at, { dateStyle: "medium", timeStyle: "short" });
  return (
    <aside
      data-testid="offline-notice"
      aria-label={t("notice")}
      className="flex items-start gap-2.5 bg-warn-wash px-4 py-2 text-xs text-warn sm:text-sm"
    >
      <CloudOff className="mt-0.5 size-4 shrink-0" aria-hidden />
      <p className="min-w-0 flex-1">
        <span className="font-medium">{t("copyFrom", { when })}</span>{" "}
        {conversation === undefined ? t("listHint") : t("conversationHint")}
      </p>
    </aside>
  );
}
