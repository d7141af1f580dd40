import "fake-indexeddb/auto";
import { beforeEach, describe, expect, it } from "vitest";
import { ApiError, type ConversationPage } from "../api-client";
import type { Conversation } from "../protocol/rest";
import { conversationsKept, messagesKept, OfflineCopies } from "./copies";
import { shownCopies } from "./shown-copies";
import { isThere, listWithCopy, withCopy } from "./with-copies";

const created_at = "2026-10-01T09:30:00.000Z";
let names = 0;
let copies: OfflineCopies;
let now = 0;

function conversation(id: number, more: Partial<Conversation> = {}): Conversation {
  const message = {
    id: id * 10,
    conversation_id: id,
    role: "user",
    content: "Hi",
    status: "complete",
    created_at,
  } as const;
  return {
    id,
    title: `No. ${id}`,
    created_at,
    updated_at: created_at,
    revision: 3,
    messages: [message],
    ...more,
  };
}

function page(...items: [id: number, created_at: string][]): ConversationPage {
  const full = items.map(([id, at]) => ({
    ...conversation(id),
    created_at: at,
    message_count: 1,
    growing: false,
  }));
  return { items: full, revision: 3 };
}

const unreachable = () => Promise.reject(new ApiError(0, "The server cannot be reached."));

beforeEach(() => {
  copies = new OfflineCopies(`copies-${++names}`, () => now);
  now = 1000;
  for (const id of shownCopies.conversations()) shownCopies.replaced(id);
  shownCopies.replaced("list");
});

describe("copies", () => {
  it("keep the newest messages of the conversations that were read last", async () => {
    const messages = Array.from({ length: messagesKept + 5 }, (_, index) => ({
      ...conversation(1).messages[0]!,
      id: index + 1,
    }));
    for (let id = 1; id <= conversationsKept + 1; id++) {
      now = id;
      await copies.keep(conversation(id, { messages }));
    }
    expect(await copies.count()).toBe(conversationsKept);
    expect(await copies.conversation(1)).toBeUndefined();
    const kept = (await copies.conversation(2))!;
    expect(kept.savedAt).toBe(2);
    expect(kept.value.messages).toHaveLength(messagesKept);
    expect(kept.value.messages.at(-1)!.id).toBe(messagesKept + 5);
  });

  it("go when the server's data is another one, and when they are cleared", async () => {
    await copies.keepList(page([1, created_at], [2, created_at]));
    await copies.keep(conversation(2));
    await copies.keepList(page([2, created_at]));
    expect(await copies.count()).toBe(1);
    await copies.keepList(page([2, "2027-01-01T00:00:00.000Z"]));
    expect(await copies.count()).toBe(0);
    expect((await copies.list())!.value.items).toHaveLength(1);
    await copies.clear();
    expect(await copies.list()).toBeUndefined();
  });

  it("of what is deleted go, and what was on its way into one stays out until the server has it again", async () => {
    await copies.keep(conversation(7));
    await copies.forget(7);
    await copies.keep(conversation(7));
    expect(await copies.conversation(7)).toBeUndefined();
    await expect(withCopy(unreachable, copies)(7)).rejects.toThrow("cannot be reached");
    copies.found(7);
    await copies.keep(conversation(7));
    expect(await copies.count()).toBe(1);
  });

  it("go that a list loaded anew does not have, unless the server does or does not answer", async () => {
    for (const id of [1, 2, 3, 4]) await copies.keep(conversation(id));
    const asked: number[] = [];
    const load = (id: number) => {
      asked.push(id);
      if (id === 2) return Promise.reject(new ApiError(404, "Gone"));
      return id === 3 ? unreachable() : Promise.resolve();
    };
    await copies.forgetGone(new Set([1]), isThere(load));
    expect(asked).toEqual([2, 3, 4]);
    expect(await copies.conversation(2)).toBeUndefined();
    expect(await copies.count()).toBe(3);
  });

  it("are shown while the server is away and replaced when it is back", async () => {
    await copies.keep(conversation(7));
    const shown = await withCopy(unreachable, copies)(7);
    expect(shown.title).toBe("No. 7");
    expect(shownCopies.savedAt(7)).toBe(1000);
    expect(shownCopies.conversations()).toEqual([7]);
    const fresh = await withCopy(() => Promise.resolve(conversation(7, { title: "New" })), copies)(7);
    expect(fresh.title).toBe("New");
    expect(shownCopies.savedAt(7)).toBeUndefined();
  });

  it("do not stand in for what the server refuses", async () => {
    await copies.keep(conversation(7));
    const refused = () => Promise.reject(new ApiError(404, "Gone"));
    await expect(withCopy(refused, copies)(7)).rejects.toThrow("Gone");
    expect(shownCopies.savedAt(7)).toBeUndefined();
    await expect(withCopy(unreachable, copies)(8)).rejects.toThrow("cannot be reached");
  });

  it("of the list are shown while the failure stays one, so that it is asked for again", async () => {
    await copies.keepList(page([4, created_at]));
    let seen: ConversationPage | undefined;
    await expect(listWithCopy(unreachable, copies, (copy) => (seen = copy))).rejects.toThrow(
      "cannot be reached",
    );
    expect(seen!.items[0]!.id).toBe(4);
    expect(shownCopies.savedAt("list")).toBe(1000);
  });
});
