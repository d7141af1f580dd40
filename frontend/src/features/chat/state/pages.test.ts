import { describe, expect, it } from "vitest";
import type { MessagePage } from "@/lib/protocol/rest";
import { Pages } from "./pages";
import { chatReducer } from "./reducer";
import { conversation, known, message, path, run, told } from "./testing";
import { earlierOf, isWhole } from "./tree";
import { emptyChat, type ChatState } from "./types";

const turns = Array.from({ length: 10 }, (_, index) =>
  message(index + 1, {
    parent_id: index === 0 ? undefined : index,
    role: index % 2 === 0 ? "user" : "assistant",
    content: `no. ${index + 1}`,
  }),
);
const end = conversation(turns.slice(6), { earlier_id: 6 });
const opened = run(emptyChat, { type: "loaded", conversation: end });

/** As the server pages. */
function before(id: number, limit: number): MessagePage {
  const messages = turns.slice(Math.max(0, id - 1 - limit), id - 1);
  const first = messages[0]?.parent_id;
  return { messages, ...(first !== undefined && { earlier_id: first }) };
}

function pagesOf(start: ChatState, most = 3) {
  const holder = { state: start, asked: [] as number[], drawn: 0 };
  const pages = new Pages({
    loadEarlier: (_id, from, limit) => {
      holder.asked.push(from);
      return Promise.resolve(before(from, Math.min(limit, most)));
    },
    getState: () => holder.state,
    dispatch: (action) => {
      if (action.type === "paged") holder.drawn++;
      holder.state = chatReducer(holder.state, action);
    },
  });
  return { holder, pages };
}

describe("a conversation of which the end is known", () => {
  it("Is whole from there on, and says that there is more before", () => {
    expect(path(opened)).toEqual([7, 8, 9, 10]);
    expect(isWhole(known(opened), 10)).toBe(true);
    expect(known(opened).gaps).toEqual([6]);
  });

  it("Goes to a branch that begins within it, and loads for one that does not", () => {
    const beside = message(11, { parent_id: 6, content: "instead of no. 7" });
    const far = message(12, { parent_id: 2, content: "instead of no. 3" });
    expect(path(run(opened, ...told(81, 11, beside)))).toEqual([11]);
    const waiting = known(run(opened, ...told(81, 12, far)));
    expect([waiting.awaitedHead, waiting.headId]).toEqual([12, 10]);
  });

  it("Takes the page before, and knows its beginning when it came", async () => {
    const { holder, pages } = pagesOf(opened);
    await pages.earlier(12);
    expect(path(holder.state)).toEqual([4, 5, 6, 7, 8, 9, 10]);
    expect(known(holder.state).gaps).toEqual([3]);
    await pages.earlier(12);
    expect(known(holder.state).gaps).toEqual([]);
    expect(known(holder.state).paging).toBeUndefined();
    await pages.earlier(12);
    expect(holder.asked).toEqual([7, 4]);
  });

  it("Reaches a message far up in one piece, and none on another branch", async () => {
    const { holder, pages } = pagesOf(opened, 2);
    expect(await pages.reach(12, 1)).toBe(true);
    expect([holder.drawn, path(holder.state)[0]]).toEqual([1, 1]);
    expect(await pages.reach(12, 99)).toBe(false);
  });

  it("Says that a page did not come, and asks again when it is told to", async () => {
    const { holder, pages } = pagesOf(opened);
    const broken = new Pages({
      loadEarlier: () => Promise.reject(new Error("away")),
      getState: () => holder.state,
      dispatch: (action) => (holder.state = chatReducer(holder.state, action)),
    });
    await broken.earlier(12);
    expect(known(holder.state).paging).toBe("failed");
    await pages.earlier(12);
    expect(path(holder.state)[0]).toBe(4);
  });

  it("Comes with all from the chosen version on, where that is further up", async () => {
    const { pages } = pagesOf(opened);
    const loaded = await pages.through(end, 2);
    expect([loaded.messages[0]?.id, loaded.earlier_id]).toEqual([1, undefined]);
    expect(await pages.through(end, undefined)).toEqual(end);
  });

  it("Keeps the same messages, path and all, while a text grows", () => {
    const reply = message(11, { parent_id: 10, role: "assistant", status: "streaming", content: "" });
    const start = run(opened, ...told(81, 11, reply));
    const slice = { status: "streaming" as const, conversation_id: 12, message_id: 11 };
    const one = run(start, { ...slice, text: "The ", offset: 0 });
    const two = run(one, { ...slice, text: "Moon", offset: 4 });
    expect(known(two).messages).toBe(known(one).messages);
    expect(known(two).grown[11]?.content).toBe("The Moon");
    const ended = run(two, { status: "complete", conversation_id: 12, message_id: 11 });
    expect([known(ended).messages[11]?.content, known(ended).grown]).toEqual(["The Moon", {}]);
    expect(earlierOf([])).toBeUndefined();
  });
});
