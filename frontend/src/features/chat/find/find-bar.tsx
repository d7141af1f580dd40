"use client";

import { ChevronDown, ChevronUp, Search, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useEffectEvent, useMemo, useRef, type KeyboardEvent, type RefObject } from "react";
import { IconButton } from "@/components/ui/icon-button";
import { useFind, type Find } from "./use-find";
import { useMarks } from "./use-marks";

export interface FindBarProps {
  conversationId: number;
  /** What the messages are drawn in. */
  scroller: RefObject<HTMLElement | null>;
  /** Brings a message into sight. */
  onShow: (messageId: number) => void;
  onClose: () => void;
}

const longest = 200;

/** Finds words in the whole conversation, loaded or not, and marks them. Enter and F3 go on, with Shift back, Escape closes. */
export function FindBar({ conversationId, scroller, onShow, onClose }: FindBarProps) {
  const t = useTranslations("find");
  const find = useFind(conversationId);
  const { words, hit, step } = find;
  const field = useRef<HTMLInputElement>(null);
  const show = useEffectEvent(onShow);
  const id = hit?.id;
  useEffect(() => {
    field.current?.focus();
  }, []);
  useEffect(() => {
    if (id !== undefined) show(id);
  }, [id]);
  useMarks(
    scroller,
    useMemo(() => (words.trim() === "" ? [] : [words]), [words]),
    id,
  );
  const keyDown = (event: KeyboardEvent) => {
    const goes = event.key === "F3" || (event.key === "Enter" && event.target === field.current);
    if (!goes && event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation();
    if (goes) step(event.shiftKey ? -1 : 1);
    else onClose();
  };
  return (
    <div
      role="search"
      aria-label={t("label")}
      data-testid="find-bar"
      onKeyDown={keyDown}
      className="rise absolute end-3 top-2 z-10 flex max-w-[calc(100%-1.5rem)] items-center gap-1 rounded-xl border border-line bg-page p-1 ps-3 text-sm shadow-md"
    >
      <Search className="size-4 shrink-0 text-soft" aria-hidden />
      <input
        ref={field}
        type="text"
        value={words}
        maxLength={longest}
        onChange={(event) => find.type(event.target.value)}
        aria-label={t("label")}
        placeholder={t("placeholder")}
        autoComplete="off"
        spellCheck={false}
        className="h-8 w-40 min-w-0 flex-1 bg-transparent outline-none placeholder:text-soft sm:w-52"
      />
      <p role="status" data-testid="find-count" className="shrink-0 px-1 text-xs text-soft tabular-nums">
        <Count find={find} />
      </p>
      <IconButton size="sm" label={t("previous")} onClick={() => step(-1)}>
        <ChevronUp className="size-4" aria-hidden />
      </IconButton>
      <IconButton size="sm" label={t("next")} onClick={() => step(1)}>
        <ChevronDown className="size-4" aria-hidden />
      </IconButton>
      <IconButton size="sm" label={t("close")} onClick={onClose}>
        <X className="size-4" aria-hidden />
      </IconButton>
    </div>
  );
}

function Count({ find: { words, found, failed, current } }: { find: Find }) {
  const t = useTranslations("find");
  if (words.trim() === "") return null;
  if (failed) return t("failed");
  if (!found) return <span className="sr-only">{t("searching")}</span>;
  if (found.total === 0) return t("none");
  // The newest are in the answer: those before them are counted, too.
  return t("count", { current: found.total - found.hits.length + current + 1, total: found.total });
}
