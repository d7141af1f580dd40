"use client";

import { Ellipsis, Pencil, Pin, Trash2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { useRef, useState } from "react";
import { Menu, MenuItem, MenuSeparator } from "@/components/ui/menu";
import { cn } from "@/lib/cn";
import { conversationHref, followInPage } from "@/lib/navigation";
import type { ConversationSummary } from "@/lib/protocol/rest";
import { KeepItems } from "./keep-items";
import { RenameField } from "./rename-field";
import type { Keep } from "./use-keep";

export interface ConversationItemProps {
  conversation: ConversationSummary;
  active: boolean;
  keep: Pick<Keep, "pin" | "archive">;
  onRename: (title: string) => void;
  onDelete: () => void;
}

export function ConversationItem({ conversation, active, keep, onRename, onDelete }: ConversationItemProps) {
  const t = useTranslations("conversations");
  const [renaming, setRenaming] = useState(false);
  const link = useRef<HTMLAnchorElement>(null);
  const { id, title, growing, pinned, tags } = conversation;

  const renamed = (next: string | null) => {
    setRenaming(false);
    if (next !== null && next !== title) onRename(next);
    requestAnimationFrame(() => link.current?.focus());
  };

  if (renaming) return <RenameField title={title} onDone={renamed} />;
  return (
    <div
      data-testid="conversation-item"
      data-conversation-id={id}
      className={cn("group relative rounded-lg transition-colors", active ? "bg-hover" : "hover:bg-hover")}
    >
      <a
        ref={link}
        href={conversationHref(id)}
        onClick={followInPage}
        onDoubleClick={() => setRenaming(true)}
        aria-current={active ? "page" : undefined}
        title={title}
        className={cn("flex items-center gap-2 rounded-lg py-2 ps-3 pe-10 text-sm", active && "font-medium")}
      >
        <span className="min-w-0 flex-1">
          <span dir="auto" className="block truncate text-match">
            {title}
          </span>
          {tags && (
            <span
              data-testid="tags"
              dir="auto"
              className="block truncate text-match text-xs font-normal text-soft"
            >
              {tags.join(" · ")}
            </span>
          )}
        </span>
        {pinned && (
          <span data-testid="pinned" title={t("pinned")} className="flex shrink-0 text-soft">
            <Pin className="size-3.5" aria-hidden />
            <span className="sr-only">{t("pinned")}</span>
          </span>
        )}
        {growing && (
          <span data-testid="growing" title={t("growing")} className="flex shrink-0">
            <span className="breathe size-2 rounded-full bg-accent" aria-hidden />
            <span className="sr-only">{t("growing")}</span>
          </span>
        )}
      </a>
      <Menu
        trigger={
          <button
            type="button"
            aria-label={t("optionsFor", { title })}
            data-testid="conversation-options"
            className="absolute end-1 top-1/2 flex size-8 -translate-y-1/2 items-center justify-center rounded-md text-soft opacity-0 group-focus-within:opacity-100 group-hover:opacity-100 hover:text-ink data-popup-open:opacity-100 pointer-coarse:opacity-100"
          >
            <Ellipsis className="size-4" aria-hidden />
          </button>
        }
      >
        <MenuItem icon={Pencil} onClick={() => setRenaming(true)}>
          {t("rename")}
        </MenuItem>
        <KeepItems conversation={conversation} keep={keep} />
        <MenuSeparator />
        <MenuItem icon={Trash2} danger onClick={onDelete}>
          {t("delete")}
        </MenuItem>
      </Menu>
    </div>
  );
}
