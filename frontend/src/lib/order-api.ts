import { request, type ConversationPage } from "./api-client";
import type { Tag } from "./protocol/kept";
import type { ConversationSummary } from "./protocol/rest";

/** Which conversations: the archived ones or the others, and only those with a tag. */
export interface ListFilter {
  archived: boolean;
  tag: string | null;
}

const mostPinned = 100;

/** A page of the list; `cursor` empty: the first. */
export async function listConversations(
  { archived, tag }: ListFilter,
  limit: number,
  cursor: string,
  signal?: AbortSignal,
): Promise<ConversationPage> {
  const query = new URLSearchParams({ limit: String(limit), cursor });
  if (archived) query.set("archived", "true");
  if (tag !== null) query.set("tag", tag);
  const response = await request(`/conversations?${query}`, { signal });
  const items = (await response.json()) as ConversationSummary[];
  const next = response.headers.get("X-Next-Cursor") ?? undefined;
  return { items, revision: Number(response.headers.get("X-Revision") ?? 0), more: next !== undefined, next };
}

export async function listPinned(signal?: AbortSignal): Promise<ConversationSummary[]> {
  const response = await request(`/conversations?limit=${mostPinned}&pinned=true`, { signal });
  return (await response.json()) as ConversationSummary[];
}

/** To the trash. */
export async function deleteConversation(id: number): Promise<void> {
  await request(`/conversations/${id}`, { method: "DELETE" });
}

export async function restoreConversation(id: number): Promise<ConversationSummary> {
  return (await (await request(`/trash/${id}/restore`, { method: "POST" })).json()) as ConversationSummary;
}

export async function getTags(signal?: AbortSignal): Promise<Tag[]> {
  return (await (await request("/tags", { signal })).json()) as Tag[];
}
