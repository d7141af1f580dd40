"use client";

import { ArrowDown } from "lucide-react";
import { useTranslations } from "next-intl";
import { useCallback, useImperativeHandle, useMemo, useRef, useState, type ReactNode, type Ref } from "react";
import { leaveMessage } from "@/lib/opened-hit";
import { useChatClient } from "../chat-context";
import { askToEdit } from "../edit-asks";
import { FindBar } from "../find/find-bar";
import { holdIn, ScrollProvider, type HoldScroll } from "../scroll-context";
import type { Layout } from "../state/lay-out";
import type { ShownConversation } from "../state/selectors";
import { siblingGroups } from "../state/tree";
import type { PendingSend } from "../state/types";
import { useTurnCommands } from "../use-turn-commands";
import { Earlier } from "./earlier";
import { MessageList, type MessageListHandle } from "./message-list";
import { indexOfMessage, threadItems } from "./thread-items";
import { useLoadEarlier } from "./use-load-earlier";
import { useOpenedMessage } from "./use-opened-message";
import { useStick } from "./use-stick";
import { useThreadCommands } from "./use-thread-commands";
import { focusMessage, useThreadKeys, whenDrawn } from "./use-thread-keys";

export interface ThreadHandle {
  /** Keeps to the end from now on. */
  toEnd: () => void;
}

export interface ThreadProps {
  ref: Ref<ThreadHandle>;
  conversation: ShownConversation | undefined;
  layout: Layout;
  onEdit: (send: PendingSend) => void;
  onFocusComposer: () => void;
  /** Stops the reply that grows; undefined where none does. */
  onStop?: () => void;
  /** In the place of the messages where there are none. */
  children?: ReactNode;
}

/** A conversation from its beginning, or from where it is loaded, to its end. */
export function Thread({
  ref,
  conversation,
  layout,
  onEdit,
  onFocusComposer,
  onStop,
  children,
}: ThreadProps) {
  const t = useTranslations("thread");
  const client = useChatClient();
  const turns = useTurnCommands();
  const scroller = useRef<HTMLDivElement>(null);
  const list = useRef<MessageListHandle>(null);
  const stick = useStick(scroller);
  const [finds, setFinds] = useState(false);
  const before = useRef<Element | null>(null);
  const messages = conversation?.messages;
  const groups = useMemo(() => siblingGroups(messages ?? {}), [messages]);
  const items = useMemo(() => threadItems(layout, groups), [layout, groups]);
  const id = conversation?.id;
  const moved = useLoadEarlier(scroller, conversation, layout, stick);
  const { release, toEnd: stickToEnd } = stick;
  const toEnd = useCallback(() => {
    leaveMessage();
    stickToEnd();
  }, [stickToEnd]);
  useImperativeHandle(ref, () => ({ toEnd }), [toEnd]);
  const hold: HoldScroll = useCallback(
    (element) => (scroller.current ? holdIn(scroller.current, release)(element) : () => undefined),
    [release],
  );
  const scrolling = useMemo(() => ({ hold, toEnd }), [hold, toEnd]);

  const show = async (messageId: number | null) => {
    if (id === undefined) return;
    release();
    await client.pages.reach(id, messageId);
    // The list has what came a frame later.
    requestAnimationFrame(() => jump.current(messageId));
  };
  const jump = useRef<(messageId: number | null, drawn?: (message: HTMLElement) => void) => void>(
    () => undefined,
  );
  useImperativeHandle(
    jump,
    () => (messageId: number | null, drawn?: (message: HTMLElement) => void) => {
      const index = messageId === null ? 0 : indexOfMessage(items, messageId);
      const item = items[index];
      if (!item || !scroller.current) return;
      release();
      list.current?.show(index, messageId === null ? "start" : "center");
      if (messageId !== null && !drawn) return;
      whenDrawn(scroller.current, item.key, (message) => {
        focusMessage(message);
        drawn?.(message);
      });
    },
    [items, release],
  );
  useOpenedMessage(scroller, conversation, finds, (messageId, drawn) => jump.current(messageId, drawn));
  useThreadKeys({ scroller, list, items, onPastEnd: onFocusComposer, onMove: release });

  const last = layout.shown.at(-1);
  const lastReply = layout.shown.findLast(({ role, content }) => role === "assistant" && content !== "");
  const lastOwn = layout.shown.findLast(({ role }) => role === "user");
  const answered = last?.role === "assistant" && last.status !== "streaming" ? last : undefined;
  useThreadCommands({
    find: () => {
      if (id === undefined) return;
      if (!finds) before.current = document.activeElement;
      setFinds(true);
      scroller.current?.parentElement?.querySelector<HTMLInputElement>("[role=search] input")?.select();
    },
    toEnd,
    toBeginning: () => void show(null),
    copyLastReply: lastReply && (() => void navigator.clipboard.writeText(lastReply.content)),
    regenerate: answered && (() => turns.regenerate(answered.conversation_id, answered.id)),
    editLast: lastOwn && !layout.edit ? () => askToEdit(lastOwn.id) : undefined,
    stop: onStop,
  });
  const closeFind = () => {
    setFinds(false);
    const back = before.current;
    if (back instanceof HTMLElement && back.isConnected && back !== document.body) back.focus();
    else onFocusComposer();
  };

  return (
    <div className="relative flex min-h-0 flex-1 flex-col">
      {finds && id !== undefined && (
        <FindBar
          conversationId={id}
          scroller={scroller}
          onShow={(messageId) => void show(messageId)}
          onClose={closeFind}
        />
      )}
      <Earlier paging={conversation?.paging} onRetry={moved.retry} />
      <div
        ref={scroller}
        data-testid="thread"
        className="min-h-0 flex-1 overflow-x-hidden overflow-y-auto [overflow-anchor:none]"
        tabIndex={-1}
      >
        <div className="mx-auto flex min-h-full w-full max-w-[46rem] flex-col px-4">
          {children}
          {items.length > 0 && (
            <ScrollProvider value={scrolling}>
              <MessageList
                ref={list}
                items={items}
                layout={layout}
                conversationId={id}
                scroller={scroller}
                stick={stick}
                onEdit={onEdit}
                onMoved={moved.look}
              />
            </ScrollProvider>
          )}
        </div>
      </div>
      {stick.isAway && items.length > 0 && (
        <button
          type="button"
          data-testid="scroll-to-end"
          onClick={() => {
            toEnd();
            onFocusComposer();
          }}
          className="rise absolute inset-x-0 bottom-3 z-10 mx-auto flex h-9 w-fit items-center gap-1.5 rounded-full border border-line bg-page px-3.5 text-sm text-soft shadow-md hover:text-ink"
        >
          <ArrowDown className="size-4" aria-hidden />
          {t("toEnd")}
        </button>
      )}
    </div>
  );
}
