import { render, screen } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import type { ServerEvent } from "@/lib/protocol/events";
import { WithWords } from "@/testing/with-words";
import { chatReducer } from "../state/reducer";
import { activePath } from "../state/selectors";
import { emptyChat, type ChatState } from "../state/types";
import { ReplyAnnouncer } from "./reply-announcer";

const acknowledgement: ServerEvent = {
  status: "streaming",
  text: "",
  conversation_id: 1,
  message_id: 2,
  user_message_id: 1,
  offset: 0,
  client_message_id: "a",
  message_status: "streaming",
  revision: 1,
};
const failure: ServerEvent = {
  status: "error",
  error: "The model is over capacity.",
  code: "provider_overloaded",
  retryable: true,
  conversation_id: 1,
  message_id: 2,
  message_status: "failed",
  revision: 2,
};

function lastOf(state: ChatState) {
  return activePath(state.conversations[1]).at(-1);
}

function after(...events: ServerEvent[]): ChatState {
  const pending = { clientMessageId: "a", conversationId: null, text: "Hello", createdAt: 0 };
  const sent = chatReducer(emptyChat, { type: "send", pending });
  return events.reduce((state, event) => chatReducer(state, { type: "event", event, at: 0 }), sent);
}

describe("ReplyAnnouncer", () => {
  it("Tells of a reply that ended before it was ever drawn", () => {
    render(<ReplyAnnouncer last={lastOf(after(acknowledgement, failure))} />, { wrapper: WithWords });
    expect(screen.getByTestId("reply-status").textContent).toContain("over capacity");
  });

  it("Tells that a message waits, and then how the reply before it ended", () => {
    const grows = lastOf(after(acknowledgement));
    const { rerender } = render(<ReplyAnnouncer last={grows} />, { wrapper: WithWords });
    rerender(<ReplyAnnouncer last={grows} waiting={1} />);
    expect(screen.getByTestId("reply-status").textContent).toBe("A message waits for the reply before it.");
    rerender(<ReplyAnnouncer last={lastOf(after(acknowledgement, failure))} waiting={1} />);
    expect(screen.getByTestId("reply-status").textContent).toContain("over capacity");
  });

  it("Says nothing of a reply that was loaded", () => {
    const message = {
      id: 2,
      conversation_id: 1,
      role: "assistant" as const,
      status: "complete" as const,
      content: "Hi",
      created_at: "2026-01-01T00:00:00Z",
    };
    const conversation = {
      id: 1,
      title: "A chat",
      created_at: message.created_at,
      updated_at: message.created_at,
      head_id: 2,
      revision: 1,
      messages: [message],
    };
    const state = chatReducer(emptyChat, { type: "loaded", conversation });
    render(<ReplyAnnouncer last={lastOf(state)} />, { wrapper: WithWords });
    expect(screen.getByTestId("reply-status").textContent).toBe("");
  });
});
