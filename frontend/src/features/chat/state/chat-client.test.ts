import "fake-indexeddb/auto";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ApiError } from "@/lib/api-client";
import type { ClientCommand } from "@/lib/protocol/commands";
import type { ServerEvent } from "@/lib/protocol/events";
import type { Conversation } from "@/lib/protocol/rest";
import type { ConnectionState } from "@/lib/socket/chat-socket";
import { ChatDatabase } from "../outbox/database";
import { Outbox } from "../outbox/outbox";
import { ChatClient } from "./chat-client";

const created_at = "2026-10-01T09:30:00.000Z";
const stored: Conversation = {
  id: 12,
  title: "Tides",
  created_at,
  updated_at: created_at,
  head_id: 42,
  revision: 88,
  messages: [
    { id: 41, conversation_id: 12, role: "user", content: "Explain tides", status: "complete", created_at },
    {
      id: 42,
      conversation_id: 12,
      parent_id: 41,
      role: "assistant",
      content: "The Moon",
      status: "streaming",
      created_at,
    },
  ],
};

let phase: ConnectionState["phase"];
let sent: ClientCommand[];
let toEvents: (event: ServerEvent) => void;
let toStates: (state: ConnectionState) => void;
const load = vi.fn<(id: number) => Promise<Conversation>>();
const onCreated = vi.fn();
const onRefused = vi.fn();
const onUnreachable = vi.fn();
let client: ChatClient;
let outbox: Outbox;
let end: () => void;
let names = 0;

function acknowledgement(client_message_id: string): ServerEvent {
  return {
    status: "streaming",
    text: "",
    conversation_id: 12,
    message_id: 42,
    user_message_id: 41,
    client_message_id,
    revision: 90,
  };
}

function connection(next: ConnectionState["phase"], failures = 0): void {
  phase = next;
  toStates({ phase, failures });
}

beforeEach(() => {
  phase = "open";
  sent = [];
  load.mockReset().mockResolvedValue(stored);
  onCreated.mockReset();
  onRefused.mockReset();
  onUnreachable.mockReset();
  const name = `client-${++names}`;
  outbox = new Outbox(new ChatDatabase(name), name);
  client = new ChatClient({
    socket: {
      send: (command) => (phase === "open" ? sent.push(command) > 0 : false),
      onEvent: (listener) => {
        toEvents = listener;
        return () => undefined;
      },
      onState: (listener) => {
        toStates = listener;
        return () => undefined;
      },
      getState: () => ({ phase, failures: 0 }),
    },
    load,
    outbox,
    onCreated,
    onRefused,
    onUnreachable,
    schedule: (flush) => flush(),
    now: () => 5000,
  });
  end = client.start();
});

afterEach(() => end());

const traceparent: unknown = expect.stringMatching(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/);

