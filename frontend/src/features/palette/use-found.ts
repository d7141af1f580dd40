"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { findConversations } from "@/lib/api-client";
import type { ConversationSummary } from "@/lib/protocol/rest";

/** Somebody who types fast means what it comes to. */
const pauseMs = 150;
const most = 20;
const none: readonly ConversationSummary[] = [];

export interface Found {
  conversations: readonly ConversationSummary[];
  searching: boolean;
  failed: boolean;
}

/** The titles that hold what was typed, over all conversations that the server has. */
export function useFound(typed: string): Found {
  const [asked, setAsked] = useState("");
  const wanted = typed.trim();
  useEffect(() => {
    const timer = setTimeout(() => setAsked(wanted), pauseMs);
    return () => clearTimeout(timer);
  }, [wanted]);
  const { data, isFetching, isError, fetchStatus } = useQuery({
    queryKey: ["titles", asked],
    queryFn: ({ signal }) => findConversations(asked, most, signal),
    enabled: asked !== "" && wanted !== "",
    placeholderData: keepPreviousData,
    staleTime: 10_000,
    retry: false,
  });
  if (wanted === "") return { conversations: none, searching: false, failed: false };
  return {
    conversations: data ?? none,
    searching: isFetching || asked !== wanted,
    failed: isError || fetchStatus === "paused",
  };
}
