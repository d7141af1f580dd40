"use client";

import { useMemo } from "react";
import { drafts, editKey } from "../drafts";
import type { Layout } from "../state/lay-out";
import { siblingGroups, siblingKey } from "../state/tree";
import type { ChatMessage, ConversationState, PendingSend } from "../state/types";
import { PendingMessage } from "./pending-message";
import { Queue } from "./queue";
import { Reply } from "./reply";
import { UserTurn } from "./user-turn";

export interface MessageListProps {
  conversation: ConversationState | undefined;
  layout: Layout;
  onEdit: (send: PendingSend) => void;
}

/** An edit that is taken back is in its editor again: the message has one where there is a draft. */
function backToEditor({ edits, text }: PendingSend): void {
  if (edits === undefined) return;
  drafts.write(editKey(edits), text);
  drafts.flush();
}

/** A log without live announcements: a growing text would be read out word by word. The status line speaks instead. */
export function MessageList({ conversation, layout, onEdit }: MessageListProps) {
  const { shown, edit, waiting, paused, refusedEdits, rest } = layout;
  const messages = conversation?.messages;
  const groups = useMemo(() => siblingGroups(messages ?? {}), [messages]);
  const last = shown.at(-1);
  const draw = (message: ChatMessage) => {
    const key = siblingKey(message);
    const siblings = groups.get(key)?.join(",") ?? "";
    return message.role === "assistant" ? (
      <Reply key={key} message={message} siblings={siblings} isLast={message === last} />
    ) : (
      <UserTurn key={key} message={message} siblings={siblings} refused={refusedEdits.get(message.id)} />
    );
  };
  return (
    <div role="log" aria-live="off" aria-label="Conversation" className="flex flex-col gap-8 py-6">
      {shown.map(draw)}
      {edit && <PendingMessage key={edit.clientMessageId} send={edit} onEdit={backToEditor} />}
      {conversation && waiting.length > 0 && (
        <Queue
          conversationId={conversation.id}
          waiting={waiting}
          pausedBy={paused ? last?.status : undefined}
          refusedEdits={refusedEdits}
        />
      )}
      {rest.map((send) => (
        <PendingMessage key={send.clientMessageId} send={send} onEdit={onEdit} />
      ))}
    </div>
  );
}
