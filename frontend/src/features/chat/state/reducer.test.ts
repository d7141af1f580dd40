import { describe, expect, it } from "vitest";
import type { ServerEvent, StreamingEvent } from "@/lib/protocol/events";
import type { Conversation, Message } from "@/lib/protocol/rest";
import { chatReducer } from "./reducer";
import { activePath, growingReply, pendingOf } from "./selectors";
import { emptyChat, type ChatAction, type ChatState } from "./types";

const created_at = "2026-10-01T09:30:00.000Z";

function message(id: number, rest: Partial<Message>): Message {
  return { id, conversation_id: 12, role: "user", content: "", status: "complete", created_at, ...rest };
}

function conversation(messages: Message[], rest: Partial<Conversation> = {}): Conversation {
  const head_id = messages.at(-1)?.id ?? null;
  return {
    id: 12,
    title: "Tides",
    created_at,
    updated_at: created_at,
    head_id,
    revision: 80,
    messages,
    ...rest,
  };
}

function run(state: ChatState, ...steps: (ChatAction | ServerEvent)[]): ChatState {
  return steps.reduce<ChatState>((current, step) => {
    const isEvent = "status" in step || ("type" in step && isServerType(step.type));
    const action = isEvent
      ? { type: "event" as const, event: step as ServerEvent, at: 1000 }
      : (step as ChatAction);
    return chatReducer(current, action);
  }, state);
}

function isServerType(type: string): boolean {
  const types = ["message", "conversation", "conversation_deleted", "watching", "resync", "reset", "pong"];
  return types.includes(type);
}

const asked = message(41, { content: "Explain tides" });
const growing = message(42, { role: "assistant", parent_id: 41, status: "streaming", content: "The Moon" });
const loaded = run(emptyChat, { type: "loaded", conversation: conversation([asked, growing]) });

function slice(text: string, offset: number): StreamingEvent {
  return { status: "streaming", text, conversation_id: 12, message_id: 42, offset };
}

function shown(state: ChatState): string[] {
  return activePath(state.conversations[12]).map(({ content }) => content);
}

describe("a reply as it grows", () => {
  it("Slices are put one after the other", () => {
    expect(shown(run(loaded, slice(" pulls", 8), slice(" the sea", 14)))).toEqual([
      "Explain tides",
      "The Moon pulls the sea",
    ]);
  });

  it("What is already there is skipped, in whole and in part", () => {
    const state = run(loaded, slice("The Moon", 0), slice("Moon pulls", 4), slice("pulls", 9));
    expect(shown(state)[1]).toBe("The Moon pulls");
  });

  it("A slice cut anywhere and sent twice gives the same text", () => {
    const whole = "Ebb 🌊 and flow.";
    for (let cut = 0; cut <= whole.length; cut++) {
      const start = run(emptyChat, {
        type: "loaded",
        conversation: conversation([asked, { ...growing, content: "" }]),
      });
      const state = run(start, slice(whole.slice(0, cut), 0), slice(whole, 0), slice(whole.slice(cut), cut));
      expect(shown(state)[1]).toBe(whole);
    }
  });

  it("A missing piece asks for a new watch and adds nothing", () => {
    const state = run(loaded, slice("sea", 20));
    expect(shown(state)[1]).toBe("The Moon");
    expect(state.conversations[12]?.repair).toBe("watch");
  });

  it("A reply that ends while a piece is missing is loaded again", () => {
    const state = run(loaded, slice("sea", 20), { status: "complete", conversation_id: 12, message_id: 42 });
    expect(state.conversations[12]?.repair).toBe("load");
  });

  it("A reset cuts the text, and what follows starts there", () => {
    const reset: ServerEvent = {
      type: "reset",
      conversation_id: 12,
      message_id: 42,
      offset: 4,
      reasoning_offset: 0,
    };
    expect(shown(run(loaded, reset))[1]).toBe("The ");
    expect(shown(run(loaded, reset, slice("Sun", 4)))[1]).toBe("The Sun");
  });

  it("Reasoning grows by its own offset and the time of thinking is kept", () => {
    const thinking = { status: "streaming", text: "", conversation_id: 12, message_id: 42 } as const;
    const blank = run(emptyChat, {
      type: "loaded",
      conversation: conversation([asked, { ...growing, content: "" }]),
    });
    const first = chatReducer(blank, {
      type: "event",
      event: { ...thinking, reasoning: "The user", reasoning_offset: 0, offset: 0 },
      at: 1000,
    });
    const second = chatReducer(first, {
      type: "event",
      event: { ...thinking, reasoning: "user asks", reasoning_offset: 4, offset: 0 },
      at: 2000,
    });
    const answered = chatReducer(second, { type: "event", event: slice("Well", 0), at: 4000 });
    expect(answered.conversations[12]?.messages[42]).toMatchObject({
      reasoning: "The user asks",
      thoughtMs: 3000,
    });
  });

  it("The end brings status, usage and timing, and later slices change nothing", () => {
    const end: ServerEvent = {
      status: "complete",
      conversation_id: 12,
      message_id: 42,
      message_status: "stopped",
      finish_reason: "stopped",
      revision: 91,
      timing: { time_to_first_token: 0.2 },
    };
    const state = run(loaded, end, slice(" pulls", 8));
    const reply = state.conversations[12]?.messages[42];
    expect(reply).toMatchObject({
      status: "stopped",
      content: "The Moon",
      timing: { time_to_first_token: 0.2 },
    });
    expect(state.conversations[12]?.revision).toBe(91);
    expect(growingReply(activePath(state.conversations[12]))).toBeUndefined();
  });

  it("A failure is a status with a code, and what came is kept", () => {
    const state = run(loaded, {
      status: "error",
      error: "The connection broke off.",
      code: "provider_disconnected",
      retryable: true,
      retry_after_ms: 500,
      conversation_id: 12,
      message_id: 42,
      message_status: "interrupted",
    });
    expect(state.conversations[12]?.messages[42]).toMatchObject({
      status: "interrupted",
      content: "The Moon",
      error_code: "provider_disconnected",
      retryAt: 1500,
    });
  });

  it("Two replies that grow at once do not mix", () => {
    const other = message(52, { conversation_id: 13, role: "assistant", status: "streaming", content: "" });
    const both = run(loaded, { type: "loaded", conversation: conversation([other], { id: 13 }) });
    const state = run(both, slice(" pulls", 8), {
      ...slice("Salt", 0),
      conversation_id: 13,
      message_id: 52,
    });
    expect(shown(state)[1]).toBe("The Moon pulls");
    expect(state.conversations[13]?.messages[52]?.content).toBe("Salt");
  });
});

