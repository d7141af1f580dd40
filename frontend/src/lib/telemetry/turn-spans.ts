import { newSpanId, type SpanContext } from "./trace-context";

export type Attributes = Record<string, string | number | boolean>;

/** Epoch ms. */
export interface SpanEvent {
  name: string;
  at: number;
  attributes?: Attributes;
}

/** A span that ended. Times are epoch ms, with fractions. `error`: what kind of error ended it. */
export interface EndedSpan extends SpanContext {
  name: string;
  parentId?: string;
  /** It calls the server, whose span is its child. */
  isClient?: true;
  start: number;
  end: number;
  attributes: Attributes;
  events?: SpanEvent[];
  error?: string;
}

export type TurnCommand = "send" | "edit" | "regenerate" | "continue";

/** How long something took, how often: milliseconds. */
export interface Work {
  count: number;
  total: number;
  longest: number;
}

/** What is known of a turn that this page began. Numbers and names alone: nothing of a text. Times are epoch ms. */
export interface Turn {
  context: SpanContext;
  command: TurnCommand;
  /** The epoch ms at which the clock of `performance.now` began: one for the turn, so that its spans fit together. */
  origin: number;
  begun: number;
  events: SpanEvent[];
  attempts: number;
  /** This page found the message stored: it was typed before a reload, or in another tab. */
  restored?: true;
  /** Its begin and its `send` were told by the page that was here before. */
  resumed?: true;
  queued?: true;
  conversationId?: number;
  userMessageId?: number;
  messageId?: number;
  /** Saved, or refused for good. */
  answered?: number;
  refusal?: string;
  first?: { at: number; of: "text" | "reasoning" };
  painted?: number;
  last?: number;
  slices: number;
  characters: number;
  commits: Work;
  longTasks: Work;
  /** `left`: the page went while the reply grew. */
  ended?: { at: number; how: string; error?: string };
}

/** `begun`: on the clock of `performance.now`. */
export function newTurn(context: SpanContext, command: TurnCommand, origin: number, begun: number): Turn {
  return {
    context,
    command,
    origin,
    begun: origin + begun,
    events: [],
    attempts: 0,
    slices: 0,
    characters: 0,
    commits: { count: 0, total: 0, longest: 0 },
    longTasks: { count: 0, total: 0, longest: 0 },
  };
}

export function addWork(work: Work, duration: number): void {
  work.count += 1;
  work.total += duration;
  work.longest = Math.max(work.longest, duration);
}

/**
 * The spans of a turn: `send`, which is the parent of the server's, and under it `first paint` and `stream`, which has `render`
 * under it.
 */
export function spansOf(turn: Turn): EndedSpan[] {
  const { context, first, painted, begun } = turn;
  const spans = turn.answered === undefined || turn.resumed ? [] : [sendSpan(turn, turn.answered)];
  if (!first) return spans;
  const { traceId, spanId: parentId } = context;
  const conversation = conversationOf(turn);
  if (painted !== undefined && !turn.resumed) {
    spans.push({
      ...{ traceId, spanId: newSpanId(), parentId, name: "first paint", start: begun, end: painted },
      attributes: {
        ...conversation,
        "tahochat.paint.of": first.of,
        "tahochat.paint.after_arrival_ms": round(painted - first.at),
      },
    });
  }
  const stream = streamSpan(turn, first.at);
  spans.push(stream);
  if (turn.commits.count > 0) spans.push(renderSpan(turn, stream));
  return spans;
}

function sendSpan(turn: Turn, end: number): EndedSpan {
  const { context, command, begun, events, attempts, queued, restored, refusal } = turn;
  return {
    ...context,
    name: "send",
    isClient: true,
    start: begun,
    end,
    events,
    error: refusal,
    attributes: {
      ...conversationOf(turn),
      "tahochat.command": command,
      "tahochat.send.attempts": attempts,
      ...(queued && { "tahochat.queued": true }),
      ...(restored && { "tahochat.restored": true }),
    },
  };
}

function streamSpan(turn: Turn, start: number): EndedSpan {
  const { context, ended, resumed, slices, characters } = turn;
  return {
    traceId: context.traceId,
    spanId: newSpanId(),
    parentId: context.spanId,
    name: "stream",
    start,
    end: Math.max(start, ended?.at ?? turn.last ?? start),
    error: ended?.error,
    attributes: {
      ...conversationOf(turn),
      "tahochat.stream.slices": slices,
      "tahochat.stream.characters": characters,
      "tahochat.stream.end": ended?.how ?? "left",
      ...(resumed && { "tahochat.stream.resumed": true }),
    },
  };
}

function renderSpan({ commits, longTasks }: Turn, stream: EndedSpan): EndedSpan {
  const { traceId, spanId: parentId, start, end } = stream;
  return {
    ...{ traceId, spanId: newSpanId(), parentId, name: "render", start, end },
    attributes: {
      "tahochat.render.commits": commits.count,
      "tahochat.render.total_ms": round(commits.total),
      "tahochat.render.longest_ms": round(commits.longest),
      "tahochat.render.long_tasks": longTasks.count,
      "tahochat.render.long_tasks_total_ms": round(longTasks.total),
      "tahochat.render.longest_task_ms": round(longTasks.longest),
    },
  };
}

function conversationOf({ conversationId, messageId }: Turn): Attributes {
  return {
    ...(conversationId !== undefined && { "gen_ai.conversation.id": String(conversationId) }),
    ...(messageId !== undefined && { "tahochat.message.id": messageId }),
  };
}

function round(milliseconds: number): number {
  return Math.round(milliseconds * 100) / 100;
}
