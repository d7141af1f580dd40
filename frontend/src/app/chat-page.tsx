"use client";

import { useEffect } from "react";
import { ChatView } from "@/features/chat/components/chat-view";
import { ProviderNotice } from "@/features/chat/components/provider-notice";
import { useLiveLimits } from "@/features/chat/limits/use-limits";
import { useFreshModels } from "@/features/chat/models/use-models";
import { Sidebar } from "@/features/conversations/sidebar";
import { useLiveConversations } from "@/features/conversations/use-conversations";
import { useConversationTitle } from "@/features/conversations/use-title";
import { useShownConversation } from "@/lib/navigation";
import { AppShell } from "./app-shell";
import { LoadingPage } from "./loading-page";

/** Nothing is shown before the address is known: the exported page is the same for every conversation. */
export function ChatPage() {
  const conversationId = useShownConversation();
  return conversationId === undefined ? <LoadingPage /> : <ShownPage conversationId={conversationId} />;
}

function ShownPage({ conversationId }: { conversationId: number | null }) {
  useLiveConversations();
  useFreshModels();
  useLiveLimits();
  const title = useConversationTitle(conversationId);

  useEffect(() => {
    document.title = title ? `${title} · TahoChat` : "TahoChat";
  }, [title]);

  return (
    <AppShell
      title={conversationId === null ? "New chat" : (title ?? "")}
      shownKey={String(conversationId ?? "new")}
      sidebar={(close) => <Sidebar activeId={conversationId} onClose={close} />}
      notice={<ProviderNotice />}
    >
      <ChatView conversationId={conversationId} />
    </AppShell>
  );
}
