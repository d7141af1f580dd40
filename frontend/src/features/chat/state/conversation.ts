import type { Message } from "@/lib/protocol/rest";
import { isGrowing, type ChatMessage, type ChatState, type ConversationState } from "./types";

export function unknownConversation(id: number): ConversationState {
  return { id, load: "none", title: "", revision: 0, headId: null, messages: {}, grown: {}, gaps: [] };
}

export function change(
  state: ChatState,
  id: number,
  update: (known: ConversationState) => ConversationState,
): ChatState {
  const known = state.conversations[id] ?? unknownConversation(id);
  const next = update(known);
  return next === known ? state : { ...state, conversations: { ...state.conversations, [id]: next } };
}

/** A message with all the text that came. */
export function messageOf(known: ConversationState, id: number): ChatMessage | undefined {
  return known.grown[id] ?? known.messages[id];
}

/** A message that is not as it was, beyond its text. */
export function withMessage(known: ConversationState, message: ChatMessage): ConversationState {
  const { [message.id]: older, ...grown } = known.grown;
  return {
    ...known,
    messages: { ...known.messages, [message.id]: message },
    grown: older ? grown : known.grown,
  };
}

/** Which messages are missing, once some of them came. */
export function gapsOf(
  { gaps, messages }: ConversationState,
  earlier: number | undefined,
): readonly number[] {
  const all = earlier === undefined ? gaps : [...new Set([...gaps, earlier])];
  return all.filter((id) => !messages[id]);
}

/** The server's word holds, but a reply never grows again once it has ended, and of one that grows the longer text is newer. */
export function mergeMessage(mine: ChatMessage | undefined, theirs: Message): ChatMessage {
  const content = theirs.content ?? mine?.content ?? "";
  const growing = isGrowing(theirs) && mine !== undefined;
  if (growing && !isGrowing(mine)) return mine;
  const stays = mine?.parent_id === theirs.parent_id;
  return {
    ...theirs,
    sibling_ids: theirs.sibling_ids ?? (stays ? mine?.sibling_ids : undefined),
    content: growing ? longer(mine.content, content) : content,
    tool_calls: growing ? (mine.tool_calls ?? theirs.tool_calls) : theirs.tool_calls,
    reasoning: growing ? longer(mine.reasoning ?? "", theirs.reasoning ?? "") : theirs.reasoning,
    live: mine?.live,
    thinkingSince: mine?.thinkingSince,
    thoughtMs: mine?.thoughtMs,
    retryAt: mine?.retryAt ?? retryAtOf(theirs),
    waiting: isGrowing(theirs) ? mine?.waiting : undefined,
    modelNotice: mine?.modelNotice,
  };
}

function retryAtOf({ retry_at: at }: Message): number | undefined {
  return at === undefined ? undefined : Date.parse(at);
}

function longer(a: string, b: string): string {
  return b.length > a.length ? b : a;
}

/**
 * Everything up to `revision` is known. Only the watch may say so (and REST): an acknowledgement, or a reply's end, may
 * come before what was changed earlier.
 */
export function advance(known: ConversationState, revision: number | undefined): ConversationState {
  return revision === undefined || revision <= known.revision ? known : { ...known, revision };
}

export function thoughtMs(message: ChatMessage, at: number): number | undefined {
  if (message.thoughtMs !== undefined || message.thinkingSince === undefined) return message.thoughtMs;
  return at - message.thinkingSince;
}

export function withoutPending(state: ChatState, clientMessageId: string | undefined): ChatState {
  if (!state.pending.some((send) => send.clientMessageId === clientMessageId)) return state;
  return { ...state, pending: state.pending.filter((send) => send.clientMessageId !== clientMessageId) };
}
