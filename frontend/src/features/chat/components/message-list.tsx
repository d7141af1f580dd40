"use client";

import { useTranslations } from "next-intl";
import {
  useEffect,
  useImperativeHandle,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  type Ref,
  type RefObject,
} from "react";
import { Virtualizer, type VirtualizerHandle } from "virtua";
import { cn } from "@/lib/cn";
import type { Layout } from "../state/lay-out";
import type { PendingSend } from "../state/types";
import { KeepProvider, useKeeping } from "./use-kept";
import { useRowFocus } from "./use-row-focus";
import type { Stick } from "./use-stick";
import { isPrepended, type ThreadItem } from "./thread-items";
import { ThreadRow } from "./thread-row";

/** Far enough for the wheel's next turn, near enough to be measured in a moment. */
const bufferPx = 600;

/** The last turn, and the one before it, stay: the one that grows is among them. */
const lastOnes = 4;

/** A conversation of no more rows is drawn as a whole: the browser's own search finds all of it. */
const short = 24;

export interface MessageListHandle {
  /** Scrolls so that the item with this index is in sight. */
  show: (index: number, align?: "start" | "center" | "nearest") => void;
  /** The item that is at this height of the content. */
  indexAt: (offset: number) => number;
}

export interface MessageListProps {
  ref: Ref<MessageListHandle>;
  items: readonly ThreadItem[];
  layout: Layout;
  conversationId: number | undefined;
  scroller: RefObject<HTMLElement | null>;
  stick: Stick;
  onEdit: (send: PendingSend) => void;
  /** Where it is scrolled to changed, or how much there is. */
  onMoved: () => void;
}

/**
 * A log without live announcements: a growing text would be read out word by word. The status line speaks instead. Only what is
 * in sight and a little around it is in the document.
 */
export function MessageList(props: MessageListProps) {
  const { ref, items, layout, conversationId, scroller, stick, onEdit, onMoved } = props;
  const t = useTranslations("thread");
  const virtualizer = useRef<VirtualizerHandle>(null);
  const log = useRef<HTMLDivElement>(null);
  const [view, setView] = useState({ items, shift: false });
  if (view.items !== items) setView({ items, shift: isPrepended(view.items, items) });
  const [kept, keep] = useKeeping();
  const focused = useRowFocus(log);
  const indexes = useMemo(() => {
    const isKept = ({ key, kind }: ThreadItem, index: number) =>
      items.length <= short ||
      kept.has(key) ||
      key === focused ||
      index >= items.length - lastOnes ||
      kind !== "message";
    return items.flatMap((item, index) => (isKept(item, index) ? [index] : []));
  }, [items, kept, focused]);

  useLayoutEffect(() => {
    if (stick.isStuck()) virtualizer.current?.scrollToIndex(Number.MAX_SAFE_INTEGER, { align: "end" });
  }, [stick]);
  useEffect(onMoved, [items, onMoved]);
  useImperativeHandle(
    ref,
    () => ({
      show: (index, align = "center") => virtualizer.current?.scrollToIndex(index, { align }),
      indexAt: (offset) => virtualizer.current?.findItemIndex(offset) ?? 0,
    }),
    [],
  );

  return (
    <KeepProvider value={keep}>
      <div ref={log} role="log" aria-live="off" aria-label={t("conversation")} className="pt-6">
        <Virtualizer
          ref={virtualizer}
          data={view.items}
          shift={view.shift}
          scrollRef={scroller}
          startMargin={24}
          bufferSize={bufferPx}
          keepMounted={indexes}
          onScroll={onMoved}
          onResize={() => {
            stick.resized();
            onMoved();
          }}
        >
          {(item, index) => (
            // The list takes clicks away while it is scrolled, and it is scrolled all the time while a reply grows.
            <div
              key={item.key}
              data-row={item.key}
              className={cn("pointer-events-auto", index === view.items.length - 1 ? "pb-6" : "pb-8")}
            >
              <ThreadRow item={item} layout={layout} conversationId={conversationId} onEdit={onEdit} />
            </div>
          )}
        </Virtualizer>
      </div>
    </KeepProvider>
  );
}
