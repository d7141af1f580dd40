import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { ServerEvent } from "@/lib/protocol/events";
import type { Conversation } from "@/lib/protocol/rest";
import { copyOf, keepCopies } from "./keep-copies";
import { unknownConversation } from "./state/conversation";
import { emptyChat, type ChatMessage, type ChatState } from "./state/types";

const created_at = "2026-10-01T09:30:00.000Z";

function chat(status: ChatMessage["status"]): ChatState {
  const base = { conversation_id: 5, created_at, content: "text" };
  return {
    ...emptyChat,
    conversations: {
      5: {
        ...unknownConversation(5),
        load: "ready",
        title: "Tides",
        revision: 9,
        headId: 2,
        choice: { model: "m" },
        grown: {},
        gaps: [],
        messages: {
          1: { ...base, id: 1, role: "user", status: "complete" },
          2: { ...base, id: 2, parent_id: 1, role: "assistant", status, live: true, thoughtMs: 4 },
        },
      },
    },
  };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it("keeps the path that is shown, once, after its reply ended", () => {
  let tell: (event: ServerEvent) => void = () => undefined;
  const kept: Conversation[] = [];
  const end = keepCopies({
    onEvent: (listener) => ((tell = listener), () => undefined),
    getState: () => chat("complete"),
    copies: { keep: (conversation) => (kept.push(conversation), Promise.resolve()) },
  });
  tell({ status: "streaming", text: "t", conversation_id: 5 });
  vi.runAllTimers();
  expect(kept).toEqual([]);
  tell({ status: "complete", conversation_id: 5 });
  tell({ status: "complete", conversation_id: 5 });
  vi.runAllTimers();
  expect(kept).toHaveLength(1);
  expect(kept[0]).toMatchObject({ id: 5, title: "Tides", head_id: 2, revision: 9, model: "m" });
  expect(kept[0]!.messages.map(({ id }) => id)).toEqual([1, 2]);
  expect(kept[0]!.messages[1]).not.toHaveProperty("live");
  end();
});

it("keeps nothing of a conversation that grows or is not known", () => {
  expect(copyOf(chat("streaming").conversations[5])).toBeUndefined();
  expect(copyOf(undefined)).toBeUndefined();
});
