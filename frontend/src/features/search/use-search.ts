"use client";

import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useEffect, useMemo, useState } from "react";
import { getSearchState, searchMessages } from "@/lib/search-client";
import type { SearchHit } from "@/lib/protocol/search";
import { queryOf, type SearchFilters } from "./filters";

/** Somebody who types fast means what it comes to. */
const pauseMs = 120;
const pageSize = 20;
const stateMs = 3000;

export interface Search {
  hits: readonly SearchHit[];
  /** The words have changed since, or the answer is on its way. */
  searching: boolean;
  failed: boolean;
  hasMore: boolean;
  more: () => void;
  retry: () => void;
}

/** What the server finds, a moment after the last key; what was found before stays until then. */
export function useSearch(typed: string, filters: SearchFilters): Search {
  const wanted = typed.trim() === "" ? "" : typed.replace(/^\s+/, "");
  const [asked, setAsked] = useState(wanted);
  useEffect(() => {
    const timer = setTimeout(() => setAsked(wanted), pauseMs);
    return () => clearTimeout(timer);
  }, [wanted]);
  const answer = useInfiniteQuery({
    queryKey: ["search", asked, filters],
    queryFn: ({ pageParam, signal }) =>
      searchMessages(
        queryOf(asked, filters, { now: new Date(), limit: pageSize, before: pageParam }),
        signal,
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ more }) => more,
    enabled: asked !== "" && wanted !== "",
    placeholderData: keepPreviousData,
    staleTime: 10_000,
    retry: false,
  });
  const { data, isFetching, isError, fetchStatus, hasNextPage, fetchNextPage, refetch } = answer;
  const hits = useMemo(
    () => (wanted === "" ? [] : (data?.pages.flatMap((page) => page.hits) ?? [])),
    [wanted, data],
  );
  return {
    hits,
    searching: wanted !== "" && (isFetching || asked !== wanted),
    failed: wanted !== "" && (isError || fetchStatus === "paused"),
    hasMore: wanted !== "" && hasNextPage,
    more: () => void fetchNextPage(),
    retry: () => void refetch(),
  };
}

/** How many messages cannot be found yet, because the index is still being made. */
export function useWaiting(): number {
  const { data } = useQuery({
    queryKey: ["search-state"],
    queryFn: ({ signal }) => getSearchState(signal),
    refetchInterval: ({ state }) => ((state.data?.waiting ?? 0) > 0 ? stateMs : false),
    staleTime: 0,
    retry: false,
  });
  return data?.waiting ?? 0;
}
