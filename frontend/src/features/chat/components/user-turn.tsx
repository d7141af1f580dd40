"use client";

import { Pencil } from "lucide-react";
import { memo, useState } from "react";
import { IconButton } from "@/components/ui/icon-button";
import { useChatClient } from "../chat-context";
import { errorWords } from "../error-words";
import type { ChatMessage, PendingSend } from "../state/types";
import { MessageEditor } from "./message-editor";
import { SiblingSwitcher } from "./sibling-switcher";
import { UserMessage } from "./user-message";

export interface UserTurnProps {
  message: ChatMessage;
  siblings: string;
  /** Another version that the server did not take: its text is still there, to be sent again. */
  refused?: PendingSend;
}

/** A message that was sent: read, or edited in its place. */
export const UserTurn = memo(function UserTurn({ message, siblings, refused }: UserTurnProps) {
  const client = useChatClient();
  const [edited, setEdited] = useState<number | null>(null);
  const { id, conversation_id: conversationId, content } = message;

  const close = () => {
    setEdited(null);
    if (refused) client.sender.discard(refused.clientMessageId);
  };
  const save = (text: string) => {
    close();
    client.send(text, conversationId, { edits: refused?.edits ?? edited ?? id });
  };

  // An editor stays open where another tab's version takes the message's place meanwhile.
  if (edited !== null || refused) {
    const words = refused?.refusal && errorWords(refused.refusal.code, refused.refusal.error);
    return (
      <MessageEditor
        key={refused?.clientMessageId ?? edited}
        text={refused?.text ?? content}
        action="Save & send"
        problem={words && `Not sent. ${words.title} ${words.hint ?? ""}`}
        onSave={save}
        onCancel={close}
      />
    );
  }
  return (
    <UserMessage
      id={id}
      text={content}
      status={message.status}
      actions={
        <IconButton size="sm" label="Edit message" onClick={() => setEdited(id)}>
          <Pencil className="size-4" aria-hidden />
        </IconButton>
      }
      versions={<SiblingSwitcher conversationId={conversationId} id={id} siblings={siblings} of="message" />}
    />
  );
});
