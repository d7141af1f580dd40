import type { SpanContext } from "./trace-context";

export type Attributes = Record<string, string | number | boolean>;

/** Epoch ms. */
export interface SpanEvent {
  name: string;
  at: number;
  attributes?: Attributes;
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
