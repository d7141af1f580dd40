"use client";

import { useQuery } from "@tanstack/react-query";
import { getTags } from "@/lib/order-api";
import type { Tag } from "@/lib/protocol/kept";
import { tagsKey } from "./keys";

const none: readonly Tag[] = [];

/** All tags by name; none while they are not known. */
export function useTags(): readonly Tag[] {
  const { data } = useQuery({
    queryKey: tagsKey,
    queryFn: ({ signal }) => getTags(signal),
    networkMode: "always",
  });
  return data ?? none;
}
