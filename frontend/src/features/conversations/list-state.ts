import type { ConversationPage } from "@/lib/api-client";
import type { ListFilter } from "@/lib/order-api";
import type { ServerEvent } from "@/lib/protocol/events";
import type { ConversationSummary } from "@/lib/protocol/rest";

/** Of all lists. */
export const conversationsKey = ["conversations"];

export function listKey({ archived, tag }: ListFilter): readonly unknown[] {
  return [...conversationsKey, archived, tag];
}

export function filterOf(key: readonly unknown[]): ListFilter {
  return { archived: key[1] === true, tag: typeof key[2] === "string" ? key[2] : null };
}

export interface ListData {
  pages: ConversationPage[];
  pageParams: unknown[];
}

export function sameTag(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

export function hasTag(conversation: ConversationSummary, tag: string): boolean {
  return conversation.tags?.some((name) => sameTag(name, tag)) === true;
}

export function belongs(conversation: ConversationSummary, { archived, tag }: ListFilter): boolean {
  return (conversation.archived === true) === archived && (tag === null || hasTag(conversation, tag));
}

/** The list after an event: a conversation that changed goes where its last activity puts it. Pure. */
export function applyListEvent(data: ListData, event: ServerEvent, filter: ListFilter): ListData {
  if (!("type" in event)) return data;
  if (event.type === "conversation") return put(data, event.conversation, filter);
  if (event.type === "conversation_deleted") return without(data, event.conversation_id);
  return data;
}

/** The list with this conversation in its place, or without it where it belongs elsewhere. */
export function put(data: ListData, conversation: ConversationSummary, filter: ListFilter): ListData {
  const others = without(data, conversation.id);
  if (!belongs(conversation, filter)) return others;
  const placed = insert(others, conversation);
  if (!conversation.pinned) return placed;
  return mapPinned(placed, (pinned) => [...pinned, conversation].sort(latestFirst));
}

/** All that are loaded, latest first. */
export function conversationsOf(data: ListData | undefined): ConversationSummary[] {
  const listed = unique(data?.pages.flatMap((page) => page.items) ?? []);
  const older = (data?.pages[0]?.pinned ?? []).filter(({ id }) => !listed.some((item) => item.id === id));
  return older.length === 0 ? listed : [...listed, ...older].sort(latestFirst);
}

/** The pinned ones, and then the others. */
export function inOrder(conversations: readonly ConversationSummary[]): ConversationSummary[] {
  return [...conversations.filter(({ pinned }) => pinned), ...conversations.filter(({ pinned }) => !pinned)];
}

export function without(data: ListData, id: number): ListData {
  const others = (items: ConversationSummary[]) => items.filter((item) => item.id !== id);
  return mapPinned(mapItems(data, others), others);
}

export function withTitle(data: ListData, id: number, title: string): ListData {
  const titled = (items: ConversationSummary[]) =>
    items.map((item) => (item.id === id ? { ...item, title } : item));
  return mapPinned(mapItems(data, titled), titled);
}

/** One that is older than all that are loaded comes with those around it. */
function insert(data: ListData, conversation: ConversationSummary): ListData {
  let placed = false;
  const pages = data.pages.map((page, index) => {
    if (placed) return page;
    const at = page.items.findIndex((item) => latestFirst(conversation, item) < 0);
    const isEnd = at < 0 && index === data.pages.length - 1 && !page.more;
    if (at < 0 && !isEnd) return page;
    placed = true;
    const items = [...page.items];
    items.splice(at < 0 ? items.length : at, 0, conversation);
    return { ...page, items };
  });
  return { ...data, pages };
}

function latestFirst(a: ConversationSummary, b: ConversationSummary): number {
  if (a.updated_at !== b.updated_at) return a.updated_at > b.updated_at ? -1 : 1;
  return b.id - a.id;
}

function unique(items: readonly ConversationSummary[]): ConversationSummary[] {
  const seen = new Set<number>();
  return items.filter(({ id }) => !seen.has(id) && seen.add(id));
}

function mapItems(data: ListData, update: (items: ConversationSummary[]) => ConversationSummary[]): ListData {
  return { ...data, pages: data.pages.map((page) => ({ ...page, items: update(page.items) })) };
}

function mapPinned(
  data: ListData,
  update: (items: ConversationSummary[]) => ConversationSummary[],
): ListData {
  const [first, ...rest] = data.pages;
  if (!first?.pinned) return data;
  return { ...data, pages: [{ ...first, pinned: update(first.pinned) }, ...rest] };
}
