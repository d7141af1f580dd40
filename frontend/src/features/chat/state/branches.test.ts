import { describe, expect, it } from "vitest";
import type { ServerEvent, StreamingEvent } from "@/lib/protocol/events";
import { siblingGroups, siblingKey } from "./tree";
import { asked, conversation, known, loaded, message, path, run, shown, told } from "./testing";
import { emptyChat, type ChatState, type PendingSend } from "./types";

const answered = message(42, { role: "assistant", parent_id: 41, content: "The Moon" });
const turn = run(emptyChat, { type: "loaded", conversation: conversation([asked, answered]) });
/** Another tab edited the first message. */
const edited = message(43, { content: "Explain spring tides" });
const reply = message(44, { role: "assistant", parent_id: 43, content: "Sun and Moon" });
const forked = run(turn, ...told(90, 44, edited, reply));

function siblings(state: ChatState, id: number): number[] | undefined {
  const { messages } = known(state);
  const found = messages[id];
  return found && siblingGroups(messages).get(siblingKey(found));
}

function acknowledged(ids: [number, number], rest: Partial<StreamingEvent> = {}): ServerEvent {
  const [user_message_id, message_id] = ids;
  return {
    status: "streaming",
    text: "",
    conversation_id: 12,
    user_message_id,
    message_id,
    client_message_id: "a-1",
    message_status: "streaming",
    revision: 95,
    ...rest,
  };
}

function sends(rest: Partial<PendingSend>): PendingSend {
  return { clientMessageId: "a-1", conversationId: 12, text: "Mine", createdAt: 0, ...rest };
}

describe("siblings", () => {
  it("Are the known messages with the same parent and role", () => {
    expect(siblings(forked, 41)).toEqual([41, 43]);
    expect(siblings(forked, 42)).toBeUndefined();
    expect(siblings(turn, 41)).toBeUndefined();
  });

  it("Are joined with those that a load named", () => {
    const named = { ...asked, sibling_ids: [30, 41] };
    const state = run(emptyChat, { type: "loaded", conversation: conversation([named, answered]) });
    expect(siblings(run(state, ...told(90, 44, edited, reply)), 43)).toEqual([30, 41, 43]);
  });

  it("Keep their place through an event, which does not name them", () => {
    const named = { ...answered, sibling_ids: [40, 42] };
    const state = run(emptyChat, { type: "loaded", conversation: conversation([asked, named]) });
    expect(siblings(run(state, ...told(90, 42, answered)), 42)).toEqual([40, 42]);
  });
});

describe("the head", () => {
  it("Is followed in every tab, which says quietly what it left", () => {
    expect(path(forked)).toEqual([43, 44]);
    expect(known(forked).notice).toEqual({ kind: "moved", from: 42 });
  });

  it("Going on in the same branch is not worth a word", () => {
    const more = message(43, { parent_id: 42, content: "More" });
    const state = run(turn, ...told(90, 44, more, message(44, { role: "assistant", parent_id: 43 })));
    expect(path(state)).toEqual([41, 42, 43, 44]);
    expect(known(state).notice).toBeUndefined();
  });

  it("Coming back takes the word away, and so does the person", () => {
    expect(known(run(forked, ...told(91, 42))).notice).toBeUndefined();
    expect(known(run(forked, { type: "dismiss_notice", conversationId: 12 })).notice).toBeUndefined();
  });

  it("That is told before its messages is awaited, then shown", () => {
    const early = run(turn, ...told(90, 44));
    expect(path(early)).toEqual([41, 42]);
    expect(known(early)).toMatchObject({ awaitedHead: 44 });
    expect(known(early).repair).toBeUndefined();
    const [first, second] = told(90, 44, edited, reply);
    const state = run(early, first as ServerEvent, second as ServerEvent);
    expect(path(state)).toEqual([43, 44]);
    expect(known(state).awaitedHead).toBeUndefined();
  });

  it("Whose messages do not come asks for a load, which shows it", () => {
    const late = run(turn, ...told(90, 44), { type: "follow", conversationId: 12 });
    expect(known(late).repair).toBe("load");
    const state = run(late, {
      type: "loaded",
      conversation: conversation([edited, reply], { revision: 90, head_id: 44 }),
    });
    expect(path(state)).toEqual([43, 44]);
    expect(known(state)).toMatchObject({ notice: { kind: "moved", from: 42 } });
  });

  it("An overtaken load still leads to the awaited head", () => {
    const late = run(turn, ...told(90, 44), { type: "watching", conversation_id: 12, revision: 99 });
    const load = conversation([edited, reply], { revision: 90, head_id: 44 });
    expect(path(run(late, { type: "loaded", conversation: load }))).toEqual([43, 44]);
  });
});