describe("a message that is sent", () => {
  const pending = { clientMessageId: "a-1", conversationId: null, text: "Explain tides", createdAt: 0 };
  const sent = run(emptyChat, { type: "send", pending });
  const ack: ServerEvent = {
    status: "streaming",
    text: "",
    conversation_id: 12,
    message_id: 42,
    offset: 0,
    user_message_id: 41,
    client_message_id: "a-1",
    message_status: "streaming",
    revision: 90,
  };

  it("Is shown as pending until the acknowledgement, then as a turn", () => {
    expect(pendingOf(sent.pending, null)).toHaveLength(1);
    const state = run(sent, ack);
    expect(state.pending).toEqual([]);
    expect(shown(state)).toEqual(["Explain tides", ""]);
    expect(state.conversations[12]).toMatchObject({ load: "ready", revision: 90, headId: 42 });
  });

  it("An acknowledgement that comes twice changes nothing", () => {
    const once = run(sent, ack, slice("The Moon", 0));
    expect(shown(run(once, ack))).toEqual(["Explain tides", "The Moon"]);
  });

  it("A message that the watch showed before its acknowledgement is there once", () => {
    const echoed: ServerEvent = {
      type: "message",
      conversation_id: 12,
      revision: 90,
      message: { ...asked, client_message_id: "a-1" },
    };
    const state = run(sent, echoed, ack);
    expect(shown(state)).toEqual(["Explain tides", ""]);
    expect(state.pending).toEqual([]);
  });

  it("A refusal keeps the text with its reason, and sending again takes the reason away", () => {
    const refusal: ServerEvent = {
      status: "error",
      error: "Too many messages.",
      code: "rate_limited",
      retry_after_ms: 2400,
      conversation_id: 0,
      client_message_id: "a-1",
    };
    const refused = run(sent, refusal);
    expect(refused.pending[0]).toMatchObject({
      text: "Explain tides",
      refusal: { code: "rate_limited", retryAt: 3400 },
    });
    expect(run(refused, { type: "send_again", clientMessageId: "a-1" }).pending[0]?.refusal).toBeUndefined();
    expect(run(refused, { type: "discard", clientMessageId: "a-1" }).pending).toEqual([]);
  });
});

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
    const state = run(ended, { type: "message", conversation_id: 12, revision: 92, message: again });
    expect(activePath(state.conversations[12]).map(({ id }) => id)).toEqual([41, 43]);
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
