import { keptOf } from "@/lib/protocol/kept";
import type { Conversation } from "@/lib/protocol/rest";
import { applyEvent } from "./apply-event";
import { choiceOf, settleChoice } from "./choices";
import { change, gapsOf, mergeMessage, messageOf } from "./conversation";
import { choose, followHead, isAsking, moveHead } from "./head";
import { applyPage } from "./pages";
import { applyPending } from "./pending";
import type { ChatAction, ChatState, ConversationState } from "./types";

/** Every change of the chat's state, be it live, after a reload or after a lost connection. Pure. */
export function chatReducer(state: ChatState, action: ChatAction): ChatState {
  switch (action.type) {
    case "event":
      return applyEvent(state, action.event, action.at);
    case "loading":
      return change(state, action.conversationId, (known) => ({
        ...known,
        load: known.load === "ready" ? "ready" : "loading",
      }));
    case "loaded":
      return change(state, action.conversation.id, (known) =>
        merge(known, action.conversation, isAsking(state, known.id)),
      );
    case "load_failed":
      return change(state, action.conversationId, (known) => ({
        ...known,
        load: action.missing ? "missing" : known.load === "ready" ? "ready" : "failed",
      }));
    case "paging":
      return change(state, action.conversationId, (known) => ({ ...known, paging: action.paging }));
    case "paged":
      return change(state, action.conversationId, (known) => applyPage(known, action.page));
    case "repairing":
      return change(state, action.conversationId, (known) => ({ ...known, repair: undefined }));
    case "stop":
      return {
        ...state,
        stopping: [...state.stopping.filter((id) => id !== action.messageId), action.messageId],
      };
    case "ask":
      return { ...state, asks: [...state.asks, action.ask] };
    case "select":
      return change(state, action.conversationId, (known) => choose(known, action.messageId, action.at));
    case "follow":
      return change(state, action.conversationId, (known) => followHead(known, isAsking(state, known.id)));
    case "choosing":
      return change(state, action.conversationId, (known) => ({ ...known, choosing: action.choice }));
    case "chosen":
      return change(state, action.conversationId, (known) => settleChoice(known, action.choice, action.done));
    case "dismiss_notice":
      return change(state, action.conversationId, (known) => ({ ...known, notice: undefined }));
    default:
      return applyPending(state, action);
  }
}

/** A load that was overtaken by live events adds what is missing and takes nothing back. */
function merge(known: ConversationState, loaded: Conversation, asked: boolean): ConversationState {
  const overtaken = known.load === "ready" && known.revision > loaded.revision;
  const messages = { ...known.messages, ...known.grown };
  for (const message of loaded.messages) {
    const mine = messageOf(known, message.id);
    const { sibling_ids = [] } = message;
    messages[message.id] =
      overtaken && mine ? { ...mine, sibling_ids } : mergeMessage(mine, { ...message, sibling_ids });
  }
  const merged: ConversationState = {
    ...known,
    title: overtaken ? known.title : loaded.title,
    choice: overtaken ? known.choice : choiceOf(loaded),
    kept: overtaken ? known.kept : keptOf(loaded),
    revision: Math.max(known.revision, loaded.revision),
    messages,
    grown: {},
    repair: undefined,
  };
  merged.gaps = gapsOf(merged, loaded.earlier_id);
  const loadedHead = loaded.head_id ?? loaded.messages.at(-1)?.id ?? null;
  const head = overtaken ? (known.awaitedHead ?? known.headId) : loadedHead;
  const reachable = head !== null && messages[head] !== undefined;
  const moved = reachable ? moveHead(merged, head, asked) : { ...merged, headId: known.headId };
  return { ...moved, load: "ready" };
}
