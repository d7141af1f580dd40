import { createStore, type StoreApi } from "zustand/vanilla";
import { ApiError } from "@/lib/api-client";
import type { ServerEvent } from "@/lib/protocol/events";
import type { ConnectionState } from "@/lib/socket/chat-socket";
import type { SendOptions } from "../outbox/compose";
import { Sender } from "../outbox/sender";
import type { ModelChoice } from "../models/choice";
import type { ChatClientOptions } from "./chat-client-options";
import { HeadWait } from "./head-wait";
import { Pages } from "./pages";
import { clientMessageIdOf } from "./pending";
import { chatReducer } from "./reducer";
import { soon } from "./soon";
import { stopsOf } from "./stops";
import { TurnCommands } from "./turn-commands";
import { watchCommand } from "./watch-command";
import { emptyChat, type ChatAction, type ChatState } from "./types";

/** The server takes 32 watches a socket; older ones are let go long before. */
const watchesKept = 8;
const failuresBeforeAsking = 3;
const nothing = () => Promise.reject(new Error("Earlier messages cannot be loaded."));

/** Joins socket, REST and reducer: what is open is loaded and watched, what is unacknowledged is sent again. */
export class ChatClient {
  readonly store: StoreApi<ChatState> = createStore<ChatState>(() => emptyChat);
  private watched: number[] = [];
  private queue: ServerEvent[] = [];
  private scheduled = false;
  /** What is not acknowledged yet. */
  readonly sender: Sender;
  /** Regenerate, continue, branches and the queue. */
  readonly turns: TurnCommands;
  /** What came before the end that was loaded. */
  readonly pages: Pages;
  private readonly headWait = new HeadWait((conversationId) => {
    this.dispatch({ type: "follow", conversationId });
    this.repair();
  });

  constructor(private readonly options: ChatClientOptions) {
    const parts = {
      socket: options.socket,
      getState: this.store.getState,
      dispatch: (action: ChatAction) => this.dispatch(action),
      now: () => this.now(),
    };
    this.turns = new TurnCommands(parts);
    this.pages = new Pages({ ...parts, loadEarlier: options.loadEarlier ?? nothing });
    this.sender = new Sender({
      ...parts,
      outbox: options.outbox,
      onSettledElsewhere: (send, id) => {
        if (send.conversationId === null && id !== undefined) options.onCreated?.(id);
      },
      onRefused: (send) => options.onSendRefused?.(send),
    });
  }

  /** Starts listening; returns how to end it. */
  start(): () => void {
    const { socket } = this.options;
    const ends = [
      socket.onEvent((event) => this.receive(event)),
      socket.onState((state) => this.connectionChanged(state)),
      this.sender.start(),
      () => this.headWait.stop(),
    ];
    if (socket.getState().phase === "open") this.resume();
    return () => ends.forEach((end) => end());
  }

  open(id: number): void {
    const known = this.store.getState().conversations[id];
    if (this.watched.includes(id) && known && known.load !== "failed") {
      this.watched = [...this.watched.filter((other) => other !== id), id];
      return;
    }
    void this.load(id);
  }

  /** What is shown may not be the server's any more. */
  reload(id: number): void {
    void this.load(id);
  }

  send(text: string, conversationId: number | null, options: SendOptions = {}): string {
    const { draft, ...composed } = options;
    return this.sender.send({ text, conversationId, ...composed }, draft);
  }

  /** This tab chose who answers from now on; shown at once, taken back where the server does not take it. */
  choosing(conversationId: number, choice: ModelChoice): void {
    this.dispatch({ type: "choosing", conversationId, choice });
  }

  /** The server took the choice, or did not. */
  chosen(conversationId: number, choice: ModelChoice, done: boolean): void {
    this.dispatch({ type: "chosen", conversationId, choice, done });
  }

  /** Holds across a lost connection: said again for as long as the reply grows. */
  stop(conversationId: number, messageId: number): void {
    this.dispatch({ type: "stop", messageId });
    this.options.socket.send({ type: "stop", conversation_id: conversationId, message_id: messageId });
  }

  private async load(id: number): Promise<void> {
    this.dispatch({ type: "loading", conversationId: id });
    try {
      const end = await this.options.load(id);
      const chosen = this.store.getState().conversations[id]?.selecting?.messageId;
      this.dispatch({ type: "loaded", conversation: await this.pages.through(end, chosen) });
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
    const clientMessageId = clientMessageIdOf(event);
    const send = before.pending.find((pending) => pending.clientMessageId === clientMessageId);
    if ("status" in event && event.status === "error" && event.message_id === undefined) {
      if (send) this.sender.refused(send.clientMessageId);
      else this.options.onRefused?.(event);
      return;
    }
    if (!send || !("conversation_id" in event) || event.conversation_id === undefined) return;
    const isFresh = this.sender.isFresh(send);
    if (!this.sender.acknowledged(send, event.conversation_id) || send.conversationId !== null) return;
    // What the server had before may have gone on since: only a load shows all of it.
    if (isFresh) this.watch(event.conversation_id);
    else void this.load(event.conversation_id);
    this.options.onCreated?.(event.conversation_id);
  }

  private repair(): void {
    this.headWait.check(Object.values(this.store.getState().conversations));
    for (const { id, repair } of Object.values(this.store.getState().conversations)) {
      if (!repair) continue;
      this.store.setState((state) => chatReducer(state, { type: "repairing", conversationId: id }), true);
      // A second watch moves nothing that is already being sent: end the first one.
      this.options.socket.send({ type: "unwatch", conversation_id: id });
      if (repair === "load") void this.load(id);
      else this.watch(id);
    }
  }

  private connectionChanged({ phase, failures, closeCode }: ConnectionState): void {
    if (phase === "open") this.resume();
    else this.sender.disconnected(closeCode);
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
    for (const stop of stopsOf(this.store.getState())) this.options.socket.send(stop);
    this.sender.connected();
    this.turns.resend();
  }

  private watch(id: number): void {
    const others = this.watched.filter((other) => other !== id);
    for (const old of others.splice(0, Math.max(0, others.length - watchesKept + 1))) {
      this.options.socket.send({ type: "unwatch", conversation_id: old });
    }
    this.watched = [...others, id];
    this.options.socket.send(watchCommand(id, this.store.getState().conversations[id]));
  }

  private now(): number {
    return (this.options.now ?? Date.now)();
  }
}
