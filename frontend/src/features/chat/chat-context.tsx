"use client";

import { createContext, useContext, useEffect, useState, type ReactNode } from "react";
import { toast } from "sonner";
import { useStore } from "zustand";
import { getConversation, listConversations } from "@/lib/api-client";
import { conversationHref, goTo, parseConversationId } from "@/lib/navigation";
import { useSocket } from "@/lib/socket/socket-context";
import { errorWords } from "./error-words";
import { ChatClient } from "./state/chat-client";
import type { ChatState } from "./state/types";

const ChatContext = createContext<ChatClient | null>(null);

function shownConversation(): number | null {
  return parseConversationId(new URLSearchParams(window.location.search).get("c"));
}

export function ChatProvider({ children }: { children: ReactNode }) {
  const socket = useSocket();
  const [client] = useState(
    () =>
      new ChatClient({
        socket,
        load: (id) => getConversation(id),
        onCreated: (id) => {
          if (shownConversation() === null) goTo(conversationHref(id), "replace");
        },
        onRefused: ({ code, error }) => {
          if (code !== "not_growing" && code !== "not_found") toast.error(errorWords(code, error).title);
        },
        // The socket cannot tell why it was refused; REST can, and leads to the sign-in where that is why.
        onUnreachable: () => void listConversations(1, 0).catch(() => undefined),
      }),
  );
  useEffect(() => client.start(), [client]);
  return <ChatContext value={client}>{children}</ChatContext>;
}

export function useChatClient(): ChatClient {
  const client = useContext(ChatContext);
  if (!client) throw new Error("ChatProvider is missing.");
  return client;
}

export function useChatState<T>(select: (state: ChatState) => T): T {
  return useStore(useChatClient().store, select);
}
