"use client";

import { ChevronRight } from "lucide-react";
import { useTranslations } from "next-intl";
import { useNow } from "@/lib/use-now";
import { useStoredFlag } from "@/lib/use-stored-flag";
import { formatThinking } from "../format";
import { Markdown } from "../markdown/markdown";
import { useScrolling } from "../scroll-context";
import type { ChatMessage } from "../state/types";

/** In seconds: measured by the server, and by this page until it says so. */
function thoughtOf({ timing, thoughtMs }: ChatMessage): number | undefined {
  return timing?.reasoning_time ?? (thoughtMs === undefined ? undefined : thoughtMs / 1000);
}

/** What the model thought before it answered, folded unless the settings say otherwise. */
export function Reasoning({ message, growing }: { message: ChatMessage; growing: boolean }) {
  const t = useTranslations("thread");
  const { hold } = useScrolling();
  const [opened] = useStoredFlag("tahochat.reasoning", false);
  if (!message.reasoning) return null;
  const thinking = growing && message.content === "";
  const thought = thoughtOf(message);
  // Before the browser unfolds it: what is read stays where it is.
  const keepPlace = (element: HTMLElement) => requestAnimationFrame(hold(element));
  return (
    <details open={opened} className="group mb-3" data-testid="reasoning">
      <summary
        onClick={(event) => keepPlace(event.currentTarget)}
        className="inline-flex list-none items-center gap-1.5 rounded-md py-1 text-sm text-soft transition-colors hover:text-ink [&::-webkit-details-marker]:hidden"
      >
        <ChevronRight
          className="size-3.5 transition-transform group-open:rotate-90 rtl:-scale-x-100"
          aria-hidden
        />
        {thinking ? (
          <Thinking since={message.thinkingSince} />
        ) : (
          <span>
            {thought === undefined
              ? t("reasoning.thoughts")
              : t("reasoning.thoughtFor", { time: formatThinking(thought) })}
          </span>
        )}
      </summary>
      <div className="reasoning mt-1 border-s-2 border-line ps-4 text-soft">
        <Markdown text={message.reasoning} growing={thinking} />
      </div>
    </details>
  );
}

function Thinking({ since }: { since: number | undefined }) {
  const t = useTranslations("thread");
  const now = useNow(250, since !== undefined);
  const seconds = since === undefined ? 0 : Math.floor((now - since) / 1000);
  return (
    <>
      <span className="breathe">{t("reasoning.thinking")}</span>
      {seconds > 0 && <span className="tabular-nums">{t("reasoning.seconds", { seconds })}</span>}
    </>
  );
}
