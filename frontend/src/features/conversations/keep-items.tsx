"use client";

import { Archive, Pin, Tag } from "lucide-react";
import { useTranslations } from "next-intl";
import { MenuItem } from "@/components/ui/menu";
import type { Kept } from "@/lib/protocol/kept";
import { changeTags } from "./list-view";
import type { Keep, Keepable } from "./use-keep";

export interface KeepItemsProps {
  conversation: Keepable & Kept;
  keep: Pick<Keep, "pin" | "archive">;
  /** Whether the keys are shown: they are those of what is shown. */
  keys?: boolean;
}

/** What a menu has of how a conversation is kept. */
export function KeepItems({ conversation, keep, keys = false }: KeepItemsProps) {
  const t = useTranslations("conversations");
  const { pinned = false, archived = false, tags = [] } = conversation;
  const commandId = (id: string) => (keys ? id : undefined);
  return (
    <>
      <MenuItem icon={Pin} commandId={commandId("pin")} onClick={() => keep.pin(conversation, !pinned)}>
        {t(pinned ? "unpin" : "pin")}
      </MenuItem>
      <MenuItem
        icon={Tag}
        commandId={commandId("tags")}
        onClick={() => changeTags({ ...conversation, tags })}
      >
        {t("tags")}
      </MenuItem>
      <MenuItem
        icon={Archive}
        commandId={commandId("archive")}
        onClick={() => keep.archive(conversation, !archived)}
      >
        {t(archived ? "unarchive" : "archive")}
      </MenuItem>
    </>
  );
}
