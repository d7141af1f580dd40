import type { ServerEvent } from "@/lib/protocol/events";
import { change } from "./conversation";
import type { ChatState } from "./types";

/** What this tab asked for is answered: another reply by its acknowledgement or refusal, a branch by its refusal. */
export function settleAsks(state: ChatState, event: ServerEvent): ChatState {
  if (!("status" in event) || event.status === "complete") return state;
  const { client_message_id: own, conversation_id: id } = event;
  if (own !== undefined) {
    const asks = state.asks.filter((ask) => ask.clientMessageId !== own);
    return asks.length === state.asks.length ? state : { ...state, asks };
  }
  const refused = event.status === "error" && event.message_id === undefined;
  if (!refused || !state.conversations[id]?.selecting) return state;
  return change(state, id, (known) => ({ ...known, selecting: undefined, repair: "load" }));
}
