import { newSpanId, type SpanContext } from "./trace-context";
import type { Attributes, SpanEvent, Turn } from "./turn";

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
      "tahochat.turn.kind": command,
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
