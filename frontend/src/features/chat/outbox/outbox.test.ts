import "fake-indexeddb/auto";
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { PendingSend } from "../state/types";
import { ChatDatabase } from "./database";
import { Outbox, type OutboxNews } from "./outbox";

let names = 0;
let name: string;

/** Another page of the same browser. */
function page() {
  const database = new ChatDatabase(name);
  return { database, outbox: new Outbox(database, name) };
}

function message(clientMessageId: string, fields: Partial<PendingSend> = {}): PendingSend {
  return { clientMessageId, conversationId: 12, text: `Text of ${clientMessageId}`, createdAt: 1, ...fields };
}

beforeEach(() => {
  name = `outbox-${++names}`;
});

describe("Outbox", () => {
  it("Keeps messages for the next page, in the order they were typed", async () => {
    const { outbox } = page();
    await outbox.accept(message("b", { createdAt: 2 }));
    await outbox.accept(message("a", { createdAt: 3 }));
    await outbox.accept(message("c", { createdAt: 1 }));
    expect((await page().outbox.read())?.map(({ clientMessageId }) => clientMessageId)).toEqual([
      "c",
      "b",
      "a",
    ]);
  });

  it("Stores a message and ends its draft in one go", async () => {
    const { database, outbox } = page();
    await (await database.open())?.put("drafts", { text: "Text of a", at: 0 }, "12");
    await outbox.accept(message("a"), "12");
    const store = await page().database.open();
    expect(await store?.get("drafts", "12")).toBeUndefined();
    expect(await store?.get("outbox", "a")).toMatchObject({ text: "Text of a" });
  });

  it("What is done with comes back by no late update", async () => {
    const { outbox } = page();
    await outbox.accept(message("a"));
    await outbox.settle({ clientMessageId: "a", conversationId: 12 });
    await outbox.update(message("a", { refusal: { error: "late" } }));
    expect(await outbox.read()).toEqual([]);
    expect(await outbox.holds("a")).toBe(false);
  });

  it("What follows the first message of a new chat belongs to its conversation", async () => {
    const { outbox } = page();
    await outbox.accept(message("a", { conversationId: null, newChat: "a" }));
    await outbox.accept(message("b", { conversationId: null, newChat: "a" }));
    await outbox.accept(message("c", { conversationId: null, newChat: "c" }));
    await outbox.settle({ clientMessageId: "a", newChat: "a", conversationId: 7 });
    const left = await page().outbox.read();
    expect(left?.map(({ conversationId }) => conversationId)).toEqual([7, null]);
  });

  it("Tells the other tabs what was added and what is done with", async () => {
    const heard: OutboxNews[] = [];
    const end = page().outbox.listen((news) => heard.push(news));
    const mine = page().outbox;
    const endMine = mine.listen(() => undefined);
    await mine.accept(message("a"));
    await mine.settle({ clientMessageId: "a", conversationId: 12 });
    await vi.waitFor(() =>
      expect(heard).toEqual([
        { type: "added" },
        { type: "settled", clientMessageId: "a", newChat: undefined, conversationId: 12 },
      ]),
    );
    end();
    endMine();
  });

  it("Where storage is forbidden a message lasts as long as the page", async () => {
    const forbidden = vi.spyOn(indexedDB, "open").mockImplementation(() => {
      throw new DOMException("No.", "SecurityError");
    });
    const { outbox } = page();
    await outbox.accept(message("a"));
    expect(outbox.isUnstored("a")).toBe(true);
    expect(await outbox.holds("a")).toBe(true);
    expect(await outbox.read()).toBeNull();
    await outbox.settle({ clientMessageId: "a" });
    expect(outbox.isUnstored("a")).toBe(false);
    forbidden.mockRestore();
  });

  it("Where storage is full the draft stays until the message is done with", async () => {
    const { database, outbox } = page();
    const store = await database.open();
    await store?.put("drafts", { text: "Text of a", at: 0 }, "12");
    const full = vi.spyOn(IDBObjectStore.prototype, "put").mockImplementation(() => {
      throw new DOMException("Full.", "QuotaExceededError");
    });
    await outbox.accept(message("a"), "12");
    full.mockRestore();
    expect(outbox.isUnstored("a")).toBe(true);
    expect(await store?.get("drafts", "12")).toMatchObject({ text: "Text of a" });
    await outbox.settle({ clientMessageId: "a", conversationId: 12 });
    expect(await store?.get("drafts", "12")).toBeUndefined();
  });

  it("A database that the browser closed is opened again", async () => {
    const { database, outbox } = page();
    await outbox.accept(message("a"));
    database.current()?.close();
    await outbox.accept(message("b"));
    expect(outbox.isUnstored("b")).toBe(false);
    expect(await outbox.read()).toHaveLength(2);
  });

  it("A database that never opens is not waited for", async () => {
    vi.useFakeTimers();
    vi.spyOn(indexedDB, "open").mockImplementation(() => new EventTarget() as IDBOpenDBRequest);
    const opened = new ChatDatabase(name).open();
    await vi.advanceTimersByTimeAsync(3000);
    expect(await opened).toBeNull();
    vi.useRealTimers();
  });
});
