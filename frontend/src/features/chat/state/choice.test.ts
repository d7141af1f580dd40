import { describe, expect, it } from "vitest";
import type { ServerEvent } from "@/lib/protocol/events";
import { frameOf } from "../outbox/frame";
import { composeSend } from "../outbox/compose";
import { chatReducer } from "./reducer";
import { loaded, run } from "./testing";
import type { ChatState } from "./types";

const first = { model: "a", effort: "low" } as const;
const second = { model: "b" };
const of = (state: ChatState) => state.conversations[12];

describe("the choice of a conversation", () => {
  it("Is shown at once, and taken back where the server does not take it", () => {
    const asked = chatReducer(loaded, { type: "choosing", conversationId: 12, choice: first });
    expect(of(asked)?.choosing).toEqual(first);
    const taken = chatReducer(asked, { type: "chosen", conversationId: 12, choice: first, done: true });
    expect([of(taken)?.choosing, of(taken)?.choice]).toEqual([undefined, first]);
    const again = chatReducer(taken, { type: "choosing", conversationId: 12, choice: second });
    const refused = chatReducer(again, { type: "chosen", conversationId: 12, choice: second, done: false });
    expect([of(refused)?.choosing, of(refused)?.choice]).toEqual([undefined, first]);
  });

  it("The answer to an earlier choice does not settle a later one", () => {
    const asked = chatReducer(loaded, { type: "choosing", conversationId: 12, choice: first });
    const later = chatReducer(asked, { type: "choosing", conversationId: 12, choice: second });
    const state = chatReducer(later, { type: "chosen", conversationId: 12, choice: first, done: true });
    expect(of(state)?.choosing).toEqual(second);
  });

  it("Goes with a message that says it, the same every time", () => {
    const send = composeSend(loaded, { text: "Hi", conversationId: null, choice: first }, 1);
    expect(frameOf(send)).toMatchObject({ model: "a", reasoning_effort: "low" });
    expect(frameOf({ ...send, conversationId: 12 })).toMatchObject({ model: "a", reasoning_effort: "low" });
    expect(
      frameOf(composeSend(loaded, { text: "Hi", conversationId: 12, choice: {} }, 1)),
    ).not.toHaveProperty("model");
  });
});

describe("a wait for the provider", () => {
  const waiting: ServerEvent = {
    status: "streaming",
    text: "",
    conversation_id: 12,
    message_id: 42,
    offset: 8,
    waiting: { code: "provider_rate_limited", retry_after_ms: 3000 },
  };

  it("Is counted from when it was told, and over with the next text", () => {
    const before = run(loaded, { type: "event", event: waiting, at: 1000 });
    expect(of(before)?.messages[42]?.waiting).toEqual({ code: "provider_rate_limited", until: 4000 });
    const text: ServerEvent = {
      status: "streaming",
      text: " goes",
      conversation_id: 12,
      message_id: 42,
      offset: 8,
    };
    expect(of(run(before, { type: "event", event: text, at: 4000 }))?.messages[42]?.waiting).toBeUndefined();
    const end: ServerEvent = { status: "complete", conversation_id: 12, message_id: 42 };
    expect(of(run(before, { type: "event", event: end, at: 4000 }))?.messages[42]?.waiting).toBeUndefined();
  });
});
