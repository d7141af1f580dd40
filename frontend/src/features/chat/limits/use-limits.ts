"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { getLimits } from "@/lib/api-client";
import { useSocket } from "@/lib/socket/socket-context";
import type { ServerEvent } from "@/lib/protocol/events";
import type { Limits } from "@/lib/protocol/limits";
import { useNow } from "@/lib/use-now";
import { isRefilling } from "./limits";

const key = ["limits"];
/** Many events come at once; one question answers them. */
const togetherMs = 300;

/** The provider answered somebody: a reply begins or ends, here or in another tab. */
function tellsOfAnAnswer(event: ServerEvent): boolean {
  if ("status" in event) return event.status !== "streaming" && event.message_id !== undefined;
  return event.type === "conversation";
}

/** Asks for the limits again when the provider has answered. Once for the page. */
export function useLiveLimits(): void {
  const socket = useSocket();
  const client = useQueryClient();
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const begun = new Set<number>();
    const ask = () => {
      timer ??= setTimeout(() => {
        timer = undefined;
        void client.invalidateQueries({ queryKey: key });
      }, togetherMs);
    };
    const end = socket.onEvent((event) => {
      if ("status" in event && event.message_id !== undefined) {
        const hasText = event.status === "streaming" && (event.text !== "" || event.reasoning !== undefined);
        if (hasText && !begun.has(event.message_id)) {
          begun.add(event.message_id);
          ask();
        }
        if (event.status !== "streaming") begun.delete(event.message_id);
      }
      if (tellsOfAnAnswer(event)) ask();
    });
    return () => {
      end();
      clearTimeout(timer);
    };
  }, [socket, client]);
}

/** The limits of a model, and how long ago the server said so; undefined where the provider tells none. */
export function useLimits(model: string | undefined): { limits: Limits; afterMs: number } | undefined {
  const { data, dataUpdatedAt } = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => getLimits(signal),
    staleTime: 10_000,
  });
  const limits = data?.find((one) => one.model === model);
  const now = useNow(500, limits !== undefined && isRefilling(limits, 0));
  if (!limits || (!limits.requests && !limits.tokens)) return undefined;
  return { limits, afterMs: Math.max(0, now - dataUpdatedAt) };
}
