import type { ClientCommand } from "../protocol/commands";
import type { ErrorEvent, MessageEvent, ServerEvent, StreamingEvent } from "../protocol/events";
import type { ConnectionState } from "../socket/chat-socket";
import { bornAt, parseTraceparent, type SpanContext } from "./trace-context";
import { addWork, newTurn, type Turn, type TurnCommand } from "./turn";

/** What a page that goes leaves to the one that comes after it: the replies that grow, and their traces. */
export type LeftTurns = Map<number, SpanContext>;

export interface TurnRecorderOptions {
  /** Takes a turn that ended. */
  report: (turn: Turn) => void;
  /** Whether anybody wants spans; a turn that begins while nobody does is not looked at. */
  isWanted: () => boolean;
  /** The clock of `performance.now`, and the epoch ms that it began at. */
  now: () => number;
  origin: () => number;
  /** Calls back when what was committed is on the screen; never, in a hidden tab. */
  afterPaint: (callback: () => void) => void;
  /** Calls back when the last of a reply was drawn; in a hidden tab as well. */
  afterEnd: (callback: () => void) => void;
  left?: LeftTurns;
}

/** Turns that are followed at the same time; what is beyond is forgotten, the oldest first. */
const mostTurns = 32;
const mostEvents = 32;

/**
 * Follows the turns that this page began, by the commands and the events that pass. For each slice it counts, and no more; while
 * no turn is open it does nothing.
 */
export class TurnRecorder {
  /** Not saved yet, by `client_message_id`. */
  private readonly sent = new Map<string, Turn>();
  /** Saved, by the reply's id. */
  private readonly growing = new Map<number, Turn>();
  private readonly left: LeftTurns;

  constructor(private readonly options: TurnRecorderOptions) {
    this.left = options.left ?? new Map<number, SpanContext>();
  }

  /** A command went out. */
  command(command: ClientCommand): void {
    if (!("traceparent" in command) || command.traceparent === undefined) return;
    const { client_message_id: id, traceparent } = command;
    const context = parseTraceparent(traceparent);
    if (!context || id === undefined || !this.options.isWanted()) return;
    const turn = this.sent.get(id) ?? this.begin(id, context, command.type ?? "send", bornAt(traceparent));
    turn.attempts += 1;
    const name = turn.attempts === 1 ? "sent" : "sent again";
    if (turn.events.length < mostEvents) turn.events.push({ name, at: this.at(turn) });
  }

  event(event: ServerEvent): void {
    if (this.sent.size === 0 && this.growing.size === 0 && this.left.size === 0) return;
    if (!("status" in event)) {
      if (event.type === "message") this.message(event);
      return;
    }
    if (event.status === "streaming") return this.streaming(event);
    if (event.message_id === undefined) {
      if (event.status === "error") this.refused(event);
      return;
    }
    const turn = this.growing.get(event.message_id);
    if (!turn || turn.ended) return;
    const error = event.status === "error" ? (event.code ?? "internal") : undefined;
    turn.ended = { at: this.at(turn), how: event.message_status ?? event.status, error };
    this.options.afterEnd(() => this.end(event.message_id ?? 0, turn));
  }

  connection({ phase, failures }: ConnectionState): void {
    if (phase === "connecting") return;
    const name = phase === "open" ? "connected" : phase === "offline" ? "offline" : "disconnected";
    if (name === "disconnected" && failures === 0) return;
    for (const turn of this.sent.values()) {
      const { events } = turn;
      if (events.at(-1)?.name !== name && events.length < mostEvents)
        events.push({ name, at: this.at(turn) });
    }
  }

  /** Runs what applies events to the page, and takes note of how long that and the commit after it took. */
  measure(apply: () => void): void {
    if (this.growing.size === 0) return apply();
    const start = this.options.now();
    apply();
    // What the page's store tells React is rendered in a microtask that is queued by now.
    queueMicrotask(() => this.committed(this.options.now() - start));
  }

  /** The browser was busy for so long at once, from `start` on. */
  longTask(start: number, duration: number): void {
    for (const { first, origin, longTasks } of this.growing.values()) {
      if (first && origin + start + duration > first.at) addWork(longTasks, duration);
    }
  }

