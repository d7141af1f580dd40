import { createStore, type StoreApi } from "zustand/vanilla";
import { ApiError } from "@/lib/api-client";
import { newId } from "@/lib/ids";
import type { ErrorEvent, ServerEvent } from "@/lib/protocol/events";
import type { Conversation } from "@/lib/protocol/rest";
import type { ChatSocket, ConnectionState } from "@/lib/socket/chat-socket";
import { chatReducer } from "./reducer";
import { emptyChat, isGrowing, type ChatAction, type ChatState, type PendingSend } from "./types";

export interface ChatClientOptions {
  socket: Pick<ChatSocket, "send" | "onEvent" | "onState" | "getState">;
  load: (conversationId: number) => Promise<Conversation>;
  /** A new conversation got its id. */
  onCreated?: (conversationId: number) => void;
  /** The server refused a command that was no send. */
  onRefused?: (event: ErrorEvent) => void;
  /** The socket keeps failing. */
  onUnreachable?: () => void;
  /** Calls back soon; events that come until then are applied together. */
  schedule?: (flush: () => void) => void;
  now?: () => number;
}

/** The server takes 32 watches a socket; older ones are let go long before. */
const watchesKept = 8;
const failuresBeforeAsking = 3;

/** A frame of the screen at most, and not never: hidden tabs draw no frames. */
function soon(flush: () => void): void {
  const frame = requestAnimationFrame(run);
  const timer = setTimeout(run, 120);
  function run(): void {
    cancelAnimationFrame(frame);
    clearTimeout(timer);
    flush();
  }
}

/** Joins socket, REST and reducer: what is open is loaded and watched, what is unacknowledged is sent again. */
export class ChatClient {
  readonly store: StoreApi<ChatState> = createStore<ChatState>(() => emptyChat);
  private watched: number[] = [];
  private queue: ServerEvent[] = [];
  private scheduled = false;

  constructor(private readonly options: ChatClientOptions) {}

  /** Starts listening; returns how to end it. */
  start(): () => void {
    const { socket } = this.options;
    const endEvents = socket.onEvent((event) => this.receive(event));
    const endStates = socket.onState((state) => this.connectionChanged(state));
    if (socket.getState().phase === "open") this.resume();
    return () => {
      endEvents();
      endStates();
    };
  }

  open(id: number): void {
    const known = this.store.getState().conversations[id];
    if (this.watched.includes(id) && known && known.load !== "failed") {
      this.watched = [...this.watched.filter((other) => other !== id), id];
      return;
    }
    void this.load(id);
  }

  send(typed: string, conversationId: number | null): string {
    // Half a surrogate pair is no text, and no server could keep it.
    const text = typed.replace(/\p{Surrogate}/gu, "\uFFFD");
    const clientMessageId = newId();
    const pending: PendingSend = { clientMessageId, conversationId, text, createdAt: this.now() };
    this.dispatch({ type: "send", pending });
    this.transmit(pending);
    return clientMessageId;
  }

  sendAgain(clientMessageId: string): void {
    this.dispatch({ type: "send_again", clientMessageId });
    const pending = this.store.getState().pending.find((send) => send.clientMessageId === clientMessageId);
    if (pending) this.transmit(pending);
  }

  discard(clientMessageId: string): void {
    this.dispatch({ type: "discard", clientMessageId });
  }

  stop(conversationId: number, messageId: number): boolean {
    return this.options.socket.send({ type: "stop", conversation_id: conversationId, message_id: messageId });
  }

  regenerate(conversationId: number, messageId: number): boolean {
    return this.options.socket.send({
      type: "regenerate",
      conversation_id: conversationId,
      message_id: messageId,
    });
  }

  private async load(id: number): Promise<void> {
    this.dispatch({ type: "loading", conversationId: id });
    try {
      this.dispatch({ type: "loaded", conversation: await this.options.load(id) });
      this.watch(id);
    } catch (error) {
      const missing = error instanceof ApiError && error.status === 404;
      this.dispatch({ type: "load_failed", conversationId: id, missing });
    }
  }

  private receive(event: ServerEvent): void {
    this.queue.push(event);
    if (this.scheduled) return;
    this.scheduled = true;
    (this.options.schedule ?? soon)(() => this.flush());
  }

  private flush(): void {
    this.scheduled = false;
    const events = this.queue;
    this.queue = [];
    if (events.length === 0) return;
    const at = this.now();
    const before = this.store.getState();
    const after = events.reduce((state, event) => chatReducer(state, { type: "event", event, at }), before);
    if (after !== before) this.store.setState(after, true);
    for (const event of events) this.follow(event, before);
    this.repair();
  }

  private dispatch(action: ChatAction): void {
    this.flush();
    this.store.setState(chatReducer(this.store.getState(), action), true);
  }

  /** What an event asks of the client beyond its state. */
  private follow(event: ServerEvent, before: ChatState): void {
    if (!("status" in event)) return;
    if (event.status === "error" && event.message_id === undefined && !event.client_message_id) {
      this.options.onRefused?.(event);
    }
    if (event.status !== "streaming" || event.user_message_id === undefined) return;
    const send = before.pending.find((pending) => pending.clientMessageId === event.client_message_id);
    if (!send) return;
    if (!this.watched.includes(event.conversation_id)) this.watch(event.conversation_id);
    if (send.conversationId === null) this.options.onCreated?.(event.conversation_id);
  }

  private repair(): void {
    for (const { id, repair } of Object.values(this.store.getState().conversations)) {
      if (!repair) continue;
      this.store.setState((state) => chatReducer(state, { type: "repairing", conversationId: id }), true);
      if (repair === "load") {
        this.options.socket.send({ type: "unwatch", conversation_id: id });
        void this.load(id);
      } else {
        // A second watch moves nothing that is already being sent: end the first one.
        this.options.socket.send({ type: "unwatch", conversation_id: id });
        this.watch(id);
      }
    }
  }

  private connectionChanged({ phase, failures }: ConnectionState): void {
    if (phase === "open") this.resume();
    if (phase === "reconnecting" && failures > 0 && failures % failuresBeforeAsking === 0) {
      this.options.onUnreachable?.();
    }
  }

  /** Watches first: an acknowledgement carries a newer revision than the one that says what is missing here. */
  private resume(): void {
    this.flush();
    for (const id of this.watched) this.watch(id);
    for (const { id, load } of Object.values(this.store.getState().conversations)) {
      if (load === "failed") void this.load(id);
    }
    for (const send of this.store.getState().pending) if (!send.refusal) this.transmit(send);
  }

  private watch(id: number): void {
    const others = this.watched.filter((other) => other !== id);
    for (const old of others.splice(0, Math.max(0, others.length - watchesKept + 1))) {
      this.options.socket.send({ type: "unwatch", conversation_id: old });
    }
    this.watched = [...others, id];
    const known = this.store.getState().conversations[id];
    const reply = Object.values(known?.messages ?? {}).findLast(isGrowing);
    this.options.socket.send({
      type: "watch",
      conversation_id: id,
      revision: known?.revision ?? 0,
      ...(reply && {
        message_id: reply.id,
        offset: reply.content.length,
        reasoning_offset: reply.reasoning?.length ?? 0,
      }),
    });
  }

  private transmit({ text, conversationId, clientMessageId }: PendingSend): void {
    this.options.socket.send({
      message: text,
      ...(conversationId !== null && { conversation_id: conversationId }),
      client_message_id: clientMessageId,
    });
  }

  private now(): number {
    return (this.options.now ?? Date.now)();
  }
}
