"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useCallback, useEffect } from "react";
import { toast } from "@/lib/toast";
import { offerUndo } from "@/components/ui/undo-toast";
import { ApiError, deleteConversation } from "@/lib/api-client";
import { focusWhereLost, mainField } from "@/lib/focus";
import { conversationHref, goTo, shownConversation, shownPage } from "@/lib/navigation";
import { offered, sent, settled, stillOffered } from "./deleting";
import { changeLeaving, leaving } from "./leaving-store";
import { conversationsKey, without, type ListData } from "./list-state";

/** What another tab deleted meanwhile is deleted. */
async function deleteOnce(id: number): Promise<void> {
  try {
    await deleteConversation(id);
  } catch (error) {
    if (!(error instanceof ApiError && error.status === 404)) throw error;
  }
}

export interface Deletable {
  id: number;
  title: string;
}

/** Takes a conversation out of sight at once, and tells the server when the time for second thoughts is over. */
export function useDelete(): (conversation: Deletable) => void {
  const client = useQueryClient();
  const t = useTranslations("conversations");
  const undoWords = useTranslations("common")("undo");
  return useCallback(
    ({ id, title }) => {
      if (!changeLeaving(offered, id)) return;
      const shown = shownPage() === "chat" && shownConversation() === id;
      if (shown) goTo(conversationHref(null), "replace");
      const undo = () => {
        if (leaving().get(id) !== "offered") return;
        changeLeaving(settled, id);
        if (shown && shownPage() === "chat" && shownConversation() === null) goTo(conversationHref(id));
        focusWhereLost(mainField);
      };
      const send = async () => {
        if (!changeLeaving(sent, id)) return;
        try {
          await deleteOnce(id);
          client.setQueryData<ListData>(conversationsKey, (data) => data && without(data, id));
        } catch (error) {
          toast.error(t("notDeleted", { title, why: error instanceof Error ? error.message : "" }));
        }
        changeLeaving(settled, id);
      };
      offerUndo({ words: t("deleted", { title }), undoWords, undo, onGone: () => void send() });
    },
    [client, t, undoWords],
  );
}

/** Whoever closes the page has no second thoughts any more. */
export function useDeleteOnLeave(): void {
  useEffect(() => {
    const leave = () => {
      const ids = stillOffered(leaving());
      for (const id of ids) {
        changeLeaving(sent, id);
        deleteConversation(id, true).catch(() => undefined);
      }
      // A page that comes back out of the browser's memory has nothing to offer.
      if (ids.length > 0) toast.dismiss();
    };
    window.addEventListener("pagehide", leave);
    return () => window.removeEventListener("pagehide", leave);
  }, []);
}
