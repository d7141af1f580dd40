"use client";

import type { ChatMessage, PendingSend } from "../state/types";
import { PendingMessage } from "./pending-message";
import { Reply } from "./reply";
import { UserMessage } from "./user-message";

export interface MessageListProps {
  path: ChatMessage[];
  pending: PendingSend[];
  onEdit: (text: string) => void;
}

/** A log without live announcements: a growing text would be read out word by word. The status line speaks instead. */
export function MessageList({ path, pending, onEdit }: MessageListProps) {
  return (
    <div role="log" aria-live="off" aria-label="Conversation" className="flex flex-col gap-8 py-6">
      {path.map((message, index) =>
        message.role === "assistant" ? (
          <Reply key={message.id} message={message} isLast={index === path.length - 1} />
        ) : (
          <UserMessage key={message.id} id={message.id} text={message.content} status={message.status} />
        ),
      )}
      {pending.map((send) => (
        <PendingMessage key={send.clientMessageId} send={send} onEdit={onEdit} />
      ))}
    </div>
  );
}
