"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useCallback } from "react";
import { toast } from "@/lib/toast";
import { offerUndo } from "@/components/ui/undo-toast";
import { ApiError } from "@/lib/api-client";
import { focusWhereLost, mainField } from "@/lib/focus";
import { conversationHref, goTo, shownConversation, shownPage } from "@/lib/navigation";
import { offlineCopies } from "@/lib/offline/copies";
import { deleteConversation, restoreConversation } from "@/lib/order-api";
import { trashKey } from "./keys";
import { findLoaded, putInLists, takeFromLists } from "./lists";
import type { Keepable } from "./use-keep";

/** What another tab deleted meanwhile is deleted. */
async function deleteOnce(id: number): Promise<void> {
  try {
    await deleteConversation(id);
  } catch (error) {
    if (!(error instanceof ApiError && error.status === 404)) throw error;
  }
}

/** Moves a conversation to the trash, and offers to take it out again; both are shown at once. */
export function useDelete(): (conversation: Keepable) => void {
  const client = useQueryClient();
  const t = useTranslations("conversations");
  const undoWords = useTranslations("common")("undo");
  return useCallback(
    ({ id, title }) => {
      const known = findLoaded(client, id);
      const shown = shownPage() === "chat" && shownConversation() === id;
      const putBack = () => known && putInLists(client, known);
      const goBack = () => {
        if (shown && shownPage() === "chat" && shownConversation() === null) goTo(conversationHref(id));
        focusWhereLost(mainField);
      };
      const complain = (words: "notDeleted" | "notRestored") => (error: unknown) =>
        toast.error(t(words, { title, why: error instanceof Error ? error.message : "" }));

      takeFromLists(client, id);
      if (shown) goTo(conversationHref(null), "replace");
      const deleted = deleteOnce(id);
      deleted
        .then(() => offlineCopies.forget(id))
        .then(() => client.invalidateQueries({ queryKey: trashKey }))
        .catch((error: unknown) => {
          putBack();
          goBack();
          complain("notDeleted")(error);
        });
      const undo = async () => {
        putBack();
        focusWhereLost(mainField);
        // What could not be deleted is there; that was said already.
        if (!(await deleted.then(() => true).catch(() => false))) return;
        try {
          putInLists(client, await restoreConversation(id));
          offlineCopies.found(id);
          goBack();
        } catch (error) {
          takeFromLists(client, id);
          complain("notRestored")(error);
        }
      };
      offerUndo({ words: t("deleted", { title }), undoWords, undo: () => void undo() });
    },
    [client, t, undoWords],
  );
}