  /** The page goes: what is known is told, and what still grows is left to the page after it. */
  leave(): LeftTurns {
    const left: LeftTurns = new Map(this.left);
    for (const [id, turn] of [...this.growing]) {
      if (!turn.ended) left.set(id, turn.context);
      this.end(id, turn);
    }
    for (const [id, context] of left) this.left.set(id, context);
    return left;
  }

  get isGrowing(): boolean {
    return this.growing.size > 0;
  }

  private begin(id: string, context: SpanContext, command: TurnCommand, born: number | undefined): Turn {
    const { origin, now } = this.options;
    const turn = newTurn(context, command, origin(), born ?? now());
    if (born === undefined) turn.restored = true;
    this.sent.set(id, turn);
    for (const old of this.sent.keys()) {
      if (this.sent.size <= mostTurns) break;
      this.sent.delete(old);
    }
    return turn;
  }

  private streaming(event: StreamingEvent): void {
    const { message_id: id, client_message_id: own } = event;
    if (id === undefined) return;
    const sent = own === undefined ? undefined : this.sent.get(own);
    if (sent && own !== undefined) {
      this.sent.delete(own);
      this.grow(sent, id, event.conversation_id);
      if (event.message_status === "queued") sent.queued = true;
    }
    const turn = this.growing.get(id) ?? this.resume(id, event.conversation_id);
    const characters = event.text.length + (event.reasoning?.length ?? 0);
    if (!turn || turn.ended || characters === 0) return;
    turn.last = this.at(turn);
    turn.first ??= { at: turn.last, of: event.text === "" ? "reasoning" : "text" };
    turn.slices += 1;
    turn.characters += characters;
  }

  /** The news that a message is saved may be faster than the answer to its command, and comes instead of it after a reconnect. */
  private message({ message, conversation_id }: MessageEvent): void {
    const own = message.client_message_id;
    const saved = own === undefined ? undefined : this.sent.get(own);
    if (saved) {
      saved.answered ??= this.at(saved);
      saved.userMessageId = message.id;
    }
    if (message.role !== "assistant") return;
    for (const [id, turn] of this.sent) {
      if (turn.userMessageId === undefined || turn.userMessageId !== message.parent_id) continue;
      this.sent.delete(id);
      this.grow(turn, message.id, conversation_id);
    }
  }

  private grow(turn: Turn, messageId: number, conversationId: number): void {
    turn.answered ??= this.at(turn);
    turn.messageId = messageId;
    turn.conversationId = conversationId;
    this.growing.set(messageId, turn);
    // Its end does not come where nobody watches it any more.
    const [oldest] = this.growing;
    if (oldest && this.growing.size > mostTurns) this.end(...oldest);
  }

  private resume(messageId: number, conversationId: number): Turn | undefined {
    const context = this.left.get(messageId);
    if (!context) return undefined;
    this.left.delete(messageId);
    const turn = newTurn(context, "send", this.options.origin(), this.options.now());
    turn.resumed = true;
    this.grow(turn, messageId, conversationId);
    return turn;
  }

  /** A message that is put off goes out again by itself; everything else ends here. */
  private refused({ client_message_id: id, code = "internal", retryable }: ErrorEvent): void {
    const turn = id === undefined ? undefined : this.sent.get(id);
    if (!turn || id === undefined) return;
    const at = this.at(turn);
    if (turn.events.length < mostEvents)
      turn.events.push({ name: "refused", at, attributes: { "error.type": code } });
    if (retryable && (turn.command === "send" || turn.command === "edit")) return;
    this.sent.delete(id);
    turn.answered = at;
    turn.refusal = code;
    this.options.report(turn);
  }

  private committed(duration: number): void {
    for (const turn of this.growing.values()) {
      if (!turn.first) continue;
      if (turn.commits.count === 0) this.options.afterPaint(() => (turn.painted ??= this.at(turn)));
      addWork(turn.commits, duration);
    }
  }

  private end(messageId: number, turn: Turn): void {
    if (this.growing.get(messageId) !== turn) return;
    this.growing.delete(messageId);
    this.options.report(turn);
  }

  private at({ origin }: Turn): number {
    return origin + this.options.now();
  }
}
