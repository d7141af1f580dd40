import type { Conversation } from "@/lib/protocol/rest";
import { applyEvent } from "./apply-event";
import { change, mergeMessage } from "./conversation";
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
      return change(state, action.conversation.id, (known) => merge(known, action.conversation));
    case "load_failed":
      return change(state, action.conversationId, (known) => ({
        ...known,
        load: action.missing ? "missing" : known.load === "ready" ? "ready" : "failed",
      }));
    case "repairing":
      return change(state, action.conversationId, (known) => ({ ...known, repair: undefined }));
    case "stop":
      return {
        ...state,
        stopping: [...state.stopping.filter((id) => id !== action.messageId), action.messageId],
      };
    default:
      return applyPending(state, action);
  }
}

/** A load that was overtaken by live events adds what is missing and takes nothing back. */
function merge(known: ConversationState, loaded: Conversation): ConversationState {
  const overtaken = known.load === "ready" && known.revision > loaded.revision;
  const messages = { ...known.messages };
  for (const message of loaded.messages) {
    const mine = known.messages[message.id];
    messages[message.id] = overtaken && mine ? mine : mergeMessage(mine, message);
  }
  return {
    ...known,
    load: "ready",
    title: overtaken ? known.title : loaded.title,
    revision: Math.max(known.revision, loaded.revision),
    headId: overtaken ? known.headId : (loaded.head_id ?? loaded.messages.at(-1)?.id ?? null),
    messages,
    repair: undefined,
  };
}
