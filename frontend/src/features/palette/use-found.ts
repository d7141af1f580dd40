"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { findConversations } from "@/lib/api-client";
import { searchMessages } from "@/lib/search-client";
import type { ConversationSummary } from "@/lib/protocol/rest";
import type { SearchHit } from "@/lib/protocol/search";

/** Somebody who types fast means what it comes to. */
const pauseMs = 150;
const most = 20;
/** Titles are among them. */
const fewHits = 10;
const none: readonly ConversationSummary[] = [];
const noHits: readonly SearchHit[] = [];

export interface Found {
  conversations: readonly ConversationSummary[];
  hits: readonly SearchHit[];
  searching: boolean;
  failed: boolean;
}

/** The titles and the messages that hold what was typed, over all conversations that the server has. */
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
  const messages = useQuery({
    queryKey: ["search-few", asked],
    queryFn: ({ signal }) =>
      searchMessages(new URLSearchParams({ q: asked, limit: String(fewHits) }), signal),
    enabled: asked !== "" && wanted !== "",
    placeholderData: keepPreviousData,
    staleTime: 10_000,
    retry: false,
  });
  if (wanted === "") return { conversations: none, hits: noHits, searching: false, failed: false };
  return {
    conversations: data ?? none,
    hits: messages.data?.hits ?? noHits,
    searching: isFetching || asked !== wanted,
    failed: isError || fetchStatus === "paused",
  };
}
