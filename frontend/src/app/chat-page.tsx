"use client";

import dynamic from "next/dynamic";
import { useEffect } from "react";
import { ChatView } from "@/features/chat/components/chat-view";
import { ProviderNotice } from "@/features/chat/components/provider-notice";
import { errorWords } from "@/features/chat/error-words";
import { useLiveLimits } from "@/features/chat/limits/use-limits";
import { useFreshModels } from "@/features/chat/models/use-models";
import { Sidebar } from "@/features/conversations/sidebar";
import { useLiveConversations } from "@/features/conversations/use-conversations";
import { useConversationTitle } from "@/features/conversations/use-title";
import { showsFigures, useFromAddress, useShownConversation } from "@/lib/navigation";
import { AppShell } from "./app-shell";
import { LoadingPage } from "./loading-page";

/** With its plots a script of its own, which the chat does not wait for. */
const FiguresView = dynamic(
  () => import("@/features/figures/figures-view").then((figures) => figures.FiguresView),
  { loading: () => <p className="sr-only">The figures are loading</p> },
);

const failureWords = (code: string) => errorWords(code, code).title;

/** Nothing is shown before the address is known: the exported page is the same for every conversation. */
export function ChatPage() {
  const conversationId = useShownConversation();
  return conversationId === undefined ? <LoadingPage /> : <ShownPage conversationId={conversationId} />;
}

function ShownPage({ conversationId }: { conversationId: number | null }) {
  useLiveConversations();
  useFreshModels();
  useLiveLimits();
  const figures = useFromAddress(showsFigures) ?? false;
  const conversationTitle = useConversationTitle(conversationId);
  const title = figures ? "Figures" : conversationTitle;

  useEffect(() => {
    document.title = title ? `${title} · TahoChat` : "TahoChat";
  }, [title]);

  return (
    <AppShell
      title={title ?? (conversationId === null ? "New chat" : "")}
      shownKey={figures ? "figures" : String(conversationId ?? "new")}
      skipTo={figures ? { id: "figures", words: "Skip to the figures" } : undefined}
      sidebar={(close) => <Sidebar activeId={conversationId} figures={figures} onClose={close} />}
      notice={<ProviderNotice />}
    >
      {figures ? <FiguresView failureWords={failureWords} /> : <ChatView conversationId={conversationId} />}
    </AppShell>
  );
}
