"use client";

import { useSearchParams } from "next/navigation";
import { useEffect } from "react";
import { ChatView } from "@/features/chat/components/chat-view";
import { ProviderNotice } from "@/features/chat/components/provider-notice";
import { Sidebar } from "@/features/conversations/sidebar";
import { useLiveConversations } from "@/features/conversations/use-conversations";
import { useConversationTitle } from "@/features/conversations/use-title";
import { parseConversationId } from "@/lib/navigation";
import { AppShell } from "./app-shell";

export function ChatPage() {
  const conversationId = parseConversationId(useSearchParams().get("c"));
  useLiveConversations();
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
