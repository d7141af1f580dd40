import type { ChatMessage, ConversationState } from "./types";

type Messages = ConversationState["messages"];

/** The messages from the first one that is known to `id`. */
export function pathTo(messages: Messages, id: number | null | undefined): ChatMessage[] {
  const path: ChatMessage[] = [];
  const seen = new Set<number>();
  let next = id ?? undefined;
  while (next !== undefined && !seen.has(next)) {
    const message: ChatMessage | undefined = messages[next];
    if (!message) break;
    seen.add(next);
    path.push(message);
    next = message.parent_id;
  }
  return path.reverse();
}

/** Whether everything to `id` is known: from the conversation's beginning, or from where it is known that there is more. */
export function isWhole(
  { messages, gaps }: Pick<ConversationState, "messages" | "gaps">,
  id: number,
): boolean {
  const first = pathTo(messages, id)[0];
  return first !== undefined && (first.parent_id === undefined || gaps.includes(first.parent_id));
}

/** The message before what is shown that was not loaded yet; undefined at the conversation's beginning. */
export function earlierOf(path: readonly ChatMessage[]): number | undefined {
  return path[0]?.parent_id;
}

/** The newest end, as far as it is known, of the paths that lead through `id`. */
export function newestThrough(messages: Messages, id: number): number {
  const parents = new Set(Object.values(messages).map(({ parent_id }) => parent_id));
  const ends = Object.values(messages).filter((message) => !parents.has(message.id));
  const through = ends.filter((end) => pathTo(messages, end.id).some((message) => message.id === id));
  return through.reduce((newest, end) => Math.max(newest, end.id), id);
}

/** Ids of the messages that stand beside each other, oldest first, by `siblingKey`; only where there are several. */
export function siblingGroups(messages: Messages): Map<string, number[]> {
  const first = new Map<number, ChatMessage>();
  const groups = new Map<string, Set<number>>();
  for (const message of Object.values(messages)) {
    const parent = message.parent_id ?? 0;
    const other = first.get(parent);
    if (!other) first.set(parent, message);
    if (!other && !message.sibling_ids?.length) continue;
    for (const one of other ? [other, message] : [message]) {
      const key = siblingKey(one);
      const group = groups.get(key) ?? new Set();
      for (const id of [one.id, ...(one.sibling_ids ?? [])]) group.add(id);
      groups.set(key, group);
    }
  }
  return new Map(
    [...groups].flatMap(([key, ids]) => (ids.size > 1 ? [[key, [...ids].sort((a, b) => a - b)]] : [])),
  );
}

/** The same for all versions of a message, so what is drawn for one stays in place for the next. */
export function siblingKey({ parent_id, role }: Pick<ChatMessage, "parent_id" | "role">): string {
  return `${role}-${parent_id ?? "first"}`;
}

/** As if the message had never been: what followed it follows what it followed. */
export function forget(known: ConversationState, id: number): ConversationState {
  const gone = known.messages[id];
  const messages: Messages = {};
  for (const message of Object.values({ ...known.messages, ...known.grown })) {
    if (message.id !== id) messages[message.id] = without(message, id, gone);
  }
  return {
    ...known,
    messages,
    grown: {},
    headId: known.headId === id ? (gone?.parent_id ?? null) : known.headId,
    awaitedHead: known.awaitedHead === id ? undefined : known.awaitedHead,
    notice: known.notice?.kind === "moved" && known.notice.from === id ? undefined : known.notice,
  };
}

function without(message: ChatMessage, id: number, gone: ChatMessage | undefined): ChatMessage {
  const follows = message.parent_id === id;
  const stands = message.sibling_ids?.includes(id);
  if (!follows && !stands) return message;
  return {
    ...message,
    parent_id: follows ? gone?.parent_id : message.parent_id,
    sibling_ids: message.sibling_ids?.filter((sibling) => sibling !== id),
  };
}
