import { describe, expect, it } from "vitest";
import type { ServerEvent } from "@/lib/protocol/events";
import { pendingOf } from "./selectors";
import { asked, run, shown, slice } from "./testing";
import { emptyChat } from "./types";

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
    expect(state.conversations[12]).toMatchObject({ load: "ready", headId: 42 });
  });

  it("Says nothing of what else was changed before: that is the watch's to say", () => {
    const state = run(
      sent,
      ack,
      { type: "watching", conversation_id: 12, revision: 70 },
      { ...ack, revision: 95 },
    );
    expect(state.conversations[12]?.revision).toBe(70);
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
