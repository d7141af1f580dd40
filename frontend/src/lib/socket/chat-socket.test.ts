import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import {
  answerWithinMs,
  ChatSocket,
  connectWithinMs,
  firstDelayMs,
  heldAfterMs,
  laterDelayMs,
  longestDelayMs,
  pingEveryMs,
  probeWithinMs,
  type ConnectionState,
} from "./chat-socket";
import { FakeSocket } from "./fake-socket";

let sockets: FakeSocket[];
let states: ConnectionState[];
let online: boolean;
let chat: ChatSocket;

function latest(): FakeSocket {
  const socket = sockets.at(-1);
  if (!socket) throw new Error("No socket was made.");
  return socket;
}

beforeEach(() => {
  vi.useFakeTimers();
  sockets = [];
  states = [];
  online = true;
  chat = new ChatSocket({
    url: "ws://test/ws/chat",
    create: () => {
      const socket = new FakeSocket();
      sockets.push(socket);
      return socket;
    },
    random: () => 1,
    isOnline: () => online,
  });
  chat.onState((state) => states.push(state));
  chat.start();
  vi.advanceTimersByTime(0);
});

afterEach(() => {
  chat.stop();
  vi.useRealTimers();
});

describe("ChatSocket", () => {
  it("Says that it connects, then that it is open", () => {
    latest().onopen?.();
    expect(states.map((state) => state.phase)).toEqual(["connecting", "open"]);
  });

  it("Starting, stopping and starting again at once makes one socket", () => {
    chat.stop();
    sockets = [];
    chat.start();
    chat.stop();
    chat.start();
    vi.advanceTimersByTime(0);
    expect(sockets).toHaveLength(1);
  });

  it("Sends when open and says so when it cannot", () => {
    expect(chat.send({ type: "ping" })).toBe(false);
    latest().onopen?.();
    expect(chat.send({ type: "ping" })).toBe(true);
    expect(latest().sent).toEqual([{ type: "ping" }]);
  });

  it("Comes back with pauses that double up to ten seconds", () => {
    latest().onopen?.();
    for (const delay of [firstDelayMs, 600, 1200, 2400, 4800, 9600, longestDelayMs, longestDelayMs]) {
      const before = sockets.length;
      latest().onclose?.({ code: 1006 });
      expect(chat.getState().phase).toBe("reconnecting");
      vi.advanceTimersByTime(delay - 1);
      expect(sockets).toHaveLength(before);
      vi.advanceTimersByTime(1);
      expect(sockets).toHaveLength(before + 1);
    }
    latest().onopen?.();
    expect(chat.getState()).toEqual({ phase: "open", failures: 0 });
  });

  it("A connection that ends at once is none: the pauses go on growing until one holds", () => {
    for (const delay of [firstDelayMs, 2 * firstDelayMs, 4 * firstDelayMs]) {
      latest().onopen?.();
      latest().receive({ type: "watching", revision: 3 });
      latest().onclose?.({ code: 1006 });
      expect(chat.getState().retryAt).toBe(Date.now() + delay);
      vi.advanceTimersByTime(delay);
    }
    latest().onopen?.();
    vi.advanceTimersByTime(heldAfterMs);
    latest().onclose?.({ code: 1006 });
    expect(chat.getState()).toMatchObject({ failures: 1, retryAt: Date.now() + firstDelayMs });
  });

  it.each([1001, 1013])("Comes back a moment later after %i", (code) => {
    latest().onopen?.();
    latest().onclose?.({ code });
    expect(chat.getState()).toMatchObject({
      closeCode: code,
      retryAt: Date.now() + firstDelayMs + laterDelayMs,
    });
  });

  it("Shows at once that the network went, and connects anew where nobody answers", () => {
    const first = latest();
    first.onopen?.();
    online = false;
    window.dispatchEvent(new Event("offline"));
    expect(chat.getState().phase).toBe("offline");
    expect(first.sent).toEqual([{ type: "ping" }]);
    expect(chat.send({ type: "ping" })).toBe(false);
    first.receive({ type: "watching", revision: 3 });
    vi.advanceTimersByTime(probeWithinMs);
    expect(first.closed).toBe(true);
    expect(chat.getState()).toMatchObject({ phase: "offline", failures: 1 });
  });

  it("A server that answers without the network is still connected", () => {
    latest().onopen?.();
    online = false;
    window.dispatchEvent(new Event("offline"));
    latest().receive({ type: "pong" });
    expect(chat.getState().phase).toBe("open");
    vi.advanceTimersByTime(probeWithinMs);
    expect(sockets).toHaveLength(1);
  });

  it.each(["online", "visibilitychange"])("On %s asks a peer that may be gone", (event) => {
    latest().onopen?.();
    (event === "online" ? window : document).dispatchEvent(new Event(event));
    expect(latest().sent).toEqual([{ type: "ping" }]);
    vi.advanceTimersByTime(probeWithinMs);
    expect(chat.getState().phase).toBe("reconnecting");
  });

  it("Connects at once when the page is seen again", () => {
    latest().onopen?.();
    latest().onclose?.({ code: 1006 });
    const before = sockets.length;
    document.dispatchEvent(new Event("visibilitychange"));
    expect(sockets).toHaveLength(before + 1);
  });

  it("Connects at once when the network is back", () => {
    latest().onopen?.();
    online = false;
    latest().onclose?.({ code: 1006 });
    expect(chat.getState().phase).toBe("offline");
    const before = sockets.length;
    window.dispatchEvent(new Event("online"));
    expect(sockets).toHaveLength(before + 1);
  });

  it("Asks a silent peer and gives it up when it stays silent", () => {
    const first = latest();
    first.onopen?.();
    vi.advanceTimersByTime(pingEveryMs);
    expect(first.sent).toEqual([{ type: "ping" }]);
    vi.advanceTimersByTime(answerWithinMs - 1);
    expect(first.closed).toBe(false);
    vi.advanceTimersByTime(1);
    expect(first.closed).toBe(true);
    expect(chat.getState().phase).toBe("reconnecting");
  });

  it("Keeps a peer that answers", () => {
    latest().onopen?.();
    for (let round = 0; round < 5; round++) {
      vi.advanceTimersByTime(pingEveryMs);
      latest().receive({ type: "pong" });
    }
    expect(sockets).toHaveLength(1);
    expect(chat.getState().phase).toBe("open");
  });

  it("Does not wait for ever for a connection", () => {
    const first = latest();
    vi.advanceTimersByTime(connectWithinMs);
    expect(first.closed).toBe(true);
    expect(chat.getState().phase).toBe("reconnecting");
  });

  it("Hands on events and ignores what is none", () => {
    const seen: unknown[] = [];
    chat.onEvent((event) => seen.push(event));
    latest().onopen?.();
    latest().onmessage?.({ data: "no json" });
    latest().onmessage?.({ data: "[]" });
    latest().receive({ type: "watching", revision: 3 });
    expect(seen).toEqual([{ type: "watching", revision: 3 }]);
  });

  it("After a stop nothing connects any more", () => {
    latest().onopen?.();
    latest().onclose?.({ code: 1006 });
    chat.stop();
    const before = sockets.length;
    vi.advanceTimersByTime(60_000);
    expect(sockets).toHaveLength(before);
  });
});
