"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { getModels } from "@/lib/api-client";
import { useSocket } from "@/lib/socket/socket-context";

const key = ["models"];

export function useModels() {
  return useQuery({ queryKey: key, queryFn: ({ signal }) => getModels({ signal }) }).data;
}

/** Asks for the list again when the server finds that a model is gone. */
export function useFreshModels(): void {
  const socket = useSocket();
  const client = useQueryClient();
  useEffect(
    () =>
      socket.onEvent((event) => {
        if (!("status" in event)) return;
        const gone = event.status === "error" && event.code === "model_not_found";
        const replaced = event.status === "streaming" && event.notice !== undefined;
        if (!gone && !replaced) return;
        void client.fetchQuery({
          queryKey: key,
          queryFn: ({ signal }) => getModels({ signal, refresh: true }),
          staleTime: 0,
        });
      }),
    [socket, client],
  );
}