describe("ChatClient", () => {
  it("Opening a conversation loads it and watches from where the text ends", async () => {
    client.open(12);
    await vi.waitFor(() => expect(sent).toHaveLength(1));
    expect(sent[0]).toEqual({
      type: "watch",
      conversation_id: 12,
      revision: 88,
      message_id: 42,
      offset: 8,
      reasoning_offset: 0,
    });
  });

  it("After a lost connection it watches from what it has by then", async () => {
    client.open(12);
    await vi.waitFor(() => expect(sent).toHaveLength(1));
    toEvents({ status: "streaming", text: " pulls", conversation_id: 12, message_id: 42, offset: 8 });
    connection("reconnecting", 1);
    connection("open");
    expect(sent[1]).toMatchObject({ type: "watch", conversation_id: 12, offset: 14 });
  });

  it("An unacknowledged message is sent again with the same id, after the watches", async () => {
    client.open(12);
    await vi.waitFor(() => expect(sent).toHaveLength(1));
    const id = client.send("And the Sun?", 12);
    await vi.waitFor(() => expect(sent).toHaveLength(2));
    connection("reconnecting", 1);
    connection("open");
    const message = {
      message: "And the Sun?",
      conversation_id: 12,
      parent_id: 42,
      client_message_id: id,
      traceparent,
    };
    await vi.waitFor(() => expect(sent).toHaveLength(4));
    expect(sent.slice(1)).toEqual([message, expect.objectContaining({ type: "watch" }), sent[1]]);
  });

  it("A message that began a conversation leads there, and is not sent again", async () => {
    const id = client.send("Hello", null);
    await vi.waitFor(() => expect(sent).toEqual([{ message: "Hello", client_message_id: id, traceparent }]));
    toEvents(acknowledgement(id));
    expect(onCreated).toHaveBeenCalledExactlyOnceWith(12);
    await vi.waitFor(async () => expect(await outbox.read()).toEqual([]));
    sent = [];
    connection("open");
    await outbox.read();
    expect(sent).toEqual([expect.objectContaining({ type: "watch", conversation_id: 12, revision: 0 })]);
  });

  it("What another page left and the server had already is loaded, for it may have gone on", async () => {
    await outbox.accept({
      clientMessageId: "left",
      conversationId: null,
      text: "Hello",
      createdAt: 1,
      newChat: "left",
    });
    connection("open");
    await vi.waitFor(() => expect(sent).toEqual([{ message: "Hello", client_message_id: "left" }]));
    toEvents(acknowledgement("left"));
    expect(load).toHaveBeenCalledExactlyOnceWith(12);
    expect(onCreated).toHaveBeenCalledExactlyOnceWith(12);
  });

  it("A refused command that is no send is told", () => {
    toEvents({ status: "error", error: "No.", code: "not_growing", conversation_id: 12 });
    expect(onRefused).toHaveBeenCalledOnce();
  });

  it("A stop without a connection is said again when it is back, if the reply still grows", async () => {
    client.open(12);
    await vi.waitFor(() => expect(sent).toHaveLength(1));
    connection("reconnecting", 1);
    client.stop(12, 42);
    expect(client.store.getState().stopping).toEqual([42]);
    sent = [];
    connection("open");
    const stop = { type: "stop", conversation_id: 12, message_id: 42 };
    expect(sent).toContainEqual(stop);
    toEvents({ status: "complete", conversation_id: 12, message_id: 42, message_status: "stopped" });
    sent = [];
    connection("open");
    expect(sent).not.toContainEqual(stop);
  });

  it("A missing piece of text ends the watch and starts it anew", async () => {
    client.open(12);
    await vi.waitFor(() => expect(sent).toHaveLength(1));
    toEvents({ status: "streaming", text: "sea", conversation_id: 12, message_id: 42, offset: 20 });
    expect(sent.slice(1)).toEqual([
      { type: "unwatch", conversation_id: 12 },
      expect.objectContaining({ type: "watch", offset: 8 }),
    ]);
  });

  it("An unknown revision loads the conversation again", async () => {
    client.open(12);
    await vi.waitFor(() => expect(sent).toHaveLength(1));
    toEvents({ type: "resync", conversation_id: 12 });
    expect(load).toHaveBeenCalledTimes(2);
    await vi.waitFor(() => expect(sent.at(-1)).toMatchObject({ type: "watch" }));
  });

  it("What could not be loaded is loaded when the connection is back", async () => {
    load.mockRejectedValueOnce(new ApiError(0, "down"));
    client.open(12);
    await vi.waitFor(() => expect(client.store.getState().conversations[12]?.load).toBe("failed"));
    connection("open");
    await vi.waitFor(() => expect(client.store.getState().conversations[12]?.load).toBe("ready"));
  });

  it("Only a few conversations stay watched", async () => {
    load.mockImplementation((id) => Promise.resolve({ ...stored, id, messages: [] }));
    for (let id = 1; id <= 10; id++) client.open(id);
    await vi.waitFor(() => expect(sent.filter(({ type }) => type === "watch")).toHaveLength(10));
    expect(sent.filter(({ type }) => type === "unwatch")).toEqual([
      { type: "unwatch", conversation_id: 1 },
      { type: "unwatch", conversation_id: 2 },
    ]);
  });

  it("A socket that keeps failing leads to the question why", () => {
    connection("reconnecting", 1);
    connection("reconnecting", 2);
    expect(onUnreachable).not.toHaveBeenCalled();
    connection("reconnecting", 3);
    expect(onUnreachable).toHaveBeenCalledOnce();
  });
});
