import type { QueryClient } from "@tanstack/react-query";
import type { ListFilter } from "@/lib/order-api";
import type { ConversationSummary } from "@/lib/protocol/rest";
import { conversationsKey, conversationsOf, filterOf, put, without, type ListData } from "./list-state";

/** Changes every list that is loaded. */
export function changeLists(
  client: QueryClient,
  update: (data: ListData, filter: ListFilter) => ListData,
): void {
  for (const { queryKey } of client.getQueryCache().findAll({ queryKey: conversationsKey })) {
    client.setQueryData<ListData>(queryKey, (data) => data && update(data, filterOf(queryKey)));
  }
}

/** What some loaded list knows about a conversation. */
export function findLoaded(client: QueryClient, id: number): ConversationSummary | undefined {
  for (const [, data] of client.getQueriesData<ListData>({ queryKey: conversationsKey })) {
    const found = conversationsOf(data).find((conversation) => conversation.id === id);
    if (found) return found;
  }
  return undefined;
}

export function putInLists(client: QueryClient, conversation: ConversationSummary): void {
  changeLists(client, (data, filter) => put(data, conversation, filter));
}

/** Where it was found by its title, too. */
export function takeFromLists(client: QueryClient, id: number): void {
  changeLists(client, (data) => without(data, id));
  client.setQueriesData<ConversationSummary[]>({ queryKey: ["titles"] }, (found) =>
    found?.filter((conversation) => conversation.id !== id),
  );
}
