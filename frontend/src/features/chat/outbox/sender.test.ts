import "fake-indexeddb/auto";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { ClientCommand } from "@/lib/protocol/commands";
import type { ErrorEvent } from "@/lib/protocol/events";
import type { ConnectionState } from "@/lib/socket/chat-socket";
import { chatReducer } from "../state/reducer";
import { emptyChat, type ChatState, type PendingSend } from "../state/types";
import { answerWithinMs } from "./attempts";
import { ChatDatabase } from "./database";
import { Outbox } from "./outbox";
import { othersTurnMs, Sender } from "./sender";

const traceparent: unknown = expect.stringMatching(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/);
let names = 0;
let name: string;
let ends: (() => void)[];

/** A tab: its state, what it sent, and its connection. */
class Tab {
  state: ChatState = emptyChat;
  phase: ConnectionState["phase"];
  sent: ClientCommand[] = [];
  refused: string[] = [];
  elsewhere: (number | undefined)[] = [];
  now = 1000;
  readonly outbox = new Outbox(new ChatDatabase(name), name);
  readonly sender: Sender;

  constructor(phase: ConnectionState["phase"] = "open") {
    this.phase = phase;
    this.sender = new Sender({
      socket: {
        send: (command) => this.phase === "open" && this.sent.push(command) > 0,
        getState: () => ({ phase: this.phase, failures: 0 }),
      },
      outbox: this.outbox,
      getState: () => this.state,
      dispatch: (action) => (this.state = chatReducer(this.state, action)),
      now: () => this.now,
      onSettledElsewhere: (_, id) => this.elsewhere.push(id),
      onRefused: (send) => this.refused.push(send.clientMessageId),
    });
    ends.push(this.sender.start());
  }

  type(text: string, conversationId: number | null = 12): string {
    return this.sender.send({ text, conversationId });
  }

  connect(): void {
    this.phase = "open";
    this.sender.connected();
  }

  acknowledge(clientMessageId: string, conversationId = 12): void {
    const send = this.find(clientMessageId);
    this.state = { ...this.state, pending: this.state.pending.filter((other) => other !== send) };
    if (send) this.sender.acknowledged(send, conversationId);
  }

  refuse(client_message_id: string, code: ErrorEvent["code"], retry_after_ms?: number): void {
    const event: ErrorEvent = {
      status: "error",
      error: "No.",
      code,
      retry_after_ms,
      conversation_id: 0,
      client_message_id,
    };
    this.state = chatReducer(this.state, { type: "event", event, at: this.now });
    this.sender.refused(client_message_id);
  }

  find(clientMessageId: string): PendingSend | undefined {
    return this.state.pending.find((send) => send.clientMessageId === clientMessageId);
  }

  get texts(): string[] {
    return this.sent.map((command) => ("message" in command ? command.message : String(command.type)));
  }

  /** Waits for exactly these texts to have gone out since the page began. */
  async sends(...texts: string[]): Promise<void> {
    await vi.waitFor(() => expect(this.texts).toEqual(texts));
  }

  /** Everything that the outbox was asked for so far is done. */
  async quiet(): Promise<void> {
    for (let round = 0; round < 3; round++) await this.outbox.read();
  }
}

beforeEach(() => {
  name = `sender-${++names}`;
  ends = [];
});

afterEach(() => {
  for (const end of ends) end();
  vi.useRealTimers();
});

