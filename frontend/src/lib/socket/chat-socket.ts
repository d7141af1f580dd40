import type { ClientCommand } from "../protocol/commands";
import { parseServerEvent, type ServerEvent } from "../protocol/events";

/** `offline`: the browser says that there is no network. `retryAt`: when the next attempt starts, epoch ms. */
export interface ConnectionState {
  phase: "connecting" | "open" | "reconnecting" | "offline";
  failures: number;
  retryAt?: number;
}

/** What is needed of a WebSocket; tests bring their own. */
export interface SocketLike {
  onopen: (() => void) | null;
  onclose: (() => void) | null;
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
export const pingEveryMs = 20_000;
export const answerWithinMs = 10_000;
/** Connecting takes no longer than this; browsers themselves wait for minutes. */
export const connectWithinMs = 10_000;

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
    window.addEventListener("online", this.retryNow);
    window.addEventListener("offline", this.lostNetwork);
    // A turn later: React's development mode starts, stops and starts again at once.
    this.retryTimer = setTimeout(() => this.connect(), 0);
  }

  stop(): void {
    window.removeEventListener("online", this.retryNow);
    window.removeEventListener("offline", this.lostNetwork);
    this.drop();
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
    const phase = this.state.failures === 0 ? "connecting" : "reconnecting";
    this.setState({ phase, failures: this.state.failures });
    const socket = create(this.options.url);
    this.socket = socket;
    this.aliveTimer = setTimeout(this.lost, connectWithinMs);
    socket.onopen = () => {
      this.setState({ phase: "open", failures: 0 });
      this.heard();
    };
    socket.onclose = this.lost;
    socket.onmessage = ({ data }) => this.receive(data);
  }

  private receive(data: unknown): void {
    this.heard();
    const event = typeof data === "string" ? parseServerEvent(data) : null;
    if (!event) return;
    for (const listener of this.eventListeners) listener(event);
  }

  /** Anything heard proves that the peer lives; silence is answered with a ping, silence after that with a new socket. */
  private heard(): void {
    clearTimeout(this.aliveTimer);
    this.aliveTimer = setTimeout(() => {
      this.send({ type: "ping" });
      this.aliveTimer = setTimeout(this.lost, answerWithinMs);
    }, pingEveryMs);
  }

  private readonly lost = (): void => {
    this.drop();
    const { random = Math.random, isOnline = () => navigator.onLine } = this.options;
    const failures = this.state.failures + 1;
    const ceiling = Math.min(longestDelayMs, firstDelayMs * 2 ** Math.min(failures - 1, 10));
    const delay = ceiling / 2 + (ceiling / 2) * random();
    this.retryTimer = setTimeout(() => this.connect(), delay);
    this.setState({ phase: isOnline() ? "reconnecting" : "offline", failures, retryAt: Date.now() + delay });
  };

  private readonly lostNetwork = (): void => {
    if (this.state.phase !== "open") this.setState({ ...this.state, phase: "offline" });
    else this.send({ type: "ping" });
  };

  private drop(): void {
    clearTimeout(this.retryTimer);
    clearTimeout(this.aliveTimer);
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
