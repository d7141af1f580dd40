import type { ConversationSummary } from "@/lib/protocol/rest";

/** `month`: the first moment of the month of what is older than thirty days. */
export type GroupName = "pinned" | "today" | "yesterday" | "week" | "thirtyDays" | { month: Date };

export interface Group {
  key: string;
  name: GroupName;
  items: ConversationSummary[];
}

const day = 86_400_000;

/** Those that are pinned first, where `pinnedFirst`, and then the others by their days. */
export function groupConversations(
  items: readonly ConversationSummary[],
  now: Date,
  pinnedFirst: boolean,
): Group[] {
  if (!pinnedFirst) return groupByDate(items, now);
  const pinned = items.filter((item) => item.pinned);
  const others = groupByDate(
    items.filter((item) => !item.pinned),
    now,
  );
  return pinned.length === 0 ? others : [{ key: "pinned", name: "pinned", items: pinned }, ...others];
}

/** Groups a list that is sorted by last activity. Days are the reader's own. */
export function groupByDate(items: readonly ConversationSummary[], now: Date): Group[] {
  const today = new Date(now.getFullYear(), now.getMonth(), now.getDate()).getTime();
  const groups: Group[] = [];
  for (const item of items) {
    const name = nameFor(new Date(item.updated_at), today);
    const key = typeof name === "string" ? name : `${name.month.getFullYear()}-${name.month.getMonth() + 1}`;
    const last = groups.at(-1);
    if (last?.key === key) last.items.push(item);
    else groups.push({ key, name, items: [item] });
  }
  return groups;
}

function nameFor(date: Date, today: number): GroupName {
  const time = date.getTime();
  if (time >= today) return "today";
  if (time >= today - day) return "yesterday";
  if (time >= today - 7 * day) return "week";
  if (time >= today - 30 * day) return "thirtyDays";
  return { month: new Date(date.getFullYear(), date.getMonth()) };
}
