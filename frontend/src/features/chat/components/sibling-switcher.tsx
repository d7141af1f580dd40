"use client";

import { ChevronLeft, ChevronRight } from "lucide-react";
import { useTranslations } from "next-intl";
import { useLayoutEffect, useRef } from "react";
import { IconButton } from "@/components/ui/icon-button";
import { cn } from "@/lib/cn";
import { useScrolling } from "../scroll-context";
import { useTurnCommands } from "../use-turn-commands";

export interface SiblingSwitcherProps {
  conversationId: number;
  id: number;
  /** Ids of all versions, oldest first, joined by commas. */
  siblings: string;
  of: "message" | "reply";
}

/** `‹ 2 / 3 ›`: the versions of a message. It stays under the pointer, however long the next version is. */
export function SiblingSwitcher({ conversationId, id, siblings, of }: SiblingSwitcherProps) {
  const t = useTranslations("turns.versions");
  const commands = useTurnCommands();
  const { hold } = useScrolling();
  const row = useRef<HTMLDivElement>(null);
  const restore = useRef<(() => void) | null>(null);
  const ids = siblings.split(",").map(Number);
  const index = ids.indexOf(id);

  useLayoutEffect(() => {
    restore.current?.();
    restore.current = null;
  }, [id]);

  if (ids.length < 2 || index < 0) return null;
  const step = (by: 1 | -1, label: string) => {
    const next = ids[index + by];
    const Icon = by < 0 ? ChevronLeft : ChevronRight;
    const go = () => {
      if (next === undefined) return;
      restore.current = row.current && hold(row.current);
      commands.select(conversationId, next);
    };
    // Not disabled at an end: a disabled button loses the focus.
    return (
      <IconButton
        size="sm"
        label={label}
        aria-disabled={next === undefined}
        onClick={go}
        className={cn(
          "w-6 pointer-coarse:w-9",
          next === undefined && "opacity-35 hover:bg-transparent hover:text-soft",
        )}
      >
        <Icon className="size-4 rtl:rotate-180" aria-hidden />
      </IconButton>
    );
  };
  return (
    <div
      ref={row}
      role="group"
      aria-label={t(of)}
      data-testid="siblings"
      className="flex items-center text-xs text-soft"
    >
      {step(-1, t("earlier"))}
      <span dir="ltr" className="tabular-nums" aria-live="polite">
        {index + 1} / {ids.length}
      </span>
      {step(1, t("later"))}
    </div>
  );
}
