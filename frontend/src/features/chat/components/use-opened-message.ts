"use client";

import { useTranslations } from "next-intl";
import { useEffect, useEffectEvent, type RefObject } from "react";
import { toast } from "@/lib/toast";
import { useOpenedHit } from "@/lib/opened-hit";
import { useChatClient } from "../chat-context";
import { rangesIn } from "../find/highlight";
import { useMarks } from "../find/use-marks";
import { bring } from "../state/bring";
import type { ShownConversation } from "../state/selectors";

const none: readonly string[] = [];

/**
 * Goes to the message in the address once the conversation is there, and marks in it what was searched for. `jump` brings a loaded
 * message into sight and calls back when it is drawn.
 */
export function useOpenedMessage(
  scroller: RefObject<HTMLElement | null>,
  conversation: ShownConversation | undefined,
  finds: boolean,
  jump: (messageId: number, drawn: (message: HTMLElement) => void) => void,
): void {
  const t = useTranslations("search");
  const client = useChatClient();
  const hit = useOpenedHit(conversation?.id);
  const ready = conversation?.load === "ready";
  const { conversationId, messageId, visit, texts = none } = hit ?? {};
  const drawn = useEffectEvent((message: HTMLElement) => {
    if (scroller.current) reveal(scroller.current, message, texts);
  });
  const go = useEffectEvent(async (id: number, message: number, isCurrent: () => boolean) => {
    const there = await bring(client, id, message);
    if (!isCurrent()) return;
    if (there) requestAnimationFrame(() => jump(message, (element) => isCurrent() && drawn(element)));
    else toast.error(t("messageGone"));
  });
  useEffect(() => {
    if (!ready || conversationId === undefined || messageId === undefined) return;
    let current = true;
    void go(conversationId, messageId, () => current);
    return () => {
      current = false;
    };
  }, [ready, conversationId, messageId, visit]);
  useMarks(scroller, finds ? none : texts, messageId);
}

/** The first marked words of a long message have to be in sight, too. */
function reveal(scroller: HTMLElement, message: HTMLElement, texts: readonly string[]): void {
  const ranges = [...message.querySelectorAll("[data-testid=message-content]")].flatMap((content) =>
    texts.flatMap((text) => rangesIn(content, text)),
  );
  const view = scroller.getBoundingClientRect();
  const places = ranges.map((range) => range.getBoundingClientRect()).filter(({ height }) => height > 0);
  const first = places.sort((a, b) => a.top - b.top)[0];
  if (!first || (first.top >= view.top && first.bottom <= view.bottom)) return;
  scroller.scrollTop += first.top - view.top - view.height / 3;
}
