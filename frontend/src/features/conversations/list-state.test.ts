import { describe, expect, it } from "vitest";
import type { ConversationSummary } from "@/lib/protocol/rest";
import { noneLeaving, offered, sent, settled, stillOffered, visible, type LeavingState } from "./deleting";
import { groupByDate } from "./group-by-date";
import { applyListEvent, conversationsOf, withTitle, type ListData } from "./list-state";

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

function ids(list: ListData): number[] {
  return conversationsOf(list).map(({ id }) => id);
}

describe("the list of conversations", () => {
  it("A conversation with news moves to the top", () => {
    const conversation = summary(1, "2026-10-04T08:00:00Z");
    expect(ids(applyListEvent(data, { type: "conversation", revision: 6, conversation }))).toEqual([1, 3, 2]);
  });

  it("A new one goes where its time puts it", () => {
    const conversation = summary(9, "2026-10-01T12:00:00Z");
    expect(ids(applyListEvent(data, { type: "conversation", revision: 6, conversation }))).toEqual([
      3, 2, 9, 1,
    ]);
  });

  it("The first one of all is shown", () => {
    const none: ListData = { pages: [{ items: [], revision: 0 }], pageParams: [0] };
    const conversation = summary(1, "2026-10-01T12:00:00Z");
    expect(ids(applyListEvent(none, { type: "conversation", revision: 1, conversation }))).toEqual([1]);
  });

  it("A deleted one is gone and a renamed one stays in its place", () => {
    expect(
      ids(applyListEvent(data, { type: "conversation_deleted", conversation_id: 2, revision: 7 })),
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

describe("conversations that were deleted a moment ago", () => {
  const shown = (list: ListData, state: LeavingState) =>
    visible(conversationsOf(list), state).map(({ id }) => id);

  it("Are out of sight, and no event brings them back", () => {
    const state = offered(noneLeaving, 2);
    expect(shown(data, state)).toEqual([3, 1]);
    const conversation = summary(2, "2026-10-05T08:00:00Z");
    const later = applyListEvent(data, { type: "conversation", revision: 8, conversation });
    expect(ids(later)).toEqual([2, 3, 1]);
    expect(shown(later, state)).toEqual([3, 1]);
    expect(shown(later, sent(state, 2))).toEqual([3, 1]);
  });

  it("Had back, one is where what happened meanwhile puts it", () => {
    const conversation = summary(1, "2026-10-05T08:00:00Z");
    const later = applyListEvent(data, { type: "conversation", revision: 8, conversation });
    expect(shown(later, settled(offered(noneLeaving, 1), 1))).toEqual([1, 3, 2]);
  });

  it("Only what is still offered is sent, and only once", () => {
    const state = offered(offered(noneLeaving, 1), 2);
    expect(stillOffered(state)).toEqual([1, 2]);
    const after = sent(settled(state, 1), 2);
    expect(stillOffered(after)).toEqual([]);
    expect(sent(after, 1)).toBe(after);
    expect(sent(after, 2)).toBe(after);
    expect(offered(after, 2)).toBe(after);
  });
});
