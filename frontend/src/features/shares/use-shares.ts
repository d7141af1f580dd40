"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import { addShare, getShares, revokeShare } from "@/lib/api-client";
import type { NewShare, Share } from "@/lib/protocol/rest";

const none: readonly Share[] = [];

function keyOf(conversationId: number) {
  return ["shares", conversationId] as const;
}

/** At which addresses a conversation is shared, newest first; asked for each time that somebody looks. */
export function useShares(conversationId: number): {
  shares: readonly Share[];
  state: "loading" | "failed" | "ready";
  retry: () => void;
} {
  const { data, isError, refetch } = useQuery({
    queryKey: keyOf(conversationId),
    queryFn: ({ signal }) => getShares(conversationId, signal),
    staleTime: 0,
  });
  const state = data ? "ready" : isError ? "failed" : "loading";
  return { shares: data ?? none, state, retry: () => void refetch() };
}

/** Both throw what the server says where it does not do it. */
export function useShareChanges(conversationId: number) {
  const client = useQueryClient();
  return useMemo(() => {
    const change = (update: (known: readonly Share[]) => Share[]) =>
      client.setQueryData<Share[]>(keyOf(conversationId), (known) => update(known ?? []));
    const add = async (): Promise<NewShare> => {
      const made = await addShare(conversationId);
      const { id, title, created_at } = made;
      change((known) => [{ id, title, created_at }, ...known]);
      return made;
    };
    /** Without an id: all of them. */
    const revoke = async (id?: number): Promise<void> => {
      await revokeShare(conversationId, id);
      change((known) => (id === undefined ? [] : known.filter((share) => share.id !== id)));
    };
    return { add, revoke };
  }, [client, conversationId]);
}
