"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { toast } from "@/lib/toast";
import { say } from "@/i18n/spoken";
import { changeTool, getTools } from "@/lib/api-client";
import type { Tools } from "@/lib/protocol/rest";

const queryKey = ["tools"];
const whileConnecting = 2000;

/** The tools while `open`; a server that is connecting is looked at again. */
export function useTools(open: boolean): Tools | undefined {
  const { data } = useQuery({
    queryKey,
    queryFn: ({ signal }) => getTools(signal),
    enabled: open,
    staleTime: 0,
    refetchInterval: ({ state }) =>
      state.data?.servers.some((server) => server.state !== "ready") ? whileConnecting : false,
  });
  return data;
}

/** Changes a tool's switches; what is shown changes at once and goes back where it could not be saved. */
export function useChangeTool() {
  const client = useQueryClient();
  const { mutate } = useMutation({
    mutationFn: ({ name, ...change }: { name: string; enabled?: boolean; always_allowed?: boolean }) =>
      changeTool(name, change),
    onMutate: ({ name, enabled, always_allowed: always }) =>
      client.setQueryData<Tools>(
        queryKey,
        (known) =>
          known && {
            ...known,
            tools: known.tools.map((tool) =>
              tool.name === name
                ? {
                    ...tool,
                    enabled: enabled ?? tool.enabled,
                    always_allowed: always ?? tool.always_allowed,
                  }
                : tool,
            ),
          },
      ),
    onError: () => toast.error(say("tools")("notSaved")),
    onSettled: () => client.invalidateQueries({ queryKey }),
  });
  return mutate;
}
