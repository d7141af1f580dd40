import { describe, expect, it } from "vitest";
import { asked, conversation, growing, loaded, message, path, run, shown, slice, told } from "./testing";
import { emptyChat } from "./types";

describe("a watched conversation", () => {
  it("Shows another tab's turn", () => {
    const base = run(emptyChat, { type: "loaded", conversation: conversation([asked]) });
    const state = run(
      base,
      {
        type: "message",
        conversation_id: 12,
        revision: 81,
        message: message(43, { parent_id: 41, content: "More" }),
      },
      {
        type: "message",
        conversation_id: 12,
        revision: 82,
        message: {
          ...message(44, { parent_id: 43, role: "assistant", status: "streaming" }),
          content: undefined,
        },
      },
      { status: "streaming", text: "Yes", conversation_id: 12, message_id: 44, offset: 0 },
    );
    expect(shown(state)).toEqual(["Explain tides", "More", "Yes"]);
    expect(state.conversations[12]?.revision).toBe(82);
  });

  it("A new reply to the same message takes the place of the old one", () => {
    const again = message(43, { parent_id: 41, role: "assistant", status: "streaming" });
    const ended = run(loaded, { status: "complete", conversation_id: 12, message_id: 42 });
    expect(path(run(ended, ...told(92, 43, again)))).toEqual([41, 43]);
  });

  it("A load that live events overtook takes no text back", () => {
    const live = run(loaded, slice(" pulls", 8), { type: "watching", conversation_id: 12, revision: 95 });
    const state = run(live, { type: "loaded", conversation: conversation([asked, growing]) });
    expect(shown(state)[1]).toBe("The Moon pulls");
  });

  it("A reply that has ended does not grow again because of an old message event", () => {
    const ended = run(loaded, { status: "complete", conversation_id: 12, message_id: 42 });
    const state = run(ended, { type: "message", conversation_id: 12, revision: 90, message: growing });
    expect(state.conversations[12]?.messages[42]?.status).toBe("complete");
  });

  it("An unknown revision asks for a new load, a deletion leaves nothing", () => {
    expect(run(loaded, { type: "resync", conversation_id: 12 }).conversations[12]?.repair).toBe("load");
    const gone = run(loaded, { type: "conversation_deleted", conversation_id: 12, revision: 99 });
    expect(gone.conversations[12]).toMatchObject({ load: "missing", messages: {} });
  });

  it("What comes back from the trash is loaded again", () => {
    const at = "2026-10-01T09:30:00Z";
    const summary = { id: 12, title: "Tides", created_at: at, updated_at: at, message_count: 2 };
    const back = run(
      loaded,
      { type: "conversation_deleted", conversation_id: 12, revision: 99 },
      {
        type: "conversation",
        revision: 100,
        conversation: { ...summary, revision: 100, growing: false, pinned: true, tags: ["Sea"] },
      },
    );
    expect(back.conversations[12]).toMatchObject({ repair: "load", kept: { pinned: true, tags: ["Sea"] } });
  });

  it("A failed load can be told from a conversation that does not exist", () => {
    const failed = run(
      emptyChat,
      { type: "loading", conversationId: 7 },
      { type: "load_failed", conversationId: 7, missing: false },
    );
    expect(failed.conversations[7]?.load).toBe("failed");
    expect(
      run(failed, { type: "load_failed", conversationId: 7, missing: true }).conversations[7]?.load,
    ).toBe("missing");
  });
});
