import { describe, expect, it } from "vitest";
import type { ConversationSummary } from "@/lib/protocol/rest";
import { daysLeft } from "./days-left";
import { groupByDate, groupConversations } from "./group-by-date";
import {
  applyListEvent,
  conversationsOf,
  filterOf,
  inOrder,
  listKey,
  put,
  withTitle,
  type ListData,
} from "./list-state";
import { everything } from "./list-view";
import { addTag, mostTags, otherTags } from "./tag-state";

function summary(id: number, updated_at: string): ConversationSummary {
  const title = `Number ${id}`;
  return { id, title, created_at: updated_at, updated_at, message_count: 2, revision: id, growing: false };
}

const data: ListData = {
  pages: [
    { items: [summary(3, "2026-10-03T08:00:00Z"), summary(2, "2026-10-02T08:00:00Z")], revision: 5 },
    { items: [summary(1, "2026-10-01T08:00:00Z")], revision: 5 },
  ],
  pageParams: [0, 2],
};

const archive = { archived: true, tag: null };

function ids(list: ListData): number[] {
  return conversationsOf(list).map(({ id }) => id);
}

describe("the list of conversations", () => {
  it("A conversation with news moves to the top", () => {
    const conversation = summary(1, "2026-10-04T08:00:00Z");
    expect(
      ids(applyListEvent(data, { type: "conversation", revision: 6, conversation }, everything)),
    ).toEqual([1, 3, 2]);
  });

  it("A new one goes where its time puts it", () => {
    const conversation = summary(9, "2026-10-01T12:00:00Z");
    expect(
      ids(applyListEvent(data, { type: "conversation", revision: 6, conversation }, everything)),
    ).toEqual([3, 2, 9, 1]);
  });

  it("The first one of all is shown", () => {
    const none: ListData = { pages: [{ items: [], revision: 0 }], pageParams: [0] };
    const conversation = summary(1, "2026-10-01T12:00:00Z");
    expect(
      ids(applyListEvent(none, { type: "conversation", revision: 1, conversation }, everything)),
    ).toEqual([1]);
  });

  it("A deleted one is gone and a renamed one stays in its place", () => {
    expect(
      ids(
        applyListEvent(data, { type: "conversation_deleted", conversation_id: 2, revision: 7 }, everything),
      ),
    ).toEqual([3, 1]);
    expect(conversationsOf(withTitle(data, 2, "New"))[1]?.title).toBe("New");
  });

  it("Is grouped by the reader's days", () => {
    const now = new Date(2026, 9, 20, 12);
    const at = (...date: [number, number, number]) => new Date(...date, 8).toISOString();
    const items = [
      summary(4, at(2026, 9, 20)),
      summary(3, at(2026, 9, 19)),
      summary(2, at(2026, 9, 14)),
      summary(1, at(2025, 1, 1)),
    ];
    expect(groupByDate(items, now).map(({ name }) => name)).toEqual([
      "today",
      "yesterday",
      "week",
      { month: new Date(2025, 1, 1) },
    ]);
  });

  it("What is older is grouped by its month", () => {
    const items = [
      summary(3, "2026-03-20T08:00:00Z"),
      summary(2, "2026-03-02T08:00:00Z"),
      summary(1, "2025-03-05T08:00:00Z"),
    ];
    const groups = groupByDate(items, new Date(2026, 9, 20));
    expect(groups.map(({ key, items: inIt }) => [key, inIt.map(({ id }) => id)])).toEqual([
      ["2026-3", [3, 2]],
      ["2025-3", [1]],
    ]);
  });
});

describe("what keeps the list in order", () => {
  const [third, second] = data.pages[0]?.items ?? [];

  it("A conversation is in the lists that it belongs to", () => {
    if (!third) throw new Error("There is one.");
    const archived = { ...third, archived: true };
    expect(ids(put(data, archived, everything))).toEqual([2, 1]);
    expect(ids(put({ pages: [{ items: [], revision: 1 }], pageParams: [""] }, archived, archive))).toEqual([
      3,
    ]);
    const tagged = { ...third, tags: ["Zeit"] };
    const sea = { archived: false, tag: "ZEIT" };
    expect(ids(put(data, tagged, sea))).toEqual([3, 2, 1]);
    expect(ids(put(data, third, sea))).toEqual([2, 1]);
    expect(filterOf(listKey(sea))).toEqual(sea);
    expect(filterOf(listKey(everything))).toEqual(everything);
  });

  it("Pinned ones come first, however old, and not twice", () => {
    const [first, ...rest] = data.pages;
    if (!first || !second) throw new Error("There are some.");
    const old = { ...summary(0, "2025-01-01T08:00:00Z"), pinned: true };
    let list: ListData = {
      ...data,
      pages: [
        { ...first, pinned: [old] },
        { ...rest[0]!, more: true },
      ],
    };
    expect(ids(list)).toEqual([3, 2, 1, 0]);
    list = put(list, { ...second, pinned: true }, everything);
    expect(inOrder(conversationsOf(list)).map(({ id }) => id)).toEqual([2, 0, 3, 1]);
    list = put(list, { ...old, pinned: undefined }, everything);
    expect(ids(list)).toEqual([3, 2, 1]);
    const groups = groupConversations(conversationsOf(list), new Date(2026, 9, 20), true);
    expect(groups.map(({ name, items }) => [name, items.length])).toEqual([
      ["pinned", 1],
      ["thirtyDays", 2],
    ]);
    expect(groupConversations(conversationsOf(list), new Date(2026, 9, 20), false)).toHaveLength(1);
  });

  it("Tags are added once, several at a time and no more than there is room for", () => {
    expect(addTag(["Sea"], " sea ,Zeit, ")).toEqual(["Sea", "Zeit"]);
    const full = Array.from({ length: mostTags }, (_, at) => `tag ${at}`);
    expect(addTag(full, "more")).toEqual(full);
    const known = [
      { name: "Rare", count: 0, archived: 1 },
      { name: "Often", count: 5, archived: 0 },
      { name: "Sea", count: 9, archived: 0 },
    ];
    expect(otherTags(known, ["sea"])).toEqual(["Often", "Rare"]);
  });

  it("Says how many days are left in the trash", () => {
    const now = new Date("2026-10-20T12:00:00Z");
    expect(daysLeft("2026-11-19T12:00:00Z", now)).toBe(30);
    expect(daysLeft("2026-10-20T13:00:00Z", now)).toBe(1);
    expect(daysLeft("2026-10-20T11:00:00Z", now)).toBe(0);
    expect(daysLeft(undefined, now)).toBeUndefined();
  });
});
