"use client";

import { useCallback, type RefObject } from "react";
import { useChatClient } from "../chat-context";
import type { Layout } from "../state/lay-out";
import type { ShownConversation } from "../state/selectors";
import { earlierOf } from "../state/tree";
import type { Stick } from "./use-stick";

/** Earlier messages are asked for this many screens before the first loaded one is seen. */
const screensAhead = 1.5;

/** Brings the page before when the person comes near the first message that is loaded. */
export function useLoadEarlier(
  scroller: RefObject<HTMLElement | null>,
  conversation: ShownConversation | undefined,
  layout: Layout,
  { isStuck }: Stick,
): { look: () => void; retry: () => void } {
  const client = useChatClient();
  const id = conversation?.id;
  const hasEarlier = conversation?.load === "ready" && earlierOf(layout.shown) !== undefined;
  const canLoad = hasEarlier && conversation.paging === undefined;
  const look = useCallback(() => {
    const element = scroller.current;
    if (!element || !canLoad || id === undefined) return;
    const ahead = element.clientHeight * screensAhead;
    const isNear = element.scrollTop < ahead && (!isStuck() || element.scrollHeight < 2 * ahead);
    if (isNear && element.clientHeight > 0) void client.pages.earlier(id);
  }, [scroller, client, canLoad, id, isStuck]);
  const retry = useCallback(() => {
    if (id !== undefined) void client.pages.earlier(id);
  }, [client, id]);
  return { look, retry };
}
