"use client";

import { useTranslations } from "next-intl";
import { useEffect } from "react";
import { useChatState } from "@/features/chat/chat-context";
import { ProviderNotice } from "@/features/chat/components/provider-notice";
import { useLiveLimits } from "@/features/chat/limits/use-limits";
import { useFreshModels } from "@/features/chat/models/use-models";
import { Sidebar } from "@/features/conversations/sidebar";
import { TitleMenu } from "@/features/conversations/title-menu";
import { useLiveConversations } from "@/features/conversations/use-live-conversations";
import { useSummary } from "@/features/conversations/use-summary";
import { OfflineNotice } from "@/features/offline/offline-notice";
import { ShareOffer } from "@/features/shares/share-offer";
import type { Kept } from "@/lib/protocol/kept";
import { ExportItems, useExportCommands } from "@/features/transfer/export-items";
import { shownPage, useFromAddress, useShownConversation } from "@/lib/navigation";
import { useShortcuts } from "@/lib/shortcuts";
import { AppShell } from "./app-shell";
import { LoadingPage } from "./loading-page";
import { OverlaysShown, useOverlays } from "./overlays";
import { ShownView } from "./shown-view";
import { useAppCommands } from "./use-app-commands";
import { useModelCommands } from "./use-model-commands";

const notKept: Kept = {};

/** Nothing is shown before the address is known: the exported page is the same for every conversation. */
export function ChatPage() {
  const conversationId = useShownConversation();
  return conversationId === undefined ? <LoadingPage /> : <ShownPage conversationId={conversationId} />;
}

function ShownPage({ conversationId }: { conversationId: number | null }) {
  useLiveConversations();
  useFreshModels();
  useLiveLimits();
  useShortcuts();
  useAppCommands(conversationId);
  useModelCommands(conversationId);
  useExportCommands(conversationId);
  const t = useTranslations("shell");
  const overlays = useOverlays();
  const page = useFromAddress(shownPage) ?? "chat";
  const summary = useSummary(conversationId);
  // What is shown need not be in the part of the list that is loaded.
  const opened = useChatState(({ conversations }) =>
    conversationId === null ? undefined : conversations[conversationId]?.title,
  );
  const openedKept = useChatState(({ conversations }) =>
    conversationId === null ? undefined : conversations[conversationId]?.kept,
  );
  const conversationTitle = summary?.title ?? (opened || undefined);
  const kept = summary ?? openedKept ?? notKept;
  const title = page === "chat" ? conversationTitle : t(page);
  const growing = page === "chat" && summary?.growing === true;

  useEffect(() => {
    const mark = growing ? "● " : "";
    document.title = title ? `${mark}${title} · TahoChat` : "TahoChat";
  }, [title, growing]);

  const search = () => overlays.show("palette");
  return (
    <AppShell
      title={
        page === "chat" && conversationId !== null && conversationTitle ? (
          <TitleMenu key={conversationId} id={conversationId} title={conversationTitle} kept={kept}>
            <ExportItems id={conversationId} />
          </TitleMenu>
        ) : (
          <p className="min-w-0 flex-1 truncate px-2 text-sm font-medium" data-testid="chat-title">
            {title ?? (conversationId === null ? t("newChat") : "")}
          </p>
        )
      }
      shownKey={page === "chat" ? String(conversationId ?? "new") : page}
      skipTo={page === "chat" ? { id: "composer", words: t("skipToField") } : { id: page, words: t("skip") }}
      sidebar={(close) => <Sidebar activeId={conversationId} page={page} onSearch={search} onClose={close} />}
      notice={
        <>
          <ProviderNotice />
          <OfflineNotice conversationId={conversationId} />
        </>
      }
      onSearch={search}
    >
      <ShownView page={page} conversationId={conversationId} onShortcuts={() => overlays.show("shortcuts")} />
      <OverlaysShown {...overlays} />
      {page === "chat" && conversationId !== null && conversationTitle && (
        <ShareOffer key={conversationId} id={conversationId} title={conversationTitle} />
      )}
    </AppShell>
  );
}
