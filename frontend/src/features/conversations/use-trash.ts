"use client";

import { useInfiniteQuery, useQueryClient, type InfiniteData } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { toast } from "@/lib/toast";
import { ApiError } from "@/lib/api-client";
import { offlineCopies } from "@/lib/offline/copies";
import { restoreConversation } from "@/lib/order-api";
import type { Trashed } from "@/lib/protocol/kept";
import { emptyTrash, listTrash, purgeConversation, type TrashPage } from "@/lib/trash-api";
import { trashKey } from "./keys";
import { putInLists } from "./lists";

const pageSize = 50;

type TrashData = InfiniteData<TrashPage, string>;

export function useTrash() {
  return useInfiniteQuery({
    queryKey: trashKey,
    queryFn: ({ pageParam, signal }) => listTrash(pageSize, pageParam, signal),
    initialPageParam: "",
    getNextPageParam: (last) => last.next,
    // Other tabs and time change it.
    staleTime: 0,
  });
}

/** What was taken out elsewhere is out. */
function unlessGone(error: unknown): void {
  if (!(error instanceof ApiError && error.status === 404)) throw error;
}

/** What can be done to what is in the trash: shown at once, taken back where the server does not do it. */
export function useTrashChanges() {
  const client = useQueryClient();
  const t = useTranslations("conversations.trash");
  return useMemo(() => {
    const take = (fits: (item: Trashed) => boolean) =>
      client.setQueryData<TrashData>(
        trashKey,
        (data) =>
          data && {
            ...data,
            pages: data.pages.map((page) => ({ ...page, items: page.items.filter((item) => !fits(item)) })),
          },
      );
    const during = async (doing: Promise<void>, failed: (why: string) => string) => {
      try {
        await doing;
      } catch (error) {
        toast.error(failed(error instanceof Error ? error.message : ""));
      }
      await client.invalidateQueries({ queryKey: trashKey });
    };
    return {
      restore: ({ id, title }: Trashed) => {
        take((item) => item.id === id);
        const restoring = restoreConversation(id).then((restored) => {
          offlineCopies.found(id);
          putInLists(client, restored);
          toast.success(t("restored", { title }));
        }, unlessGone);
        return during(restoring, (why) => t("notRestored", { title, why }));
      },
      purge: ({ id, title }: Trashed) => {
        take((item) => item.id === id);
        void offlineCopies.forget(id);
        return during(purgeConversation(id).catch(unlessGone), (why) => t("notPurged", { title, why }));
      },
      empty: () => {
        take((item) => {
          void offlineCopies.forget(item.id);
          return true;
        });
        return during(emptyTrash(), (why) => t("notEmptied", { why }));
      },
    };
  }, [client, t]);
}
