"use client";

import dynamic from "next/dynamic";
import { CloudOff } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Skeleton } from "@/components/ui/skeleton";
import { StateMessage } from "@/components/ui/state-message";
import { ChatView } from "@/features/chat/components/chat-view";
import { errorWords } from "@/features/chat/error-words";
import type { ShownPage } from "@/lib/navigation";

/** Scripts of their own, which the chat does not wait for. */
const FiguresView = dynamic(
  () => import("@/features/figures/figures-view").then(({ FiguresView }) => FiguresView, missing),
  { loading: PageLoading },
);
const SettingsPage = dynamic(
  () => import("./settings-page").then(({ SettingsPage }) => SettingsPage, missing),
  {
    loading: PageLoading,
  },
);
const AboutView = dynamic(
  () => import("@/features/about/about-view").then(({ AboutView }) => AboutView, missing),
  { loading: PageLoading },
);

const TrashView = dynamic(
  () => import("@/features/conversations/trash-view").then(({ TrashView }) => TrashView, missing),
  { loading: PageLoading },
);

function missing() {
  return PageMissing;
}

function PageLoading() {
  const t = useTranslations("common");
  return (
    <div role="status" className="mx-auto flex w-full max-w-2xl flex-col gap-4 px-4 pt-4">
      <span className="sr-only">{t("loading")}</span>
      <Skeleton className="h-8 w-40" />
      <Skeleton className="h-60 rounded-2xl opacity-50" />
    </div>
  );
}

/** Its script could not be fetched. */
function PageMissing() {
  const t = useTranslations("shell");
  const again = useTranslations("common")("tryAgain");
  return (
    <StateMessage
      role="alert"
      icon={CloudOff}
      title={t("pageMissing")}
      actions={
        <Button variant="primary" onClick={() => window.location.reload()}>
          {again}
        </Button>
      }
    >
      {t("pageMissingHint")}
    </StateMessage>
  );
}

export interface ShownViewProps {
  page: ShownPage;
  conversationId: number | null;
  onShortcuts: () => void;
}

const failureWords = (code: string) => errorWords(code, code).title;

export function ShownView({ page, conversationId, onShortcuts }: ShownViewProps) {
  switch (page) {
    case "figures":
      return <FiguresView failureWords={failureWords} />;
    case "settings":
      return <SettingsPage onShortcuts={onShortcuts} />;
    case "deleted":
      return <TrashView />;
    case "about":
      return <AboutView />;
    case "chat":
      return <ChatView conversationId={conversationId} />;
  }
}
