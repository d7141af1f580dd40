"use client";

import { useTranslations } from "next-intl";
import { offerUndo } from "@/components/ui/undo-toast";
import { useChatClient } from "../chat-context";
import type { PendingSend } from "../state/types";

/** Discards a message that was not sent, and offers it back: it is sent then, as a message of its own. */
export function useDiscard(): (send: PendingSend) => void {
  const { sender } = useChatClient();
  const t = useTranslations("composer");
  const common = useTranslations("common");
  return ({ clientMessageId, text, attachments, conversationId, edits, choice }) => {
    sender.discard(clientMessageId);
    offerUndo({
      words: t("discarded"),
      undoWords: common("undo"),
      undo: () => sender.send({ text, attachments, conversationId, edits, choice }),
    });
  };
}
