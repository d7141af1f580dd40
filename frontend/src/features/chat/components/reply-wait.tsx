"use client";

import { Hourglass, Square } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { useSecondsUntil } from "@/lib/use-seconds-until";
import { useChatClient, useChatState } from "../chat-context";
import { waitWords } from "../error-words";
import type { ChatMessage } from "../state/types";

/** The server waits until the provider takes the request: why, for how long, and the way out. */
export function ReplyWait({ message, code, until }: { message: ChatMessage; code: string; until: number }) {
  const t = useTranslations("thread");
  const client = useChatClient();
  const seconds = useSecondsUntil(until);
  const isStopping = useChatState(({ stopping }) => stopping.includes(message.id));
  const gap = message.content === "" ? "" : "mt-4";
  return (
    <div
      data-testid="reply-wait"
      className={`flex flex-wrap items-center gap-x-4 gap-y-2 rounded-xl bg-warn-wash px-4 py-3 text-sm ${gap}`}
    >
      <Hourglass className="size-4 shrink-0 text-warn" aria-hidden />
      <p className="min-w-0 flex-1 basis-48">
        <span className="font-medium">{waitWords(code)}</span>{" "}
        <span className="text-soft tabular-nums">
          {seconds > 0 ? t("reply.againIn", { seconds }) : t("reply.again")}
        </span>
      </p>
      {/* The countdown is no news; that it waits is. */}
      <p role="status" className="sr-only">
        {waitWords(code)} {t("reply.byItself")}
      </p>
      <Button
        data-testid="stop-waiting"
        disabled={isStopping}
        onClick={() => client.stop(message.conversation_id, message.id)}
      >
        <Square className="size-3 fill-current" aria-hidden />
        {t("reply.stopWaiting")}
      </Button>
    </div>
  );
}
