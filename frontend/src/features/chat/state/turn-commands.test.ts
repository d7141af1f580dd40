import { beforeEach, describe, expect, it } from "vitest";
import type { ClientCommand } from "@/lib/protocol/commands";
import { chatReducer } from "./reducer";
import { loaded, run } from "./testing";
import { TurnCommands } from "./turn-commands";
import type { ChatState } from "./types";

let state: ChatState;
let sent: ClientCommand[];
let open: boolean;
const commands = new TurnCommands({
  socket: { send: (command) => open && sent.push(command) > 0 },
  getState: () => state,
  dispatch: (action) => {
    state = chatReducer(state, action);
  },
  now: () => 1000,
});

beforeEach(() => {
  state = loaded;
  sent = [];
  open = true;
});

describe("TurnCommands", () => {
  it("A reply that is asked for twice before the answer is asked for once", () => {
    expect(commands.regenerate(12, 42)).toBe(true);
    expect(commands.regenerate(12, 42)).toBe(true);
    expect(sent).toHaveLength(1);
    expect(sent[0]).toMatchObject({ type: "regenerate", conversation_id: 12, message_id: 42 });
  });

  it("After a lost connection it is asked for again, as the same", () => {
    commands.continueReply(12, 42);
    commands.resend();
    expect(sent).toHaveLength(2);
    expect(sent[1]).toEqual(sent[0]);
    expect(sent[0]).toHaveProperty("traceparent", expect.stringMatching(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/));
    state = run(state, {
      status: "streaming",
      text: "",
      conversation_id: 12,
      message_id: 43,
      user_message_id: 41,
      client_message_id: state.asks[0]?.clientMessageId,
    });
    commands.resend();
    expect(sent).toHaveLength(2);
  });

  it("Without a connection nothing is waited for, and the caller knows", () => {
    open = false;
    expect([commands.regenerate(12, 42), commands.select(12, 41), commands.resumeQueue(12)]).toEqual([
      false,
      false,
      false,
    ]);
    expect(state).toBe(loaded);
  });
});
