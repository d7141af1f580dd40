"use client";

import { ChevronDown, Link2, Pencil, Share2, TextSearch, Trash2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { useCallback, useMemo, useRef, useState, type ReactNode } from "react";
import { toast } from "@/lib/toast";
import { Menu, MenuItem, MenuSeparator } from "@/components/ui/menu";
import { runCommand, useAllCommands, useCommands } from "@/lib/commands";
import { focusWhereLost, mainField } from "@/lib/focus";
import { conversationHref } from "@/lib/navigation";
import type { Kept } from "@/lib/protocol/kept";
import { KeepItems } from "./keep-items";
import { changeTags } from "./list-view";
import { RenameField } from "./rename-field";
import { useRename } from "./use-conversations";
import { useDelete } from "./use-delete";
import { useKeep } from "./use-keep";

export interface TitleMenuProps {
  id: number;
  title: string;
  /** How it is kept. */
  kept: Kept;
  /** Items of other features. */
  children?: ReactNode;
}

/** The title of what is shown, and all that can be done to it. */
export function TitleMenu({ id, title, kept, children }: TitleMenuProps) {
  const t = useTranslations("conversations");
  const find = useTranslations("find");
  const [renaming, setRenaming] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const { mutate: rename } = useRename();
  const removeAny = useDelete();
  const remove = useCallback(() => {
    removeAny({ id, title });
    focusWhereLost(mainField);
  }, [removeAny, id, title]);
  const keep = useKeep();
  const { pinned = false, archived = false } = kept;
  const copyLink = useCallback(() => {
    const link = new URL(conversationHref(id), window.location.origin).href;
    navigator.clipboard.writeText(link).then(
      () => toast.success(t("linkCopied")),
      () => toast.error(t("linkNotCopied")),
    );
  }, [id, t]);
  useCommands(
    useMemo(() => {
      const shared = { keywords: t("keywords"), group: t("group") };
      return [
        { id: "rename", title: t("rename"), ...shared, run: () => setRenaming(true) },
        {
          id: "pin",
          title: t(pinned ? "unpin" : "pin"),
          ...shared,
          run: () => keep.pin({ id, title }, !pinned),
        },
        {
          id: "tags",
          title: t("tags"),
          ...shared,
          run: () => changeTags({ id, title, tags: kept.tags ?? [] }),
        },
        {
          id: "archive",
          title: t(archived ? "unarchive" : "archive"),
          ...shared,
          run: () => keep.archive({ id, title }, !archived),
        },
        { id: "copy-link", title: t("copyLink"), ...shared, run: copyLink },
        { id: "delete", title: t("delete"), ...shared, run: remove },
      ];
    }, [t, copyLink, remove, keep, id, title, pinned, archived, kept.tags]),
  );

  const share = useAllCommands().find((command) => command.id === "share");

  const renamed = (next: string | null) => {
    setRenaming(false);
    if (next !== null && next !== title) rename({ id, title: next });
    focusWhereLost(() => button.current);
  };

  if (renaming) {
    return (
      <div className="min-w-0 flex-1 px-1">
        <div className="max-w-md">
          <RenameField title={title} onDone={renamed} />
        </div>
      </div>
    );
  }
  return (
    <h1 className="flex min-w-0 flex-1">
      <Menu
        label={t("optionsFor", { title })}
        trigger={
          <button
            ref={button}
            type="button"
            data-testid="title-menu"
            className="flex h-9 min-w-0 items-center gap-1.5 rounded-lg px-2 text-sm font-medium transition-colors hover:bg-hover data-popup-open:bg-hover"
          >
            <span data-testid="chat-title" dir="auto" className="truncate">
              {title}
            </span>
            <ChevronDown className="size-3.5 shrink-0 text-soft" aria-hidden />
            <span className="sr-only">{t("optionsHint")}</span>
          </button>
        }
      >
        <MenuItem icon={Pencil} commandId="rename" onClick={() => setRenaming(true)}>
          {t("rename")}
        </MenuItem>
        <MenuItem icon={Link2} onClick={copyLink}>
          {t("copyLink")}
        </MenuItem>
        {share && (
          <MenuItem icon={Share2} onClick={share.run}>
            {share.title}
          </MenuItem>
        )}
        {children}
        <MenuSeparator />
        {/* A moment later: its field takes the focus after the menu has given it back. */}
        <MenuItem icon={TextSearch} commandId="find" onClick={() => setTimeout(() => runCommand("find"), 0)}>
          {find("command")}
        </MenuItem>
        <KeepItems conversation={{ id, title, ...kept }} keep={keep} keys />
        <MenuSeparator />
        <MenuItem icon={Trash2} danger commandId="delete" onClick={remove}>
          {t("delete")}
        </MenuItem>
      </Menu>
    </h1>
  );
}
