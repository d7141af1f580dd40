import { request } from "./api-client";
import type { Trashed } from "./protocol/kept";

export interface TrashPage {
  items: Trashed[];
  next?: string;
}

export async function listTrash(limit: number, cursor: string, signal?: AbortSignal): Promise<TrashPage> {
  const response = await request(`/trash?${new URLSearchParams({ limit: String(limit), cursor })}`, {
    signal,
  });
  return {
    items: (await response.json()) as Trashed[],
    next: response.headers.get("X-Next-Cursor") ?? undefined,
  };
}

/** For good. */
export async function purgeConversation(id: number): Promise<void> {
  await request(`/trash/${id}`, { method: "DELETE" });
}

export async function emptyTrash(): Promise<void> {
  await request("/trash", { method: "DELETE" });
}
