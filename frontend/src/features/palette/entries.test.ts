import { describe, expect, it } from "vitest";
import type { Command } from "@/lib/commands";
import type { ConversationSummary } from "@/lib/protocol/rest";
import type { SearchHit } from "@/lib/protocol/search";
import { entriesFor, rank } from "./entries";

const words = {
  conversations: "Conversations",
  recent: "Recent",
  commands: "Commands",
  messages: "Messages",
  searchFor: "Search for it",
};
const search = ["Messages", ["Search for it"]];
const run = () => undefined;

function conversation(id: number, title: string): ConversationSummary {
  const at = "2026-10-03T08:00:00Z";
  return { id, title, created_at: at, updated_at: at, message_count: 2, revision: id, growing: false };
}

const loaded = Array.from({ length: 9 }, (_, index) => conversation(9 - index, `Talk ${9 - index}`));
const commands: Command[] = [
  { id: "palette", title: "Search", group: "App", run },
  { id: "new-chat", title: "New chat", keywords: "begin", group: "App", run },
  { id: "renew", title: "Write it anew", group: "Reply", run },
];

function lines(typed: string, found: ConversationSummary[] = [], all = commands): [string, string[]][] {
  return entriesFor(typed, all, loaded, found, words).map(({ value, items }) => [
    value,
    items.map(({ title }) => title),
  ]);
}

describe("the entries of the palette", () => {
  it("Begin with the latest conversations, and leave out the palette itself", () => {
    expect(lines("")).toEqual([
      ["Recent", ["Talk 9", "Talk 8", "Talk 7", "Talk 6", "Talk 5", "Talk 4"]],
      ["App", ["New chat"]],
      ["Reply", ["Write it anew"]],
    ]);
  });

  it("What was typed finds commands by title and other words, and conversations that are loaded or not, each once", () => {
    expect(lines("BEGIN")).toEqual([["App", ["New chat"]], search]);
    expect(lines("talk 9", [conversation(9, "Talk 9"), conversation(99, "Small talk 99")])).toEqual([
      ["Conversations", ["Talk 9", "Small talk 99"]],
      search,
    ]);
    expect(lines("nothing like it")).toEqual([search]);
  });

  it("A command of the conversations' group stands with them, under one heading", () => {
    const next = { id: "next", title: "Next talk", group: "Conversations", run };
    expect(lines("talk 9", [], [next])).toEqual([["Conversations", ["Talk 9"]], search]);
    expect(lines("talk", [], [next])[0]).toEqual([
      "Conversations",
      ["Next talk", ...loaded.map(({ title }) => title)],
    ]);
    expect(lines("talk", [], [next]).map(([name]) => name)).toEqual(["Conversations", "Messages"]);
  });

  it("Messages that hold what was typed come last, four of them and the way to all", () => {
    const hit = (message_id?: number) =>
      ({
        conversation_id: 1,
        message_id,
        snippet: { text: `… tide ${message_id}`, marks: [] },
      }) as unknown as SearchHit;
    const hits = [undefined, 1, 2, 3, 4, 5].map(hit);
    const [group] = entriesFor("tide", [], [], [], words, hits);
    expect(group?.items.map(({ kind, title }) => [kind, title])).toEqual([
      ...[1, 2, 3, 4].map((id) => ["message", `… tide ${id}`]),
      ["search", "Search for it"],
    ]);
    expect(entriesFor("", [], [], [], words, hits)).toEqual([]);
  });

  it("Of two commands with one id the later one counts", () => {
    const all = [...commands, { id: "new-chat", title: "New chat here", group: "App", run }];
    expect(lines("new chat", [], all)).toEqual([["App", ["New chat here"]], search]);
  });

  it("Ranks the beginning of the title over the beginning of a word, and minds neither case nor accents", () => {
    expect(rank("new", "New chat")).toBeGreaterThan(rank("new", "A new chat"));
    expect(rank("new", "A new chat")).toBeGreaterThan(rank("new", "Anew"));
    expect(rank("uber", "Über den Mond")).toBeGreaterThan(0);
    expect(rank("chat begin", "New chat", "begin")).toBe(1);
    expect(rank("x", "New chat")).toBe(0);
  });
});
