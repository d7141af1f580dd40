import { describe, expect, it } from "vitest";
import type { ServerEvent } from "@/lib/protocol/events";
import type { Message } from "@/lib/protocol/rest";
import { layOut } from "./lay-out";
import { activePath } from "./selectors";
import { asked, conversation, growing, known, message, path, run, told } from "./testing";
import { emptyChat, type ChatState, type PendingSend } from "./types";

const second = message(43, { parent_id: 42, content: "And the Sun?" });
const secondReply = message(44, { role: "assistant", parent_id: 43, status: "queued" });
const third = message(45, { parent_id: 44, content: "And the wind?" });
const thirdReply = message(46, { role: "assistant", parent_id: 45, status: "queued" });
const all = [asked, growing, second, secondReply, third, thirdReply];
const queued = run(emptyChat, { type: "loaded", conversation: conversation(all) });

function removed(gone: Message, revision: number): ServerEvent {
  return { type: "message", conversation_id: 12, revision, message: { ...gone, status: "removed" } };
}

function layout(state: ChatState, pending: PendingSend[] = []) {
  return layOut(activePath(known(state)), pending, known(state).messages);
}

function edit(rest: Partial<PendingSend>): PendingSend {
  return { clientMessageId: "e", conversationId: 12, text: "Edited", createdAt: 0, ...rest };
}

