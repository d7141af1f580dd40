"use client";

import { createContext, useContext, useEffect, useState, type ReactNode } from "react";
import { toast } from "@/lib/toast";
import { useStore } from "zustand";
import { say } from "@/i18n/spoken";
import { findConversations, getConversation, getEarlier } from "@/lib/api-client";
import { conversationHref, goTo, shownConversation } from "@/lib/navigation";
import { offlineCopies } from "@/lib/offline/copies";
import { shownCopies } from "@/lib/offline/shown-copies";
import { withCopy } from "@/lib/offline/with-copies";
import { useSocket } from "@/lib/socket/socket-context";
import { recorded, recorder } from "@/lib/telemetry/browser-telemetry";
import { uploads } from "./attachments/use-files";
import { draftKey, drafts } from "./drafts";
import { errorWords } from "./error-words";
import { keepCopies } from "./keep-copies";
import { chatDatabase } from "./outbox/database";
import { Outbox } from "./outbox/outbox";
import { ChatClient } from "./state/chat-client";
import { messagesAtOnce } from "./state/pages";
import { wayOnOf } from "./state/pending";
import { soon } from "./state/soon";
import type { ChatState, PendingSend } from "./state/types";

const ChatContext = createContext<ChatClient | null>(null);

/** The new chat became a conversation: what is shown and what was typed meanwhile go along. */
function follow(id: number): void {
  if (shownConversation() !== null) return;
  drafts.move(draftKey(null), draftKey(id));
  uploads.move(draftKey(null), draftKey(id));
  goTo(conversationHref(id), "replace");
}

/** Where it is shown it says so itself. */
function tellRefused(send: PendingSend): void {
  const conversationId = wayOnOf(send, false) === "new-chat" ? null : send.conversationId;
  if ([conversationId, send.conversationId].includes(shownConversation())) return;
  const t = say("errors");
  const { title } = errorWords(send.refusal?.code, send.refusal?.error);
  toast.error(t("notSentElsewhere"), {
    description: title,
    action: { label: t("show"), onClick: () => goTo(conversationHref(conversationId)) },
  });
}

export function ChatProvider({ children }: { children: ReactNode }) {
  const socket = useSocket();
  const [client] = useState(
    () =>
      new ChatClient({
        socket: recorded(socket),
        schedule: (flush) => soon(() => recorder.measure(flush)),
        load: withCopy((id) => getConversation(id, { limit: messagesAtOnce }), offlineCopies),
        loadEarlier: getEarlier,
        outbox: new Outbox(chatDatabase),
        onCreated: follow,
        onSendRefused: tellRefused,
        onRefused: ({ code, error }) => {
          if (code !== "not_growing" && code !== "not_found") toast.error(errorWords(code, error).title);
        },
        // The socket cannot tell why it was refused; REST can, and leads to the sign-in where that is why.
        onUnreachable: () => void findConversations("", 1).catch(() => undefined),
      }),
  );
  useEffect(() => client.start(), [client]);
  useEffect(() => {
    const ends = [
      keepCopies({
        onEvent: (listener) => socket.onEvent(listener),
        getState: client.store.getState,
        copies: offlineCopies,
      }),
      socket.onState(({ phase }) => {
        if (phase === "open") for (const id of shownCopies.conversations()) client.reload(id);
      }),
    ];
    return () => ends.forEach((end) => end());
  }, [client, socket]);
  useEffect(() => drafts.start(), []);
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
