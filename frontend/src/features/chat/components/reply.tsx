"use client";

import { Check, Copy, RotateCcw } from "lucide-react";
import { memo } from "react";
import { IconButton } from "@/components/ui/icon-button";
import { useCopy } from "@/lib/use-copy";
import { useChatClient } from "../chat-context";
import { errorWords } from "../error-words";
import { receipt } from "../format";
import { Markdown } from "../markdown/markdown";
import { isGrowing, type ChatMessage } from "../state/types";
import { NoticeBox } from "./notice-box";
import { Reasoning } from "./reasoning";
import { RetryButton } from "./retry-button";

export const Reply = memo(function Reply({ message, isLast }: { message: ChatMessage; isLast: boolean }) {
  const client = useChatClient();
  const growing = isGrowing(message);
  const regenerate = () => void client.regenerate(message.conversation_id, message.id);
  return (
    <article
      aria-label="Reply"
      aria-busy={growing}
      data-testid="message"
      data-role="assistant"
      data-status={message.status}
      data-message-id={message.id}
      className="min-w-0"
    >
      <Reasoning message={message} growing={growing} />
      {message.content !== "" && (
        <div data-testid="message-content">
          <Markdown text={message.content} growing={growing} />
        </div>
      )}
      {growing && <Waiting message={message} />}
      <ReplyEnd message={message} onRetry={regenerate} isLast={isLast} />
      {!growing && <ReplyFooter message={message} onRegenerate={isLast ? regenerate : undefined} />}
    </article>
  );
});

function Waiting({ message }: { message: ChatMessage }) {
  if (message.content !== "" || message.reasoning) return null;
  return (
    <p className="flex min-h-7 items-center gap-2 text-sm text-soft">
      <span className="breathe size-2 shrink-0 rounded-full bg-accent" aria-hidden />
      {message.status === "queued"
        ? "Waiting in the queue. It goes on when the reply before is finished, or with your next message."
        : "Waiting for the first words…"}
    </p>
  );
}

function ReplyEnd({
  message,
  onRetry,
  isLast,
}: {
  message: ChatMessage;
  onRetry: () => void;
  isLast: boolean;
}) {
  const { status } = message;
  const gap = message.content === "" ? "" : "mt-4";
  if (status === "failed" || status === "interrupted") {
    const words = errorWords(message.error_code, message.error);
    return (
      <div className={gap}>
        <NoticeBox tone={status === "failed" ? "danger" : "warn"} title={words.title} hint={words.hint}>
          {isLast && words.wayOn !== "none" && <RetryButton onRetry={onRetry} retryAt={message.retryAt} />}
        </NoticeBox>
      </div>
    );
  }
  const note =
    status === "stopped"
      ? "You stopped this reply."
      : message.finish_reason === "length"
        ? "The reply reached the model's length limit."
        : message.finish_reason === "content_filter"
          ? "The provider's filter ended this reply."
          : null;
  return note && <p className={`text-sm text-soft italic ${gap}`}>{note}</p>;
}

function ReplyFooter({ message, onRegenerate }: { message: ChatMessage; onRegenerate?: () => void }) {
  const { copied, copy } = useCopy();
  const parts = receipt(message);
  return (
    <footer className="mt-2 -ml-2 flex min-h-8 flex-wrap items-center gap-x-1 text-xs text-soft">
      {message.content !== "" && (
        <IconButton size="sm" label={copied ? "Copied" : "Copy reply"} onClick={() => copy(message.content)}>
          {copied ? <Check className="size-4" aria-hidden /> : <Copy className="size-4" aria-hidden />}
        </IconButton>
      )}
      {onRegenerate && message.status !== "failed" && message.status !== "interrupted" && (
        <IconButton size="sm" label="Write another reply" onClick={onRegenerate}>
          <RotateCcw className="size-4" aria-hidden />
        </IconButton>
      )}
      {parts.length > 0 && (
        <p className="ml-2 flex flex-wrap gap-x-2 tabular-nums" data-testid="reply-meta">
          {parts.map((part, index) => (
            <span key={part}>
              {part}
              {index < parts.length - 1 && (
                <span className="ml-2" aria-hidden>
                  ·
                </span>
              )}
            </span>
          ))}
        </p>
      )}
    </footer>
  );
}
