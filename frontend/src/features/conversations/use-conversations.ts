"use client";

import { useInfiniteQuery, useMutation, useQueryClient, type QueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useEffect, useMemo, useRef } from "react";
import { toast } from "@/lib/toast";
import { listConversations, renameConversation } from "@/lib/api-client";
import type { ConversationSummary } from "@/lib/protocol/rest";
import { offlineCopies } from "@/lib/offline/copies";
import { listKeeper, listWithCopy } from "@/lib/offline/with-copies";
import { useSocket } from "@/lib/socket/socket-context";
import { visible } from "./deleting";
import { useLeaving } from "./leaving-store";
import {
  applyListEvent,
  conversationsKey as key,
  conversationsOf,
  withTitle,
  type ListData,
} from "./list-state";

const pageSize = 50;

export function useConversations() {
  const client = useQueryClient();
  return useInfiniteQuery({
    queryKey: key,
    queryFn: ({ pageParam, signal }) => {
      const load = () => listConversations(pageSize, pageParam, signal);
      if (pageParam > 0) return load();
      return listWithCopy(load, offlineCopies, (page) =>
        client.setQueryData<ListData>(key, (data) => data ?? { pages: [page], pageParams: [0] }),
      );
    },
    // A server on this machine needs no network.
    networkMode: "always",
    initialPageParam: 0,
    getNextPageParam: (last, pages) =>
      last.more ? pages.reduce((count, page) => count + page.items.length, 0) : undefined,
  });
}

/** Those that are loaded, without the ones that were deleted a moment ago; what happens to these still comes in. */
export function useLoadedConversations(): ConversationSummary[] {
  const { data } = useConversations();
  const leaving = useLeaving();
  return useMemo(() => visible(conversationsOf(data), leaving), [data, leaving]);
}

function change(client: QueryClient, update: (data: ListData) => ListData): void {
  client.setQueryData<ListData>(key, (data) => data && update(data));
}

/** Keeps the list live: events are applied as they come, and after a lost connection from where they ended. */
export function useLiveConversations(): void {
  const socket = useSocket();
  const client = useQueryClient();
  const loadedAt = useConversations().dataUpdatedAt;
  const revision = useRef(0);

  useEffect(() => {
    const watch = () => {
      const first = client.getQueryData<ListData>(key)?.pages[0];
      if (first) socket.send({ type: "watch", revision: Math.max(first.revision, revision.current) });
    };
    const keepCopy = listKeeper(() => client.getQueryData<ListData>(key)?.pages[0], offlineCopies);
    if (loadedAt > 0 && revision.current === 0) watch();
    const endStates = socket.onState(({ phase }) => {
      if (phase !== "open") return;
      watch();
      // What failed while the server was away, and what a restart may have changed.
      void client.refetchQueries({ predicate: ({ state }) => state.status === "error" });
      if (revision.current > 0) void client.invalidateQueries({ queryKey: ["models"] });
    });
    const endEvents = socket.onEvent((event) => {
      if (!("type" in event)) return;
      if (event.type === "resync" && event.conversation_id === undefined) {
        revision.current = 0;
        void client.invalidateQueries({ queryKey: key }).then(watch);
      }
      if (event.type === "watching" && event.conversation_id === undefined) revision.current = event.revision;
      if (event.type !== "conversation" && event.type !== "conversation_deleted") return;
      if (event.revision > revision.current) revision.current = event.revision;
      change(client, (data) => applyListEvent(data, event));
      keepCopy();
    });
    return () => {
      endStates();
      endEvents();
    };
  }, [socket, client, loadedAt]);
}

export function useRename() {
  const client = useQueryClient();
  const t = useTranslations("conversations");
  return useMutation({
    mutationFn: ({ id, title }: { id: number; title: string }) => renameConversation(id, title),
    onMutate: ({ id, title }) => change(client, (data) => withTitle(data, id, title)),
    onError: (error) => {
      toast.error(t("notRenamed", { why: error.message }));
      void client.invalidateQueries({ queryKey: key });
    },
  });
}
