"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { toast } from "@/lib/toast";
import { offerUndo } from "@/components/ui/undo-toast";
import { changeConversation } from "@/lib/api-client";
import type { Kept } from "@/lib/protocol/kept";
import { tagsKey } from "./keys";
import { findLoaded, putInLists } from "./lists";

export interface Keepable {
  id: number;
  title: string;
}

export interface Keep {
  pin: (conversation: Keepable, pinned: boolean) => void;
  /** Offers to take it back. */
  archive: (conversation: Keepable, archived: boolean) => void;
  tag: (conversation: Keepable, tags: string[]) => void;
}

/** Keeps conversations in order: shown at once, taken back where the server does not take it. */
export function useKeep(): Keep {
  const client = useQueryClient();
  const t = useTranslations("conversations");
  const undoWords = useTranslations("common")("undo");
  return useMemo(() => {
    const change = async <Name extends keyof Kept>(
      { id, title }: Keepable,
      name: Name,
      value: NonNullable<Kept[Name]>,
    ) => {
      const before = findLoaded(client, id);
      if (before) putInLists(client, { ...before, [name]: value });
      try {
        await changeConversation(id, { [name]: value });
        // Pins are counted nowhere.
        if (name !== "pinned") void client.invalidateQueries({ queryKey: tagsKey });
      } catch (error) {
        if (before) putInLists(client, { ...(findLoaded(client, id) ?? before), [name]: before[name] });
        toast.error(t("notKept", { title, why: error instanceof Error ? error.message : "" }));
      }
    };
    const archive = (conversation: Keepable, archived: boolean) => {
      void change(conversation, "archived", archived);
      const words = t(archived ? "archived" : "unarchived", { title: conversation.title });
      offerUndo({ words, undoWords, undo: () => void change(conversation, "archived", !archived) });
    };
    return {
      pin: (conversation, pinned) => void change(conversation, "pinned", pinned),
      archive,
      tag: (conversation, tags) => void change(conversation, "tags", tags),
    };
  }, [client, t, undoWords]);
}
