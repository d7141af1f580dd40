import type { ConversationSummary } from "@/lib/protocol/rest";

export interface Group {
  name: string;
  items: ConversationSummary[];
}

const day = 86_400_000;

/** Groups a list that is sorted by last activity. Days are the reader's own. */
export function groupByDate(items: readonly ConversationSummary[], now: Date): Group[] {
  const today = new Date(now.getFullYear(), now.getMonth(), now.getDate()).getTime();
  const groups: Group[] = [];
  for (const item of items) {
    const name = nameFor(new Date(item.updated_at).getTime(), today);
    const last = groups.at(-1);
    if (last?.name === name) last.items.push(item);
    else groups.push({ name, items: [item] });
  }
  return groups;
}

function nameFor(time: number, today: number): string {
  if (time >= today) return "Today";
  if (time >= today - day) return "Yesterday";
  if (time >= today - 7 * day) return "The last seven days";
  if (time >= today - 30 * day) return "The last thirty days";
  return "Older";
}
