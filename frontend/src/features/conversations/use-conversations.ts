"use client";

import { useInfiniteQuery, useMutation, useQueryClient, type QueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { toast } from "sonner";
import { ApiError, deleteConversation, listConversations, renameConversation } from "@/lib/api-client";
import { useSocket } from "@/lib/socket/socket-context";
import { applyListEvent, withTitle, without, type ListData } from "./list-state";

const key = ["conversations"];
const pageSize = 50;

export function useConversations() {
  return useInfiniteQuery({
    queryKey: key,
    queryFn: ({ pageParam, signal }) => listConversations(pageSize, pageParam, signal),
    initialPageParam: 0,
    getNextPageParam: (last, pages) =>
      last.items.length < pageSize ? undefined : pages.reduce((count, page) => count + page.items.length, 0),
  });
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
    });
    return () => {
      endStates();
      endEvents();
    };
  }, [socket, client, loadedAt]);
}

export function useRename() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, title }: { id: number; title: string }) => renameConversation(id, title),
    onMutate: ({ id, title }) => change(client, (data) => withTitle(data, id, title)),
    onError: (error) => {
      toast.error(`The title was not saved. ${error.message}`);
      void client.invalidateQueries({ queryKey: key });
    },
  });
}

/** What another tab deleted meanwhile is deleted. */
async function deleteOnce(id: number): Promise<void> {
  try {
    await deleteConversation(id);
  } catch (error) {
    if (!(error instanceof ApiError && error.status === 404)) throw error;
  }
}

export function useDelete() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: deleteOnce,
    onSuccess: (_, id) => change(client, (data) => without(data, id)),
    onError: (error) => toast.error(`The conversation was not deleted. ${error.message}`),
  });
}
