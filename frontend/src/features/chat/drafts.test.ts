import "fake-indexeddb/auto";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { draftKey, Drafts } from "./drafts";
import { ChatDatabase } from "./outbox/database";

let names = 0;
let name: string;
let ends: (() => void)[];

/** Another tab of the same browser, with what it keeps brought back. */
async function tab(database = new ChatDatabase(name)): Promise<{ drafts: Drafts; database: ChatDatabase }> {
  const drafts = new Drafts(database, name);
  const loaded = new Promise<void>((resolve) => drafts.subscribe(resolve));
  ends.push(drafts.start());
  await loaded;
  return { drafts, database };
}

async function stored(key: string): Promise<string | undefined> {
  return (await (await new ChatDatabase(name).open())?.get("drafts", key))?.text;
}

beforeEach(() => {
  name = `drafts-${++names}`;
  ends = [];
});

afterEach(() => {
  for (const end of ends) end();
});

describe("Drafts", () => {
  it("Each conversation has its own, and so has the new chat", async () => {
    const { drafts } = await tab();
    drafts.write(draftKey(12), "tides");
    drafts.write(draftKey(null), "moons");
    expect([drafts.read(draftKey(12)), drafts.read(draftKey(null)), drafts.read(draftKey(13))]).toEqual([
      "tides",
      "moons",
      "",
    ]);
  });

  it("What is stored comes back, however late the database opens", async () => {
    const { drafts } = await tab();
    drafts.write("12", "tides");
    await vi.waitFor(async () => expect(await stored("12")).toBe("tides"));
    const late = new ChatDatabase(name);
    void late.open();
    vi.spyOn(late, "open").mockResolvedValueOnce(null);
    expect((await tab(late)).drafts.read("12")).toBe("tides");
  });

  it.each([
    [
      "cannot be opened",
      (database: ChatDatabase) => vi.spyOn(database, "openLate").mockResolvedValueOnce(null),
    ],
    [
      "cannot be read",
      (database: ChatDatabase) => vi.spyOn(database, "change").mockResolvedValueOnce(undefined),
    ],
  ])("What is stored comes back though the database %s at first", async (_, breaks) => {
    const { drafts } = await tab();
    drafts.write("12", "tides");
    await vi.waitFor(async () => expect(await stored("12")).toBe("tides"));
    const broken = new ChatDatabase(name);
    breaks(broken);
    const later = (await tab(broken)).drafts;
    await vi.waitFor(() => expect(later.read("12")).toBe("tides"));
  });

  it("What was typed is there in the next tab, a moment later", async () => {
    const { drafts } = await tab();
    drafts.write("12", "t");
    drafts.write("12", "ti");
    await vi.waitFor(async () => expect(await stored("12")).toBe("ti"));
    expect((await tab()).drafts.read("12")).toBe("ti");
  });

  it("A page that goes stores what was typed last", async () => {
    const { drafts } = await tab();
    drafts.write("12", "the last word");
    window.dispatchEvent(new Event("pagehide"));
    await vi.waitFor(async () => expect(await stored("12")).toBe("the last word"), { timeout: 100 });
  });

  it("Another tab that is open sees it as it is typed, and sees it go when it is sent", async () => {
    const { drafts } = await tab();
    const other = (await tab()).drafts;
    drafts.write("new", "moons");
    await vi.waitFor(() => expect(other.read("new")).toBe("moons"));
    drafts.sent("new");
    await vi.waitFor(() => expect(other.read("new")).toBe(""));
  });

  it("An older word of another tab takes nothing back", async () => {
    const { drafts } = await tab();
    drafts.write("12", "mine");
    const channel = new BroadcastChannel(name);
    channel.postMessage({ key: "12", text: "old", at: 1 });
    channel.postMessage({ key: "13", text: "heard", at: 1 });
    await vi.waitFor(() => expect(drafts.read("13")).toBe("heard"));
    expect(drafts.read("12")).toBe("mine");
    channel.close();
  });

  it("What was typed before the stored text came is added to it", async () => {
    (await tab()).drafts.write("12", "stored");
    await vi.waitFor(async () => expect(await stored("12")).toBe("stored"));
    const quick = new Drafts(new ChatDatabase(name), `${name}-alone`);
    ends.push(quick.start());
    quick.write("12", "typed");
    await vi.waitFor(() => expect(quick.read("12")).toBe("stored\ntyped"));
  });

  it("What was sent is stored no more by a write that was due", async () => {
    const { drafts, database } = await tab();
    drafts.write("12", "first");
    await vi.waitFor(async () => expect(await stored("12")).toBe("first"));
    drafts.write("12", "first and more");
    drafts.sent("12");
    drafts.flush();
    await database.change((change) => change.objectStore("drafts").count());
    expect(await stored("12")).toBe("first");
  });

  it("A new chat that becomes a conversation takes along what is typed", async () => {
    const { drafts } = await tab();
    drafts.write("new", "and then");
    drafts.move("new", "12");
    expect([drafts.read("new"), drafts.read("12")]).toEqual(["", "and then"]);
  });

  it("Where storage is forbidden a draft lasts as long as the page", async () => {
    vi.spyOn(indexedDB, "open").mockImplementation(() => {
      throw new DOMException("No.", "SecurityError");
    });
    const { drafts } = await tab();
    drafts.write("12", "kept in memory");
    drafts.flush();
    expect(drafts.read("12")).toBe("kept in memory");
  });
});
