"use client";

import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { getTelemetry } from "../api-client";
import type { Telemetry } from "../protocol/rest";

/** What the server does with spans; undefined until it said so. It is set at the server's start: asked once for the page. */
export function useTelemetry(): Telemetry | undefined {
  return useQuery({
    queryKey: ["telemetry"],
    queryFn: ({ signal }) => getTelemetry(signal),
    staleTime: Infinity,
  }).data;
}

/** Leads from a trace's id to its page in the dashboard; null where no dashboard is known. */
export function useTraceUrl(): ((traceId: string) => string) | null {
  const template = useTelemetry()?.trace_url;
  return useMemo(
    () =>
      template ? (traceId: string) => template.replace("{trace_id}", encodeURIComponent(traceId)) : null,
    [template],
  );
}
