"use client";

import { Archive, Bot, MessageSquare, Pin, User } from "lucide-react";
import { useFormatter, useNow, useTranslations } from "next-intl";
import { Snippet } from "@/components/snippet";
import type { SearchHit } from "@/lib/protocol/search";

export function keyOf({ conversation_id, message_id }: SearchHit): string {
  return `${conversation_id}/${message_id ?? "title"}`;
}

/** A hit: where it is, from when, and the words in it. */
export function HitLine({ hit }: { hit: SearchHit }) {
  const t = useTranslations("search");
  const format = useFormatter();
  const now = useNow();
  const at = new Date(hit.created_at);
  const isTitle = hit.message_id === undefined;
  const Icon = isTitle ? MessageSquare : hit.role === "user" ? User : Bot;
  return (
    <div className="flex gap-3">
      <Icon className="mt-0.5 size-4 shrink-0 text-soft" aria-hidden />
      <div className="min-w-0 flex-1">
        <div className="flex items-center gap-2 text-xs text-soft">
          <span className="sr-only">
            {t(isTitle ? "inTitle" : hit.role === "user" ? "byUser" : "byModel")}
          </span>
          <span dir="auto" className="min-w-0 truncate font-medium text-ink">
            {isTitle ? <Snippet snippet={hit.snippet} /> : hit.title}
          </span>
          {hit.pinned && <Pin className="size-3 shrink-0" aria-label={t("pinned")} />}
          {hit.archived && <Archive className="size-3 shrink-0" aria-label={t("archived")} />}
          <time
            dateTime={hit.created_at}
            title={format.dateTime(at, { dateStyle: "medium", timeStyle: "short" })}
            className="ms-auto shrink-0"
          >
            {format.relativeTime(at, now)}
          </time>
        </div>
        <p dir="auto" className="mt-0.5 line-clamp-2 text-sm break-words text-soft">
          {isTitle ? t("inTitle") : <Snippet snippet={hit.snippet} />}
        </p>
      </div>
    </div>
  );
}
