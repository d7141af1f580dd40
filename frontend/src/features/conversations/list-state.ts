import type { ConversationPage } from "@/lib/api-client";
import type { ServerEvent } from "@/lib/protocol/events";
import type { ConversationSummary } from "@/lib/protocol/rest";

export const conversationsKey = ["conversations"];

export interface ListData {
  pages: ConversationPage[];
  pageParams: unknown[];
}

/** The list after an event: a conversation that changed goes where its last activity puts it. Pure. */
export function applyListEvent(data: ListData, event: ServerEvent): ListData {
  if (!("type" in event)) return data;
  if (event.type === "conversation") return upsert(without(data, event.conversation.id), event.conversation);
  if (event.type === "conversation_deleted") return without(data, event.conversation_id);
  return data;
}

export function conversationsOf(data: ListData | undefined): ConversationSummary[] {
  const seen = new Set<number>();
  const all = data?.pages.flatMap((page) => page.items) ?? [];
  return all.filter(({ id }) => !seen.has(id) && seen.add(id));
}

export function without(data: ListData, id: number): ListData {
  return mapItems(data, (items) => items.filter((item) => item.id !== id));
}

export function withTitle(data: ListData, id: number, title: string): ListData {
  return mapItems(data, (items) => items.map((item) => (item.id === id ? { ...item, title } : item)));
}

/** One that is older than all that are loaded comes with those around it. */
function upsert(data: ListData, conversation: ConversationSummary): ListData {
  let placed = false;
  const pages = data.pages.map((page, index) => {
    if (placed) return page;
    const at = page.items.findIndex((item) => isLater(conversation, item));
    const isEnd = at < 0 && index === data.pages.length - 1 && !page.more;
    if (at < 0 && !isEnd) return page;
    placed = true;
    const items = [...page.items];
    items.splice(at < 0 ? items.length : at, 0, conversation);
    return { ...page, items };
  });
  return { ...data, pages };
}

function isLater(a: ConversationSummary, b: ConversationSummary): boolean {
  return a.updated_at > b.updated_at || (a.updated_at === b.updated_at && a.id > b.id);
}

function mapItems(data: ListData, update: (items: ConversationSummary[]) => ConversationSummary[]): ListData {
  return { ...data, pages: data.pages.map((page) => ({ ...page, items: update(page.items) })) };
}
