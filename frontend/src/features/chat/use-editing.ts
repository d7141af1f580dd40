"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { offerUndo } from "@/components/ui/undo-toast";
import { useChatClient } from "./chat-context";
import { drafts, editKey, useDraftAt } from "./drafts";
import { errorWords } from "./error-words";
import type { ChatMessage, PendingSend } from "./state/types";

/**
 * Another version of a message, in the person's hands: a draft from the first key on, sent as an edit. `refused`: a version
 * that the server did not take. An editor stays open where another tab's version takes the message's place meanwhile.
 */
export function useEditing(message: ChatMessage, refused?: PendingSend) {
  const client = useChatClient();
  const t = useTranslations();
  const [unsent] = useDraftAt(editKey(message.id));
  const [edited, setEdited] = useState(() => (unsent === "" ? null : message.id));
  const target = refused?.edits ?? edited ?? message.id;
  const key = editKey(target);
  const words = refused?.refusal && errorWords(refused.refusal.code, refused.refusal.error);

  const forget = () => {
    setEdited(null);
    if (refused) client.sender.discard(refused.clientMessageId);
  };
  return {
    isOpen: edited !== null || refused !== undefined,
    /** Begun here or in another tab, and not sent. */
    isBegun: unsent !== "",
    /** Of the editor: another text is another one. */
    id: refused?.clientMessageId ?? String(target),
    text: drafts.read(key) || (refused?.text ?? message.content),
    problem: words && `${words.title} ${words.hint ?? ""}`.trim(),
    open: () => setEdited(message.id),
    change: (text: string) => drafts.write(key, text),
    save: (text: string) => {
      client.send(text, message.conversation_id, { edits: target, draft: key });
      drafts.sent(key);
      forget();
    },
    cancel: () => {
      const typed = drafts.read(key);
      drafts.write(key, "");
      forget();
      if (typed.trim() === "" || typed.trim() === message.content.trim()) return;
      offerUndo({
        words: t("turns.edit.dropped"),
        undoWords: t("common.undo"),
        undo: () => {
          drafts.write(key, typed);
          setEdited(target);
        },
      });
    },
  };
}
