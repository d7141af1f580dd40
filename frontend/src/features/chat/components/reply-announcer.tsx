"use client";

import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import type { Translate } from "@/i18n/spoken";
import { shortToolName } from "@/features/tools/tool-call-words";
import { errorWords } from "../error-words";
import { isGrowing, type ChatMessage } from "../state/types";

function wordsFor(message: ChatMessage, t: Translate<"turns">): string {
  switch (message.status) {
    case "complete":
      return t("announce.complete");
    case "stopped":
      return t("announce.stopped");
    case "interrupted":
    case "failed":
      return t("announce.broken", { why: errorWords(message.error_code, message.error).title });
    case "queued":
      return t("announce.queued");
    case "streaming":
      return t("announce.streaming");
  }
}

export interface ReplyAnnouncerProps {
  last: ChatMessage | undefined;
  /** How many messages are in the queue. */
  waiting?: number;
}

/** Tells a screen reader when the last reply starts and how it ends, and that a message waits, not what they say. */
export function ReplyAnnouncer({ last, waiting = 0 }: ReplyAnnouncerProps) {
  const t = useTranslations("turns");
  const [said, setSaid] = useState("");
  const before = useRef<{ id: number; status: string } | null>(null);
  const waited = useRef(waiting);
  const { id, status } = last ?? {};
  useEffect(() => {
    if (!last || last.role !== "assistant") return;
    const known = before.current;
    const changed = known?.id === last.id && known.status !== last.status;
    if (changed || (known?.id !== last.id && (isGrowing(last) || last.live))) setSaid(wordsFor(last, t));
    before.current = { id: last.id, status: last.status };
    // Only a new reply or a new status is worth a word.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [id, status]);
  const asking =
    last?.status === "streaming" ? last.tool_calls?.find(({ state }) => state === "asking") : undefined;
  useEffect(() => {
    if (waiting > waited.current) setSaid(t("announce.queued"));
    waited.current = waiting;
  }, [waiting, t]);
  return (
    <p role="status" className="sr-only" data-testid="reply-status">
      {asking ? t("announce.asking", { tool: shortToolName(asking) }) : said}
    </p>
  );
}
