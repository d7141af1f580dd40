"use client";

import { Pencil } from "lucide-react";
import { useTranslations } from "next-intl";
import { memo } from "react";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import { focusWhereLost, mainField } from "@/lib/focus";
import { useEditAsked } from "../edit-asks";
import { useScrolling } from "../scroll-context";
import type { ChatMessage, PendingSend } from "../state/types";
import { siblingKey } from "../state/tree";
import { useEditing } from "../use-editing";
import { MessageEditor } from "./message-editor";
import { SiblingSwitcher } from "./sibling-switcher";
import { useKept } from "./use-kept";
import { UserMessage } from "./user-message";

export interface UserTurnProps {
  message: ChatMessage;
  siblings: string;
  /** Another version that the server did not take: its text is still there, to be sent again. */
  refused?: PendingSend;
}

/** A message that was sent: read, or edited in its place. */
export const UserTurn = memo(function UserTurn({ message, siblings, refused }: UserTurnProps) {
  const t = useTranslations("turns.edit");
  const editing = useEditing(message, refused);
  const { toEnd } = useScrolling();
  const { id, conversation_id: conversationId, content } = message;
  useEditAsked(id, editing.open);
  useKept(siblingKey(message), editing.isOpen);
  if (editing.isOpen) {
    return (
      <MessageEditor
        key={editing.id}
        text={editing.text}
        original={content}
        files={message.attachments}
        action={t("saveAndSend")}
        problem={editing.problem && t("notSent", { why: editing.problem })}
        onChange={editing.change}
        onSave={(text) => {
          editing.save(text);
          toEnd();
          focusWhereLost(mainField);
        }}
        onCancel={() => {
          editing.cancel();
          focusWhereLost(() => document.querySelector<HTMLElement>(`[data-edits="${id}"]`) ?? mainField());
        }}
      />
    );
  }
  return (
    <UserMessage
      id={id}
      text={content}
      files={message.attachments}
      status={message.status}
      actions={
        !editing.isBegun && (
          <IconButton size="sm" label={t("edit")} data-edits={id} onClick={editing.open}>
            <Pencil className="size-4" aria-hidden />
          </IconButton>
        )
      }
      versions={
        <>
          {editing.isBegun && (
            <Button variant="ghost" className="h-8 px-2 text-xs" data-edits={id} onClick={editing.open}>
              <Pencil className="size-3.5" aria-hidden />
              {t("goOn")}
            </Button>
          )}
          <SiblingSwitcher conversationId={conversationId} id={id} siblings={siblings} of="message" />
        </>
      }
    />
  );
});
