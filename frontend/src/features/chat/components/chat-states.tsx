"use client";

import { CloudOff, SearchX } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { Skeleton } from "@/components/ui/skeleton";
import { conversationHref, followInPage } from "@/lib/navigation";

function Centered({ icon, title, children }: { icon: ReactNode; title: string; children: ReactNode }) {
  return (
    <div className="flex flex-1 flex-col items-center justify-center gap-3 py-10 text-center">
      <span className="text-soft">{icon}</span>
      <h1 className="text-lg font-semibold text-balance">{title}</h1>
      {children}
    </div>
  );
}

export function ChatSkeleton() {
  const t = useTranslations("turns.states");
  return (
    <div role="status" className="flex flex-col gap-8 pt-4">
      <span className="sr-only">{t("loading")}</span>
      <Skeleton className="h-11 w-3/5 self-end rounded-2xl" />
      <div className="flex flex-col gap-3">
        {["w-full", "w-11/12", "w-4/5", "w-full", "w-3/5"].map((width, index) => (
          <Skeleton key={index} className={`h-4 ${width}`} />
        ))}
      </div>
    </div>
  );
}

export function MissingConversation() {
  const t = useTranslations("turns.states");
  return (
    <Centered icon={<SearchX className="size-8" aria-hidden />} title={t("missing")}>
      <p className="max-w-sm text-sm text-soft">{t("missingHint")}</p>
      <a
        href={conversationHref(null)}
        onClick={followInPage}
        className="mt-2 inline-flex h-9 items-center rounded-lg bg-accent px-4 text-sm font-medium text-on-accent hover:bg-accent-strong"
      >
        {t("newChat")}
      </a>
    </Centered>
  );
}

export function LoadFailed({ onRetry }: { onRetry: () => void }) {
  const t = useTranslations("turns.states");
  const common = useTranslations("common");
  return (
    <Centered icon={<CloudOff className="size-8" aria-hidden />} title={t("failed")}>
      <p className="max-w-sm text-sm text-soft">{t("failedHint")}</p>
      <Button variant="primary" className="mt-2" onClick={onRetry}>
        {common("tryAgain")}
      </Button>
    </Centered>
  );
}
