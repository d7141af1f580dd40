"use client";

import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { toast } from "@/lib/toast";
import { renameConversation, type ConversationPage } from "@/lib/api-client";
import { offlineCopies } from "@/lib/offline/copies";
import { listWithCopy } from "@/lib/offline/with-copies";
import { listConversations, listPinned, type ListFilter } from "@/lib/order-api";
import type { ConversationSummary } from "@/lib/protocol/rest";
import { conversationsKey, conversationsOf, listKey, withTitle, type ListData } from "./list-state";
import { everything } from "./list-view";
import { changeLists } from "./lists";

const pageSize = 50;

/** The list's first page with all that is pinned. */
async function loadFirst(signal: AbortSignal): Promise<ConversationPage> {
  const [page, pinned] = await Promise.all([
    listConversations(everything, pageSize, "", signal),
    listPinned(signal),
  ]);
  return { ...page, pinned };
}

export function useConversations(filter: ListFilter = everything) {
  const client = useQueryClient();
  const key = listKey(filter);
  const isWhole = !filter.archived && filter.tag === null;
  return useInfiniteQuery({
    queryKey: key,
    queryFn: ({ pageParam, signal }) => {
      if (pageParam !== "" || !isWhole) return listConversations(filter, pageSize, pageParam, signal);
      return listWithCopy(
        () => loadFirst(signal),
        offlineCopies,
        (page) => client.setQueryData<ListData>(key, (data) => data ?? { pages: [page], pageParams: [""] }),
      );
    },
    // A server on this machine needs no network.
    networkMode: "always",
    initialPageParam: "",
    getNextPageParam: (last) => last.next,
  });
}

/** Those of the list that are loaded, latest first. */
export function useLoadedConversations(): ConversationSummary[] {
  const { data } = useConversations();
  return useMemo(() => conversationsOf(data), [data]);
}

export function useRename() {
  const client = useQueryClient();
  const t = useTranslations("conversations");
  return useMutation({
    mutationFn: ({ id, title }: { id: number; title: string }) => renameConversation(id, title),
    onMutate: ({ id, title }) => changeLists(client, (data) => withTitle(data, id, title)),
    onError: (error) => {
      toast.error(t("notRenamed", { why: error.message }));
      void client.invalidateQueries({ queryKey: conversationsKey });
    },
  });
}
