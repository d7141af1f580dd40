import type { Command } from "@/lib/commands";
import type { ConversationSummary } from "@/lib/protocol/rest";
import type { SearchHit } from "@/lib/protocol/search";

/** A line of the palette: a command, a conversation or a message to go to, or the search of all messages. */
export type Entry =
  | { kind: "command"; key: string; title: string; command: Command }
  | { kind: "conversation"; key: string; title: string; conversation: ConversationSummary }
  | { kind: "message"; key: string; title: string; hit: SearchHit }
  | { kind: "search"; key: string; title: string };

export interface EntryGroup {
  value: string;
  items: Entry[];
}

export interface PaletteWords {
  conversations: string;
  recent: string;
  commands: string;
  messages: string;
  /** What leads to all messages that hold what was typed. */
  searchFor: string;
}

const recentCount = 6;
const messageCount = 4;

/**
 * What the palette offers for what was typed; without anything the latest conversations come first. Of commands with one id the
 * last one registered counts, in the place of the first; the palette does not offer itself.
 */
export function entriesFor(
  typed: string,
  commands: readonly Command[],
  loaded: readonly ConversationSummary[],
  found: readonly ConversationSummary[],
  words: PaletteWords,
  hits: readonly SearchHit[] = [],
): EntryGroup[] {
  const wanted = fold(typed);
  const byGroup = new Map<string, Entry[]>();
  for (const command of new Map(commands.map((each) => [each.id, each])).values()) {
    if (command.id === "palette") continue;
    if (rank(wanted, command.title, command.keywords) === 0) continue;
    const group = command.group ?? words.commands;
    const entry: Entry = { kind: "command", key: `command:${command.id}`, title: command.title, command };
    byGroup.set(group, [...(byGroup.get(group) ?? []), entry]);
  }
  const actions = [...byGroup].map(([value, items]) => ({ value, items: best(wanted, items) }));
  const conversations = conversationEntries(wanted, loaded, found);
  const switcher = { value: wanted === "" ? words.recent : words.conversations, items: conversations };
  const messages = { value: words.messages, items: messageEntries(hits, words.searchFor) };
  const all = wanted === "" ? [switcher, ...actions] : [...actions, switcher, messages];
  return together(all.filter(({ items }) => items.length > 0));
}

/** Groups of one name are one: a command may be of those that have the conversations. */
function together(groups: readonly EntryGroup[]): EntryGroup[] {
  const byName = new Map<string, Entry[]>();
  for (const { value, items } of groups) byName.set(value, [...(byName.get(value) ?? []), ...items]);
  return [...byName].map(([value, items]) => ({ value, items }));
}

function conversationEntries(
  wanted: string,
  loaded: readonly ConversationSummary[],
  found: readonly ConversationSummary[],
): Entry[] {
  const here =
    wanted === "" ? loaded.slice(0, recentCount) : loaded.filter(({ title }) => rank(wanted, title) > 0);
  const known = new Set(here.map(({ id }) => id));
  const more = wanted === "" ? [] : found.filter(({ id }) => !known.has(id));
  return [...here, ...more].map((conversation) => ({
    kind: "conversation",
    key: `conversation:${conversation.id}`,
    title: conversation.title,
    conversation,
  }));
}

function messageEntries(hits: readonly SearchHit[], searchFor: string): Entry[] {
  const found = hits.flatMap((hit): Entry[] =>
    hit.message_id === undefined
      ? []
      : [{ kind: "message", key: `message:${hit.message_id}`, title: hit.snippet.text, hit }],
  );
  return [...found.slice(0, messageCount), { kind: "search", key: "search", title: searchFor }];
}

function best(wanted: string, entries: readonly Entry[]): Entry[] {
  const rankOf = (entry: Entry) =>
    rank(wanted, entry.title, entry.kind === "command" ? entry.command.keywords : undefined);
  return [...entries].sort((a, b) => rankOf(b) - rankOf(a));
}

/** 0: not what was wanted; more where the title says it, most where the title begins with it. */
export function rank(wanted: string, title: string, keywords = ""): number {
  const name = fold(title);
  if (name.startsWith(wanted)) return 4;
  if (name.includes(` ${wanted}`)) return 3;
  if (name.includes(wanted)) return 2;
  const all = `${name} ${fold(keywords)}`;
  return wanted.split(" ").every((part) => all.includes(part)) ? 1 : 0;
}

/** Without case and accents. */
function fold(text: string): string {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().trim().replace(/\s+/g, " ");
}
