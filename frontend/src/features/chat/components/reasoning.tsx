"use client";

import { ChevronRight } from "lucide-react";
import { formatThinking } from "../format";
import { Markdown } from "../markdown/markdown";
import type { ChatMessage } from "../state/types";

/** What the model thought before it answered, folded. */
export function Reasoning({ message, growing }: { message: ChatMessage; growing: boolean }) {
  if (!message.reasoning) return null;
  const thinking = growing && message.content === "";
  const label = thinking
    ? "Thinking…"
    : message.thoughtMs === undefined
      ? "Thoughts"
      : `Thought for ${formatThinking(message.thoughtMs)}`;
  return (
    <details className="group mb-3" data-testid="reasoning">
      <summary className="inline-flex list-none items-center gap-1.5 rounded-md py-1 text-sm text-soft transition-colors hover:text-ink [&::-webkit-details-marker]:hidden">
        <ChevronRight className="size-3.5 transition-transform group-open:rotate-90" aria-hidden />
        <span className={thinking ? "breathe" : undefined}>{label}</span>
      </summary>
      <div className="reasoning mt-1 border-l-2 border-line pl-4 text-soft">
        <Markdown text={message.reasoning} growing={thinking} />
      </div>
    </details>
  );
}
