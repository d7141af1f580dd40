"use client";

import { useEffect, useRef, useState } from "react";
import { shortToolName } from "@/features/tools/tool-call-words";
import { errorWords } from "../error-words";
import { isGrowing, type ChatMessage } from "../state/types";

function wordsFor(message: ChatMessage): string {
  switch (message.status) {
    case "complete":
      return "The reply is complete.";
    case "stopped":
      return "The reply was stopped.";
    case "interrupted":
    case "failed":
      return `The reply ended early. ${errorWords(message.error_code, message.error).title}`;
    case "queued":
      return "A message waits for the reply before it.";
    case "streaming":
      return "A reply is being written.";
  }
}

export interface ReplyAnnouncerProps {
  last: ChatMessage | undefined;
  /** How many messages are in the queue. */
  waiting?: number;
}

/** Tells a screen reader when the last reply starts and how it ends, and that a message waits, not what they say. */
export function ReplyAnnouncer({ last, waiting = 0 }: ReplyAnnouncerProps) {
  const [said, setSaid] = useState("");
  const before = useRef<{ id: number; status: string } | null>(null);
  const waited = useRef(waiting);
  const { id, status } = last ?? {};
  useEffect(() => {
    if (!last || last.role !== "assistant") return;
    const known = before.current;
    const changed = known?.id === last.id && known.status !== last.status;
    if (changed || (known?.id !== last.id && (isGrowing(last) || last.live))) setSaid(wordsFor(last));
    before.current = { id: last.id, status: last.status };
    // Only a new reply or a new status is worth a word.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [id, status]);
  const asking =
    last?.status === "streaming" ? last.tool_calls?.find(({ state }) => state === "asking") : undefined;
  useEffect(() => {
    if (waiting > waited.current) setSaid("A message waits for the reply before it.");
    waited.current = waiting;
  }, [waiting]);
  return (
    <p role="status" className="sr-only" data-testid="reply-status">
      {asking ? `The tool ${shortToolName(asking)} asks for your leave.` : said}
    </p>
  );
}
