"use client";

import { StepForward } from "lucide-react";
import { Button } from "@/components/ui/button";
import { useChatState } from "../chat-context";
import { errorWords } from "../error-words";
import type { ChatMessage } from "../state/types";
import { useTurnCommands } from "../use-turn-commands";
import { NoticeBox } from "./notice-box";
import { RetryButton } from "./retry-button";

/** Replies that the provider finished, or of which nothing came, cannot be continued. */
function isContinuable({ status, finish_reason, content }: ChatMessage): boolean {
  if (status === "interrupted" || status === "stopped") return content !== "";
  return status === "complete" && finish_reason === "length";
}

function endNote({ status, finish_reason }: ChatMessage): string | null {
  if (status === "stopped") return "You stopped this reply.";
  if (finish_reason === "length") return "The reply reached the model's length limit.";
  if (finish_reason === "content_filter") return "The provider's filter ended this reply.";
  return null;
}

export function useIsAsked(id: number): boolean {
  return useChatState((state) => state.asks.some((ask) => ask.messageId === id));
}

/** How a reply ended where it did not simply finish, and the ways on from there. */
export function ReplyEnd({ message, isLast }: { message: ChatMessage; isLast: boolean }) {
  const commands = useTurnCommands();
  const isAsked = useIsAsked(message.id);
  const { status, id, conversation_id: conversationId } = message;
  const gap = message.content === "" ? "" : "mt-4";
  const goOn = isLast && isContinuable(message) && (
    <Button
      data-testid="continue"
      disabled={isAsked}
      onClick={() => commands.continueReply(conversationId, id)}
    >
      <StepForward className="size-3.5 rtl:rotate-180" aria-hidden />
      Continue
    </Button>
  );
  if (status === "failed" || status === "interrupted") {
    const words = errorWords(message.error_code, message.error);
    return (
      <div className={gap}>
        <NoticeBox tone={status === "failed" ? "danger" : "warn"} title={words.title} hint={words.hint}>
          {goOn}
          {isLast && words.wayOn !== "none" && (
            <RetryButton
              onRetry={() => commands.regenerate(conversationId, id)}
              retryAt={message.retryAt}
              disabled={isAsked}
            />
          )}
        </NoticeBox>
      </div>
    );
  }
  const note = endNote(message);
  if (!note) return null;
  return (
    <div className={`flex flex-wrap items-center gap-x-4 gap-y-2 ${gap}`}>
      <p className="text-sm text-soft italic">{note}</p>
      {goOn}
    </div>
  );
}
