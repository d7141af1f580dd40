"use client";

import { StepForward } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import type en from "@/i18n/messages/en";
import { useSecondsUntil } from "@/lib/use-seconds-until";
import { useChatState } from "../chat-context";
import { errorWords, withTime } from "../error-words";
import { useChoice } from "../models/use-choice";
import { useModels } from "../models/use-models";
import type { ChatMessage } from "../state/types";
import { useTurnCommands } from "../use-turn-commands";
import { NoticeBox } from "./notice-box";
import { RetryButton } from "./retry-button";

/** Replies that the provider finished, or of which nothing came, cannot be continued. */
function isContinuable({ status, finish_reason, content, tool_calls: calls }: ChatMessage): boolean {
  if (status === "interrupted" || status === "stopped") return content !== "" || !!calls?.length;
  return status === "complete" && finish_reason === "length";
}

type End = keyof (typeof en)["turns"]["ends"];

function endNote({ status, finish_reason, content }: ChatMessage): End | null {
  if (status === "stopped") return "stopped";
  if (finish_reason === "length") return "length";
  if (finish_reason === "content_filter") return "filter";
  if (status === "complete" && content.trim() === "") return "empty";
  return null;
}

export function useIsAsked(id: number): boolean {
  return useChatState((state) => state.asks.some((ask) => ask.messageId === id));
}

/** How a reply ended where it did not simply finish, and the ways on from there. */
export function ReplyEnd({ message, isLast }: { message: ChatMessage; isLast: boolean }) {
  const t = useTranslations("turns");
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
      {t("continue")}
    </Button>
  );
  if (status === "failed" || status === "interrupted") {
    return (
      <div className={gap}>
        <Broken message={message} isLast={isLast} isAsked={isAsked}>
          {goOn}
        </Broken>
      </div>
    );
  }
  const note = endNote(message);
  if (!note) return null;
  return (
    <div className={`flex flex-wrap items-center gap-x-4 gap-y-2 ${gap}`}>
      <p className="text-sm text-soft italic">{t(`ends.${note}`)}</p>
      {goOn}
    </div>
  );
}

interface BrokenProps {
  message: ChatMessage;
  isLast: boolean;
  isAsked: boolean;
  children: ReactNode;
}

function Broken({ message, isLast, isAsked, children }: BrokenProps) {
  const t = useTranslations("errors");
  const commands = useTurnCommands();
  const models = useModels();
  const { choice } = useChoice(message.conversation_id);
  // Limits are a model's own: another one need not wait.
  const answers = choice.model ?? models?.default_model;
  const retryAt = answers === undefined || answers === message.model ? message.retryAt : undefined;
  const seconds = useSecondsUntil(retryAt);
  const now = (retryAt ?? 0) - seconds * 1000;
  const words = withTime(
    errorWords(message.error_code, message.error, t),
    seconds > 0 ? retryAt : undefined,
    now,
    t,
  );
  return (
    <NoticeBox tone={message.status === "failed" ? "danger" : "warn"} title={words.title} hint={words.hint}>
      {children}
      {isLast && words.wayOn !== "none" && (
        <RetryButton
          onRetry={() => commands.regenerate(message.conversation_id, message.id)}
          retryAt={retryAt}
          disabled={isAsked}
        />
      )}
    </NoticeBox>
  );
}
