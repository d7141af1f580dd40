"use client";

import { useTranslations } from "next-intl";
import { memo, useEffect } from "react";
import { loadMarkdown } from "../markdown/markdown";
import { isGrowing, type ChatMessage } from "../state/types";
import { Reasoning } from "./reasoning";
import { ReplyEnd } from "./reply-end";
import { ReplyFooter } from "./reply-footer";
import { ModelNotice } from "./model-notice";
import { ReplyText } from "./reply-text";
import { ReplyWait } from "./reply-wait";
import { SiblingSwitcher } from "./sibling-switcher";

export interface ReplyProps {
  message: ChatMessage;
  siblings: string;
  isLast: boolean;
}

export const Reply = memo(function Reply({ message, siblings, isLast }: ReplyProps) {
  const t = useTranslations("thread");
  const growing = isGrowing(message);
  const broken = message.status === "failed" || message.status === "interrupted";
  const hasVersions = siblings.includes(",");
  return (
    <article
      aria-label={t("reply.name")}
      aria-busy={growing}
      data-testid="message"
      data-role="assistant"
      data-status={message.status}
      data-message-id={message.id}
      className="min-w-0"
    >
      <Reasoning message={message} growing={growing} />
      <ReplyText message={message} growing={growing} />
      {growing && message.waiting && (
        <ReplyWait
          key={message.waiting.until}
          message={message}
          code={message.waiting.code}
          until={message.waiting.until}
        />
      )}
      {growing && !message.waiting && <FirstWords message={message} />}
      <ReplyEnd message={message} isLast={isLast} />
      <ModelNotice notice={message.modelNotice} />
      {(!growing || hasVersions) && (
        <ReplyFooter
          message={message}
          growing={growing}
          offersAnother={!isLast || !broken}
          versions={
            <SiblingSwitcher
              conversationId={message.conversation_id}
              id={message.id}
              siblings={siblings}
              of="reply"
            />
          }
        />
      )}
    </article>
  );
});

function FirstWords({ message }: { message: ChatMessage }) {
  const t = useTranslations("thread");
  // What shows the words comes while they are waited for.
  useEffect(() => void loadMarkdown().catch(() => undefined), []);
  if (message.content !== "" || message.reasoning || message.tool_calls?.length) return null;
  return (
    <p className="flex min-h-7 items-center gap-2 text-sm text-soft">
      <span className="breathe size-2 shrink-0 rounded-full bg-accent" aria-hidden />
      {t("reply.waiting")}
    </p>
  );
}
