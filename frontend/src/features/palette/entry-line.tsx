"use client";

import { CornerDownLeft, MessageSquare, Search, TextQuote, Zap } from "lucide-react";
import { useFormatter, useNow } from "next-intl";
import { ShortcutKeys } from "@/components/shortcut-keys";
import { Snippet } from "@/components/snippet";
import type { Entry } from "./entries";

const icons = { command: Zap, conversation: MessageSquare, message: TextQuote, search: Search };

/** What a line of the palette says. */
export function EntryLine({ entry }: { entry: Entry }) {
  const Icon = icons[entry.kind];
  return (
    <>
      <Icon className="size-4 shrink-0 text-soft" aria-hidden />
      {entry.kind === "message" ? (
        <span className="min-w-0 flex-1">
          <span dir="auto" className="block truncate text-xs text-soft">
            {entry.hit.title}
          </span>
          <span dir="auto" className="line-clamp-2 break-words">
            <Snippet snippet={entry.hit.snippet} />
          </span>
        </span>
      ) : (
        <span dir="auto" className="min-w-0 flex-1 truncate text-match">
          {entry.title}
        </span>
      )}
      <EntryEnd entry={entry} />
      <CornerDownLeft
        className="size-3.5 shrink-0 text-soft opacity-0 group-data-highlighted:opacity-100 rtl:-scale-x-100 pointer-coarse:hidden"
        aria-hidden
      />
    </>
  );
}

function EntryEnd({ entry }: { entry: Entry }) {
  const format = useFormatter();
  const now = useNow();
  if (entry.kind === "command") return <ShortcutKeys id={entry.command.id} />;
  if (entry.kind === "search") return <ShortcutKeys id="search" />;
  const at = entry.kind === "message" ? entry.hit.created_at : entry.conversation.updated_at;
  return <span className="shrink-0 text-xs text-soft">{format.relativeTime(new Date(at), now)}</span>;
}
