import type { ErrorCode, ServerEvent } from "@/lib/protocol/events";
import type { Kept } from "@/lib/protocol/kept";
import type { Attachment, Conversation, Message, MessagePage } from "@/lib/protocol/rest";
import type { ModelChoice } from "../models/choice";

/**
 * A message as the browser knows it. The times in epoch ms are the browser's own and are not sent anywhere. `live`: this
 * page saw it begin, however soon it ended.
 */
export interface ChatMessage extends Message {
  content: string;
  live?: true;
  retryAt?: number;
  thinkingSince?: number;
  thoughtMs?: number;
  /** The provider asked to wait until then. */
  waiting?: { code: ErrorCode; until: number };
  /** Why another model answers than was asked for. */
  modelNotice?: string;
}

/** The head moved without this tab's doing: elsewhere (`from` was shown before), or because a send found an older parent. */
export type BranchNotice = { kind: "moved"; from: number } | { kind: "branched"; messageId: number };

/**
 * `revision`: everything up to it is in `messages`. `repair`: what the text needs before it can be trusted again, a new
 * watch (a slice is missing) or a new load (the server cannot say what changed). `headId` is what is shown, `awaitedHead`
 * what the server told and cannot be shown yet. `selecting`: a branch that this tab asked for, epoch ms. `choice`: who
 * answers, as the server has it; `choosing`: what this tab asked for and the server has not confirmed. `grown`: replies whose
 * text alone is newer than in `messages`, which stays the same object while they grow. `gaps`: ids of messages that are
 * there, before one that is known, and were not loaded yet. `paging`: how it stands with those before the shown ones.
 */
export interface ConversationState {
  id: number;
  load: "none" | "loading" | "ready" | "missing" | "failed";
  title: string;
  /** Pinned, archived, tagged, as the server has it. */
  kept?: Kept;
  revision: number;
  headId: number | null;
  awaitedHead?: number;
  selecting?: { messageId: number; at: number };
  notice?: BranchNotice;
  choice?: ModelChoice;
  choosing?: ModelChoice;
  messages: Record<number, ChatMessage>;
  grown: Record<number, ChatMessage>;
  gaps: readonly number[];
  paging?: "loading" | "failed";
  repair?: "watch" | "load";
}

export interface Refusal {
  code?: ErrorCode;
  error: string;
  retryAt?: number;
}

/**
 * A message that the server has not acknowledged yet. What is sent of it is the same every time. `newChat`: what the
 * messages of a conversation that does not exist yet have in common. `parentId`: the head that the person saw. `edits`:
 * the user message it takes the place of, whose files it keeps where it names no `attachments`. `tried`: it went out at least once, so the server may have it.
 */
export interface PendingSend {
  clientMessageId: string;
  /** Of the page's own span; missing where an older page stored the message. */
  traceparent?: string;
  conversationId: number | null;
  text: string;
  attachments?: Attachment[];
  /** Epoch ms; of two messages the one that was typed later has the greater one. */
  createdAt: number;
  newChat?: string;
  parentId?: number;
  edits?: number;
  /** Who is to answer, where the conversation does not say so by itself. */
  choice?: ModelChoice;
  tried?: true;
  /** How often the server put it off. */
  postponed?: number;
  refusal?: Refusal;
}

/** Another reply that was asked for and is not acknowledged yet; `messageId`: the one it stands beside. */
export interface Ask {
  clientMessageId: string;
  traceparent: string;
  command: "regenerate" | "continue";
  conversationId: number;
  messageId: number;
  choice?: ModelChoice;
}

/** `stopping`: replies that the person stopped, whether or not the server has heard of it. */
export interface ChatState {
  conversations: Record<number, ConversationState>;
  pending: PendingSend[];
  stopping: number[];
  asks: Ask[];
}

/** `at`: epoch ms, given from outside so that the reducer stays pure. */
export type ChatAction =
  | { type: "event"; event: ServerEvent; at: number }
  | { type: "loading"; conversationId: number }
  | { type: "loaded"; conversation: Conversation }
  | { type: "load_failed"; conversationId: number; missing: boolean }
  | { type: "paging"; conversationId: number; paging?: "loading" | "failed" }
  | { type: "paged"; conversationId: number; page: MessagePage }
  | { type: "repairing"; conversationId: number }
  | { type: "send"; pending: PendingSend }
  | { type: "send_again"; clientMessageId: string }
  | { type: "discard"; clientMessageId: string }
  | { type: "transmitted"; clientMessageId: string }
  | { type: "postponed"; clientMessageId: string; retryAt: number }
  | { type: "begun"; newChat: string; conversationId: number }
  | { type: "restored"; sends: PendingSend[] }
  | { type: "stop"; messageId: number }
  | { type: "ask"; ask: Ask }
  | { type: "select"; conversationId: number; messageId: number; at: number }
  | { type: "follow"; conversationId: number }
  | { type: "choosing"; conversationId: number; choice: ModelChoice }
  | { type: "chosen"; conversationId: number; choice: ModelChoice; done: boolean }
  | { type: "dismiss_notice"; conversationId: number };

export const emptyChat: ChatState = { conversations: {}, pending: [], stopping: [], asks: [] };

export function isGrowing(message: Pick<Message, "status">): boolean {
  return message.status === "streaming" || message.status === "queued";
}
