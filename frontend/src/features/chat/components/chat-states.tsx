"use client";

import { CloudOff, SearchX } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { ButtonLink } from "@/components/ui/button-link";
import { Skeleton } from "@/components/ui/skeleton";
import { StateMessage } from "@/components/ui/state-message";
import { conversationHref, followInPage, trashHref } from "@/lib/navigation";

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
  const trash = useTranslations("shell")("deleted");
  return (
    <StateMessage
      icon={SearchX}
      title={t("missing")}
      actions={
        <>
          <a
            href={trashHref}
            onClick={followInPage}
            className="inline-flex h-9 items-center rounded-lg border border-line bg-page px-4 text-sm font-medium hover:bg-hover"
          >
            {trash}
          </a>
          <ButtonLink href={conversationHref(null)} onClick={followInPage}>
            {t("newChat")}
          </ButtonLink>
        </>
      }
    >
      {t("missingHint")}
    </StateMessage>
  );
}

export function LoadFailed({ onRetry }: { onRetry: () => void }) {
  const t = useTranslations("turns.states");
  const common = useTranslations("common");
  return (
    <StateMessage
      icon={CloudOff}
      title={t("failed")}
      actions={
        <Button variant="primary" onClick={onRetry}>
          {common("tryAgain")}
        </Button>
      }
    >
      {t("failedHint")}
    </StateMessage>
  );
}