describe("Sender", () => {
  it("Stores a message before it goes out", async () => {
    const tab = new Tab();
    let stored = -1;
    const send = tab.outbox.accept.bind(tab.outbox);
    vi.spyOn(tab.outbox, "accept").mockImplementation(async (...args) => {
      await send(...args);
      stored = tab.sent.length;
    });
    tab.type("Hello");
    await tab.sends("Hello");
    expect(stored).toBe(0);
  });

  it("What one page could not send the next one sends, under the same id", async () => {
    const tab = new Tab("reconnecting");
    const id = tab.type("Hello", null);
    const next = new Tab("connecting");
    await vi.waitFor(() => expect(next.find(id)).toMatchObject({ text: "Hello", conversationId: null }));
    next.connect();
    await next.sends("Hello");
    expect(next.sent).toEqual([{ message: "Hello", client_message_id: id, traceparent }]);
    expect(next.sent[0]).toHaveProperty("traceparent", tab.find(id)?.traceparent);
  });

  it("The second of two messages goes out after the first one was acknowledged", async () => {
    const tab = new Tab("reconnecting");
    const first = tab.type("one");
    tab.type("two");
    const elsewhere = tab.type("elsewhere", 13);
    tab.connect();
    await tab.sends("one", "elsewhere");
    tab.acknowledge(elsewhere, 13);
    await tab.quiet();
    expect(tab.texts).toEqual(["one", "elsewhere"]);
    tab.acknowledge(first);
    await tab.sends("one", "elsewhere", "two");
  });

  it("The second message of a new chat goes to the conversation that the first one began", async () => {
    const tab = new Tab("reconnecting");
    const first = tab.type("one", null);
    const second = tab.type("two", null);
    tab.connect();
    await tab.sends("one");
    tab.acknowledge(first, 7);
    await tab.sends("one", "two");
    expect(tab.sent[1]).toEqual({
      message: "two",
      conversation_id: 7,
      client_message_id: second,
      traceparent,
    });
  });

  it("Messages have the order of their typing, whatever the clock does", () => {
    const tab = new Tab("reconnecting");
    const first = tab.type("one");
    tab.now = 10;
    const second = tab.type("two");
    expect(tab.find(second)?.createdAt).toBeGreaterThan(tab.find(first)?.createdAt ?? Infinity);
  });

  it("A message names the head that was seen, and none where another one comes before it", () => {
    const tab = new Tab("reconnecting");
    const conversation = {
      id: 12,
      load: "ready" as const,
      title: "",
      revision: 1,
      headId: 42,
      messages: {},
      grown: {},
      gaps: [],
    };
    tab.state = { ...tab.state, conversations: { 12: conversation } };
    const [first, second] = [tab.type("one"), tab.type("two")];
    const unknown = tab.type("three", 13);
    const edited = tab.sender.send({ text: "four", conversationId: 14, edits: 41 });
    expect([first, second, unknown, edited].map((id) => tab.find(id)?.parentId)).toEqual([
      42,
      undefined,
      undefined,
      undefined,
    ]);
  });

  it("An edit goes out as one", async () => {
    const tab = new Tab();
    const id = tab.sender.send({ text: "Better", conversationId: 12, edits: 41 });
    await tab.sends("Better");
    expect(tab.sent).toEqual([
      {
        type: "edit",
        conversation_id: 12,
        message_id: 41,
        message: "Better",
        client_message_id: id,
        traceparent,
      },
    ]);
  });

  it("Without an answer the same message goes out again", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const tab = new Tab();
    tab.type("Hello");
    await tab.sends("Hello");
    tab.now += answerWithinMs;
    vi.advanceTimersByTime(answerWithinMs);
    await tab.sends("Hello", "Hello");
    expect(tab.sent[1]).toEqual(tab.sent[0]);
  });

  it("What the server puts off goes out again by itself when its time has come, and the next one waits", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const tab = new Tab();
    const first = tab.type("one");
    tab.type("two");
    await tab.sends("one");
    tab.refuse(first, "rate_limited", 2400);
    expect(tab.find(first)?.refusal).toMatchObject({ retryAt: tab.now + 2400 });
    await tab.quiet();
    expect(tab.texts).toEqual(["one"]);
    tab.now += 2400;
    vi.advanceTimersByTime(2400);
    await tab.sends("one", "one");
    expect(tab.find(first)?.refusal).toBeUndefined();
    expect(tab.refused).toEqual([]);
  });

  it("Where the server does not say for how long, the pauses double", async () => {
    const tab = new Tab();
    const id = tab.type("one");
    await tab.sends("one");
    const pauses = [1, 2, 3].map(() => {
      tab.refuse(id, "busy");
      return (tab.find(id)?.refusal?.retryAt ?? 0) - tab.now;
    });
    expect(pauses).toEqual([1000, 2000, 4000]);
  });

  it("What is refused for good lets the next one go, and stays refused on the next page", async () => {
    const tab = new Tab();
    const first = tab.type("one");
    tab.type("two");
    await tab.sends("one");
    tab.refuse(first, "conflict");
    await tab.sends("one", "two");
    expect(tab.refused).toEqual([first]);
    const next = new Tab("reconnecting");
    await vi.waitFor(() => expect(next.find(first)?.refusal).toMatchObject({ code: "conflict" }));
  });

  it("A refused text goes out as a message of its own", async () => {
    const tab = new Tab();
    const first = tab.type("one");
    await tab.sends("one");
    tab.refuse(first, "gone");
    tab.sender.sendAnew(first, null);
    await tab.sends("one", "one");
    expect(tab.find(first)).toBeUndefined();
    expect(tab.sent[1]).not.toMatchObject({ client_message_id: first });
  });

  it("What the server refused as it went goes out at once on the next connection", async () => {
    const tab = new Tab();
    const id = tab.type("one");
    await tab.sends("one");
    tab.refuse(id, "shutting_down", 60_000);
    tab.connect();
    await tab.sends("one", "one");
  });

  it("A frame that the server closed for is refused, not sent again", async () => {
    const tab = new Tab();
    const long = tab.type("long ".repeat(100));
    tab.type("short", 13);
    await vi.waitFor(() => expect(tab.sent).toHaveLength(2));
    tab.phase = "reconnecting";
    tab.sender.disconnected(1009);
    expect(tab.find(long)?.refusal).toMatchObject({ code: "message_too_long" });
    tab.sent = [];
    tab.connect();
    await tab.sends("short");
  });

  it("A frame over the cap is refused without being sent", async () => {
    const tab = new Tab();
    const id = tab.type("x".repeat(65 * 1024));
    await vi.waitFor(() => expect(tab.find(id)?.refusal).toMatchObject({ code: "message_too_long" }));
    expect(tab.sent).toEqual([]);
  });

  it("An acknowledgement in one tab clears the message in the others", async () => {
    const offline = new Tab("reconnecting");
    const id = offline.type("Hello", null);
    await vi.waitFor(async () => expect(await offline.outbox.holds(id)).toBe(true));
    const other = new Tab();
    await other.sends("Hello");
    other.acknowledge(id, 7);
    await vi.waitFor(() => expect(offline.find(id)).toBeUndefined());
    expect(offline.elsewhere).toEqual([7]);
    offline.connect();
    await offline.quiet();
    expect(offline.sent).toEqual([]);
  });

  it("A tab that missed it finds out before it sends again", async () => {
    const tab = new Tab();
    const id = tab.type("Hello");
    await tab.sends("Hello");
    // No other tab is listened to here: only what is stored tells.
    await new Outbox(new ChatDatabase(name), `${name}-other`).settle({
      clientMessageId: id,
      conversationId: 12,
    });
    tab.connect();
    await vi.waitFor(() => expect(tab.find(id)).toBeUndefined());
    expect(tab.texts).toEqual(["Hello"]);
  });

  it("A tab that found out before the news came goes where the message went when it does", async () => {
    const tab = new Tab();
    const id = tab.type("Hello", null);
    await tab.sends("Hello");
    await new Outbox(new ChatDatabase(name), `${name}-other`).settle({ clientMessageId: id });
    tab.connect();
    await vi.waitFor(() => expect(tab.find(id)).toBeUndefined());
    const news = new BroadcastChannel(name);
    news.postMessage({ type: "settled", clientMessageId: id, conversationId: 12 });
    await vi.waitFor(() => expect(tab.elsewhere).toEqual([undefined, 12]));
    news.close();
  });

  it("What a tab left behind another one that is open sends", async () => {
    const open = new Tab();
    await open.quiet();
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const closing = new Tab("reconnecting");
    const added = vi.spyOn(open.sender as unknown as { takeUp: () => void }, "takeUp");
    closing.type("Hello");
    for (let round = 0; round < 50 && added.mock.calls.length === 0; round++) {
      await open.quiet();
      vi.advanceTimersByTime(othersTurnMs);
    }
    await open.sends("Hello");
  });

  it("Where nothing can be stored messages are sent all the same", async () => {
    vi.spyOn(indexedDB, "open").mockImplementation(() => {
      throw new DOMException("No.", "SecurityError");
    });
    const tab = new Tab("reconnecting");
    const id = tab.type("Hello");
    tab.connect();
    await tab.sends("Hello");
    tab.connect();
    await tab.sends("Hello", "Hello");
    expect(tab.find(id)).toBeDefined();
  });
});