describe("messages that wait", () => {
  it("Stand apart from what is shown, in their order", () => {
    const { shown, waiting, paused } = layout(queued);
    expect(shown.map(({ id }) => id)).toEqual([41, 42]);
    expect(waiting.map(({ message: { content } }) => content)).toEqual(["And the Sun?", "And the wind?"]);
    expect(paused).toBe(false);
  });

  it("Are shown in the conversation when their turn comes", () => {
    const state = run(
      queued,
      { status: "complete", conversation_id: 12, message_id: 42, message_status: "complete" },
      { status: "streaming", text: "Yes", conversation_id: 12, message_id: 44, offset: 0 },
    );
    expect(layout(state).shown.map(({ id }) => id)).toEqual([41, 42, 43, 44]);
    expect(layout(state).waiting).toHaveLength(1);
  });

  it.each(["stopped", "interrupted", "failed"] as const)("Pause behind a reply that was %s", (status) => {
    const state = run(queued, ...told(90, 46, { ...growing, status }));
    expect(layout(state)).toMatchObject({ paused: true, waiting: [{}, {}] });
  });

  it("Do not pause between a reply's end and the next one's beginning", () => {
    expect(layout(run(queued, ...told(90, 46, { ...growing, status: "complete" }))).paused).toBe(false);
  });

  it("Are forgotten when they are removed, and those behind close up", () => {
    const behind = { ...third, parent_id: 42 };
    const state = run(queued, removed(second, 90), removed(secondReply, 90), ...told(90, 46, behind));
    expect(path(state)).toEqual([41, 42, 45, 46]);
    expect(known(state).messages[43]).toBeUndefined();
  });

  it("The last one's removal leaves what is before it on the screen, in either order", () => {
    for (const gone of [
      [removed(third, 90), removed(thirdReply, 90)],
      [removed(thirdReply, 90), removed(third, 90)],
    ]) {
      expect(path(run(queued, ...gone))).toEqual([41, 42, 43, 44]);
    }
  });

  it("Change their text in place", () => {
    const state = run(queued, ...told(90, 46, { ...second, content: "And Jupiter?" }));
    expect(layout(state).waiting[0]?.message.content).toBe("And Jupiter?");
    expect(path(state)).toEqual([41, 42, 43, 44, 45, 46]);
  });

  it("An edit in place has its new text with the acknowledgement", () => {
    const editing = run(queued, { type: "send", pending: edit({ edits: 43 }) });
    expect(layout(editing, editing.pending).waiting[0]?.edit?.text).toBe("Edited");
    const state = run(editing, {
      status: "streaming",
      text: "",
      conversation_id: 12,
      user_message_id: 43,
      message_id: 44,
      client_message_id: "e",
      message_status: "queued",
      revision: 90,
    });
    expect(layout(state, state.pending).waiting[0]).toMatchObject({ message: { content: "Edited" } });
    expect(path(state)).toEqual([41, 42, 43, 44, 45, 46]);
  });

  it("Follow the reply of an edit of the message before", () => {
    const ended = run(queued, ...told(90, 46, { ...growing, status: "stopped" }));
    const state = run(ended, { type: "send", pending: edit({ edits: 41 }) }, {
      status: "streaming",
      text: "",
      conversation_id: 12,
      user_message_id: 47,
      message_id: 48,
      client_message_id: "e",
      message_status: "streaming",
      revision: 95,
    } as const);
    expect(path(state)).toEqual([47, 48, 43, 44, 45, 46]);
  });

  it("Removed while its reply was watched, it is forgotten as often as it is told", () => {
    const end = {
      status: "error",
      error: "Gone.",
      code: "gone",
      conversation_id: 12,
      message_id: 46,
      message_status: "removed",
      revision: 90,
    } as const;
    for (const gone of [
      [end, removed(third, 90), removed(thirdReply, 90)],
      [removed(third, 90), removed(thirdReply, 90), end],
    ]) {
      const state = run(queued, ...gone);
      expect(path(state)).toEqual([41, 42, 43, 44]);
      expect(known(state).repair).toBeUndefined();
    }
  });

  it("Follow a reply that is written again behind its new sibling", () => {
    const ended = run(queued, ...told(90, 46, { ...growing, status: "stopped" }));
    const ask = {
      clientMessageId: "r",
      traceparent: "",
      command: "continue",
      conversationId: 12,
      messageId: 42,
    } as const;
    const acked = run(ended, { type: "ask", ask }, {
      status: "streaming",
      text: "",
      conversation_id: 12,
      user_message_id: 41,
      message_id: 47,
      client_message_id: "r",
      message_status: "streaming",
      revision: 95,
    } as const);
    expect(path(acked)).toEqual([41, 47, 43, 44, 45, 46]);
    expect(layout(acked)).toMatchObject({ paused: false, waiting: [{}, {}] });
    const again = message(47, { role: "assistant", parent_id: 41, status: "streaming" });
    const events = told(95, 46, { ...second, parent_id: 47 }, again);
    expect(path(run(acked, ...events))).toEqual([41, 47, 43, 44, 45, 46]);
    const elsewhere = run(ended, ...events);
    expect(path(elsewhere)).toEqual([41, 47, 43, 44, 45, 46]);
    expect(known(elsewhere).notice).toBeUndefined();
  });
});

describe("an edit on its way", () => {
  const talk = run(emptyChat, { type: "loaded", conversation: conversation([asked, growing]) });

  it("Is shown in its place, and what came after it is not", () => {
    const sending = edit({ edits: 41 });
    expect(layout(talk, [sending])).toMatchObject({ shown: [], edit: sending, rest: [] });
  });

  it("That was refused hides nothing", () => {
    const refused = edit({ edits: 41, refusal: { error: "No." } });
    const { shown, refusedEdits } = layout(talk, [refused]);
    expect(shown).toHaveLength(2);
    expect(refusedEdits.get(41)).toBe(refused);
  });

  it("Has the place of another tab's version of the same message", () => {
    const elsewhere = message(50, { content: "Theirs" });
    const state = run(talk, ...told(90, 51, elsewhere, message(51, { role: "assistant", parent_id: 50 })));
    const sending = edit({ edits: 41 });
    expect(layout(state, [sending])).toMatchObject({ shown: [], edit: sending, rest: [] });
  });

  it("Of a message on another branch is still there", () => {
    const lost = edit({ edits: 99 });
    expect(layout(talk, [lost, edit({ clientMessageId: "s" })]).rest).toHaveLength(2);
  });
});
