"use client";

import { memo } from "react";
import { useChatState } from "../chat-context";
import { drafts, editKey } from "../drafts";
import type { Layout } from "../state/lay-out";
import type { PendingSend } from "../state/types";
import { PendingMessage } from "./pending-message";
import { Queue } from "./queue";
import { Reply } from "./reply";
import type { ThreadItem } from "./thread-items";
import { UserTurn } from "./user-turn";

export interface ThreadRowProps {
  item: ThreadItem;
  layout: Layout;
  conversationId: number | undefined;
  onEdit: (send: PendingSend) => void;
}

/** An edit that is taken back is in its editor again: the message has one where there is a draft. */
function backToEditor({ edits, text }: PendingSend): void {
  if (edits === undefined) return;
  drafts.write(editKey(edits), text);
  drafts.flush();
}

export function ThreadRow({ item, layout, conversationId, onEdit }: ThreadRowProps) {
  switch (item.kind) {
    case "message":
      return <MessageRow item={item} />;
    case "edit":
      return <PendingMessage send={item.send} onEdit={backToEditor} />;
    case "pending":
      return <PendingMessage send={item.send} onEdit={onEdit} />;
    case "queue":
      if (conversationId === undefined) return null;
      return (
        <Queue
          conversationId={conversationId}
          waiting={layout.waiting}
          pausedBy={layout.paused ? layout.shown.at(-1)?.status : undefined}
          refusedEdits={layout.refusedEdits}
        />
      );
  }
}

/** A growing text is drawn by its own row, and by nothing else. */
const MessageRow = memo(function MessageRow({ item }: { item: Extract<ThreadItem, { kind: "message" }> }) {
  const { message: known, siblings, isLast, refused } = item;
  const { id, conversation_id: conversationId } = known;
  const grown = useChatState((state) => state.conversations[conversationId]?.grown[id]);
  const message = grown ?? known;
  return message.role === "assistant" ? (
    <Reply message={message} siblings={siblings} isLast={isLast} />
  ) : (
    <UserTurn message={message} siblings={siblings} refused={refused} />
  );
}, sameRow);

function sameRow(
  { item: a }: { item: Extract<ThreadItem, { kind: "message" }> },
  { item: b }: { item: Extract<ThreadItem, { kind: "message" }> },
): boolean {
  return (
    a.message === b.message && a.siblings === b.siblings && a.isLast === b.isLast && a.refused === b.refused
  );
}