describe("a branch that this tab chooses", () => {
  const chosen = run(forked, { type: "select", conversationId: 12, messageId: 41, at: 1000 });

  it("Is shown at once where it is known, to its newest end", () => {
    expect(path(chosen)).toEqual([41, 42]);
    expect(known(run(chosen, ...told(96, 42)))).toMatchObject({ headId: 42, selecting: undefined });
    expect(known(run(chosen, ...told(96, 42))).notice).toBeUndefined();
  });

  it("Is not left for a head that was told before the server knew", () => {
    const state = run(chosen, ...told(96, 44));
    expect(path(state)).toEqual([41, 42]);
    expect(path(run(state, ...told(97, 42)))).toEqual([41, 42]);
    expect(path(run(state, { type: "follow", conversationId: 12 }))).toEqual([43, 44]);
  });

  it("Is loaded without delay where it is not known", () => {
    const asking = run(turn, { type: "select", conversationId: 12, messageId: 30, at: 1000 });
    expect(path(asking)).toEqual([41, 42]);
    const state = run(asking, ...told(96, 31));
    expect(known(state).repair).toBe("load");
    const older = [message(30, { content: "Older" }), message(31, { role: "assistant", parent_id: 30 })];
    const done = run(state, { type: "loaded", conversation: conversation(older, { revision: 96 }) });
    expect(path(done)).toEqual([30, 31]);
    expect(known(done).notice).toBeUndefined();
  });

  it("Stays this tab's choice where a watch that was asked for before it is answered after it", () => {
    const watching: ServerEvent = { type: "watching", conversation_id: 12, revision: 90 };
    const state = run(
      turn,
      { type: "select", conversationId: 12, messageId: 30, at: 900 },
      watching,
      ...told(96, 31),
    );
    expect(known(state).repair).toBe("load");
    const older = [message(30, { content: "Older" }), message(31, { role: "assistant", parent_id: 30 })];
    const done = run(state, { type: "loaded", conversation: conversation(older, { revision: 96 }) });
    expect(path(done)).toEqual([30, 31]);
    expect(known(done).notice).toBeUndefined();
    const lost = run(turn, { type: "select", conversationId: 12, messageId: 30, at: -9000 }, watching);
    expect(known(lost).selecting).toBeUndefined();
  });

  it("That the server refuses is left again", () => {
    const refusal: ServerEvent = { status: "error", error: "No.", code: "not_found", conversation_id: 12 };
    expect(known(run(chosen, refusal))).toMatchObject({ selecting: undefined, repair: "load" });
  });
});

describe("an edit of this tab", () => {
  const editing = run(turn, { type: "send", pending: sends({ edits: 41 }) });

  it("Stands beside the message that it edits, whichever comes first", () => {
    const acked = run(editing, acknowledged([43, 44]));
    expect(shown(acked)).toEqual(["Mine", ""]);
    expect(siblings(acked, 43)).toEqual([41, 43]);
    const mine = message(43, { content: "Mine", client_message_id: "a-1" });
    const growing = message(44, { role: "assistant", parent_id: 43, status: "streaming" });
    const events = told(95, 44, mine, growing);
    for (const state of [run(acked, ...events), run(editing, ...events, acknowledged([43, 44]))]) {
      expect(path(state)).toEqual([43, 44]);
      expect(known(state).notice).toBeUndefined();
      expect(state.pending).toEqual([]);
    }
  });

  it("Tells nobody of a branch that it made on purpose", () => {
    expect(known(run(editing, acknowledged([43, 44], { branched: true }))).notice).toBeUndefined();
  });
});

describe("a send that another tab was faster than", () => {
  it("Follows what was shown when it was written, and says that it branched", () => {
    const faster = message(43, { parent_id: 42, content: "Faster" });
    const base = run(turn, { type: "send", pending: sends({ parentId: 42 }) }, ...told(93, 43, faster));
    const state = run(base, acknowledged([45, 46], { branched: true }));
    expect(path(state)).toEqual([41, 42, 45, 46]);
    expect(siblings(state, 45)).toEqual([43, 45]);
    expect(known(state).notice).toEqual({ kind: "branched", messageId: 45 });
  });
});

describe("another reply", () => {
  const ask = {
    clientMessageId: "a-1",
    traceparent: "",
    command: "regenerate",
    conversationId: 12,
    messageId: 42,
  } as const;
  const asking = run(turn, { type: "ask", ask });
  const again = message(43, { role: "assistant", parent_id: 41, status: "streaming" });

  it("Takes the place of the one it stands beside, whichever comes first", () => {
    const acked = run(asking, acknowledged([41, 43]));
    expect(path(acked)).toEqual([41, 43]);
    expect(acked.asks).toEqual([]);
    for (const state of [
      run(acked, ...told(95, 43, again)),
      run(asking, ...told(95, 43, again), acknowledged([41, 43])),
    ]) {
      expect(path(state)).toEqual([41, 43]);
      expect(known(state).notice).toBeUndefined();
      expect(siblings(state, 43)).toEqual([42, 43]);
    }
  });

  it("That is refused is no longer waited for", () => {
    const refusal: ServerEvent = {
      status: "error",
      error: "Busy.",
      code: "overloaded",
      conversation_id: 12,
      client_message_id: "a-1",
    };
    expect(run(asking, refusal).asks).toEqual([]);
  });

  it("Text of a reply on a branch that was never loaded changes nothing", () => {
    const stray: ServerEvent = { status: "streaming", text: "Ebb", conversation_id: 12, message_id: 60 };
    expect(path(run(loaded, stray))).toEqual([41, 42]);
    expect(known(run(loaded, stray)).messages[60]).toBeUndefined();
  });
});
