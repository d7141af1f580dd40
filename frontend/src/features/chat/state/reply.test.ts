import { describe, expect, it } from "vitest";
import type { ServerEvent } from "@/lib/protocol/events";
import { messageOf } from "./conversation";
import { chatReducer } from "./reducer";
import { activePath, growingReply } from "./selectors";
import { asked, conversation, growing, known, loaded, message, run, shown, slice } from "./testing";
import { emptyChat } from "./types";

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
    expect(messageOf(known(answered), 42)).toMatchObject({
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
    expect(state.conversations[13]?.grown[52]?.content).toBe("Salt");
  });
});
