"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { ApiError, getFigures } from "@/lib/api-client";
import type { Figures } from "@/lib/protocol/figures";

const freshMs = 30_000;

/** The days of this browser; of its offset now where the server does not know its zone by name. */
async function load(days: number, signal: AbortSignal): Promise<Figures> {
  try {
    const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    return await getFigures(days, `time_zone=${encodeURIComponent(zone)}`, signal);
  } catch (error) {
    if (!(error instanceof ApiError && error.status === 422)) throw error;
    return getFigures(days, `utc_offset=${-new Date().getTimezoneOffset()}`, signal);
  }
}

/** The figures of so many days; those of the period before stay while others are asked for. */
export function useFigures(days: number) {
  return useQuery({
    queryKey: ["figures", days],
    queryFn: ({ signal }) => load(days, signal),
    placeholderData: keepPreviousData,
    staleTime: 5_000,
    refetchInterval: freshMs,
  });
}
