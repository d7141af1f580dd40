import type { Layout } from "../state/lay-out";
import { siblingKey } from "../state/tree";
import type { ChatMessage, PendingSend } from "../state/types";

/** What stands below each other in a conversation. Keys stay where a message gets another version. */
export type ThreadItem =
  | {
      kind: "message";
      key: string;
      message: ChatMessage;
      siblings: string;
      isLast: boolean;
      refused?: PendingSend;
    }
  | { kind: "edit"; key: string; send: PendingSend }
  | { kind: "queue"; key: string }
  | { kind: "pending"; key: string; send: PendingSend };

export function threadItems(layout: Layout, groups: ReadonlyMap<string, readonly number[]>): ThreadItem[] {
  const { shown, edit, waiting, refusedEdits, rest } = layout;
  const items = shown.map((message, index): ThreadItem => {
    const key = siblingKey(message);
    const siblings = groups.get(key)?.join(",") ?? "";
    const isLast = index === shown.length - 1;
    return { kind: "message", key, message, siblings, isLast, refused: refusedEdits.get(message.id) };
  });
  if (edit) items.push({ kind: "edit", key: edit.clientMessageId, send: edit });
  if (waiting.length > 0) items.push({ kind: "queue", key: "queue" });
  for (const send of rest) items.push({ kind: "pending", key: send.clientMessageId, send });
  return items;
}

/** Whether `after` is `before` with earlier ones in front of it. */
export function isPrepended(before: readonly ThreadItem[], after: readonly ThreadItem[]): boolean {
  const added = after.length - before.length;
  return added > 0 && before[0] !== undefined && after[added]?.key === before[0].key;
}

export function indexOfMessage(items: readonly ThreadItem[], id: number): number {
  return items.findIndex((item) => item.kind === "message" && item.message.id === id);
}
