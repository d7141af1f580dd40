import type { ClientCommand } from "../protocol/commands";
import { parseServerEvent, type ServerEvent } from "../protocol/events";

/**
 * `offline`: the browser says that there is no network. `failures`: attempts since the connection last held. `retryAt`:
 * when the next one starts, epoch ms. `closeCode`: how the last one was closed, where it was.
 */
export interface ConnectionState {
  phase: "connecting" | "open" | "reconnecting" | "offline";
  failures: number;
  retryAt?: number;
  closeCode?: number;
}

/** What is needed of a WebSocket; tests bring their own. */
export interface SocketLike {
  onopen: (() => void) | null;
  onclose: ((event: { code: number }) => void) | null;
  onmessage: ((event: { data: unknown }) => void) | null;
  send(data: string): void;
  close(): void;
}

export interface ChatSocketOptions {
  url: string;
  create?: (url: string) => SocketLike;
  random?: () => number;
  isOnline?: () => boolean;
}

export const firstDelayMs = 300;
export const longestDelayMs = 10_000;
/** After "I am going" (1001) and "come back later" (1013). */
export const laterDelayMs = 2000;
export const pingEveryMs = 20_000;
export const answerWithinMs = 10_000;
/** Connecting takes no longer than this; browsers themselves wait for minutes. */
export const connectWithinMs = 10_000;
/** A connection that ended sooner was none: the pauses go on growing. */
export const heldAfterMs = 5000;
/** Where the network may be gone, an answer is waited for only so long. */
export const probeWithinMs = 2500;

const comeBackLater: ReadonlySet<number | undefined> = new Set([1001, 1013]);
const connecting: ConnectionState = { phase: "connecting", failures: 0 };

/**
 * The transport and nothing else: connects, notices a dead peer, comes back with growing pauses. Commands sent while it
 * is down are dropped; who needs them says so again on `open`.
 */
export class ChatSocket {
  private socket: SocketLike | null = null;
  private state = connecting;
  private retryTimer: ReturnType<typeof setTimeout> | undefined;
  private aliveTimer: ReturnType<typeof setTimeout> | undefined;
  private heldTimer: ReturnType<typeof setTimeout> | undefined;
  private failures = 0;
  private probing: "silence" | "network" | null = null;
  private readonly eventListeners = new Set<(event: ServerEvent) => void>();
  private readonly stateListeners = new Set<(state: ConnectionState) => void>();

  constructor(private readonly options: ChatSocketOptions) {}

  getState = (): ConnectionState => this.state;

  onEvent(listener: (event: ServerEvent) => void): () => void {
    this.eventListeners.add(listener);
    return () => this.eventListeners.delete(listener);
  }

  onState = (listener: (state: ConnectionState) => void): (() => void) => {
    this.stateListeners.add(listener);
    return () => this.stateListeners.delete(listener);
  };

  start(): void {
    window.addEventListener("online", this.foundNetwork);
    window.addEventListener("offline", this.lostNetwork);
    document.addEventListener("visibilitychange", this.seen);
    // A turn later: React's development mode starts, stops and starts again at once.
    this.retryTimer = setTimeout(() => this.connect(), 0);
  }

  stop(): void {
    window.removeEventListener("online", this.foundNetwork);
    window.removeEventListener("offline", this.lostNetwork);
    document.removeEventListener("visibilitychange", this.seen);
    this.drop();
    this.failures = 0;
    this.setState(connecting);
  }

  /** False where the socket is down and the command went nowhere. */
  send(command: ClientCommand): boolean {
    if (this.state.phase !== "open" || !this.socket) return false;
    this.socket.send(JSON.stringify(command));
    return true;
  }

  retryNow = (): void => {
    if (this.state.phase === "open" || this.state.phase === "connecting") return;
    this.connect();
  };

  private connect(): void {
    this.drop();
    const { create = (url: string): SocketLike => new WebSocket(url) as SocketLike } = this.options;
    this.setState({ phase: this.failures === 0 ? "connecting" : "reconnecting", failures: this.failures });
    const socket = create(this.options.url);
    this.socket = socket;
    this.aliveTimer = setTimeout(() => this.lost(), connectWithinMs);
    socket.onopen = () => {
      this.heldTimer = setTimeout(() => (this.failures = 0), heldAfterMs);
      this.setState({ phase: "open", failures: 0 });
      this.heard();
    };
    socket.onclose = ({ code }) => this.lost(code);
    socket.onmessage = ({ data }) => this.receive(data);
  }

  private receive(data: unknown): void {
    const event = typeof data === "string" ? parseServerEvent(data) : null;
    // What was on its way when the network went is no answer to the probe.
    if (this.probing !== "network" || (event && "type" in event && event.type === "pong")) this.heard();
    if (!event) return;
    for (const listener of this.eventListeners) listener(event);
  }

  /** Anything heard proves that the peer lives; silence is answered with a ping, silence after that with a new socket. */
  private heard(): void {
    this.probing = null;
    clearTimeout(this.aliveTimer);
    this.aliveTimer = setTimeout(() => this.probe("silence", answerWithinMs), pingEveryMs);
    if (this.state.phase !== "open") this.setState({ phase: "open", failures: 0 });
  }

  private probe(why: "silence" | "network", withinMs: number): void {
    if (!this.socket || this.probing === "network") return;
    this.probing = why;
    clearTimeout(this.aliveTimer);
    this.aliveTimer = setTimeout(() => this.lost(), withinMs);
    this.socket.send(JSON.stringify({ type: "ping" } satisfies ClientCommand));
  }

  private readonly lost = (closeCode?: number): void => {
    this.drop();
    const { random = Math.random, isOnline = () => navigator.onLine } = this.options;
    const failures = ++this.failures;
    const ceiling = Math.min(longestDelayMs, firstDelayMs * 2 ** Math.min(failures - 1, 10));
    const delay =
      ceiling / 2 + (ceiling / 2) * random() + (comeBackLater.has(closeCode) ? laterDelayMs * random() : 0);
    this.retryTimer = setTimeout(() => this.connect(), delay);
    const phase = isOnline() ? "reconnecting" : "offline";
    this.setState({ phase, failures, retryAt: Date.now() + delay, closeCode });
  };

  /** Shown at once. A server on this machine needs no network: its answer takes that back. */
  private readonly lostNetwork = (): void => {
    const wasOpen = this.state.phase === "open";
    this.setState({ ...this.state, phase: "offline" });
    if (wasOpen) this.probe("network", probeWithinMs);
  };

  private readonly foundNetwork = (): void => {
    if (this.state.phase === "open") this.probe("network", probeWithinMs);
    else if (!this.probing) this.connect();
  };

  /** A machine that slept, or a page that was put aside, may have lost its connection unawares. */
  private readonly seen = (): void => {
    if (document.visibilityState !== "visible") return;
    if (this.state.phase === "open") this.probe("network", probeWithinMs);
    else this.retryNow();
  };

  private drop(): void {
    clearTimeout(this.retryTimer);
    clearTimeout(this.aliveTimer);
    clearTimeout(this.heldTimer);
    this.probing = null;
    const socket = this.socket;
    this.socket = null;
    if (!socket) return;
    socket.onopen = socket.onclose = socket.onmessage = null;
    socket.close();
  }

  private setState(state: ConnectionState): void {
    this.state = state;
    for (const listener of this.stateListeners) listener(state);
  }
}
