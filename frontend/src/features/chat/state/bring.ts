import type { ChatClient } from "./chat-client";
import { pathTo } from "./tree";
import type { ChatState } from "./types";

const patienceMs = 8000;

/** Loads what there is from a message on, and shows its branch where that is another one; false: it cannot be shown. */
export async function bring(
  { pages, turns, store }: Pick<ChatClient, "pages" | "turns" | "store">,
  conversationId: number,
  messageId: number,
): Promise<boolean> {
  if (await pages.reach(conversationId, messageId)) return true;
  if (store.getState().conversations[conversationId]?.paging === "failed") return false;
  if (!turns.select(conversationId, messageId)) return false;
  return new Promise((resolve) => {
    const end = (there: boolean) => {
      unsubscribe();
      clearTimeout(timer);
      resolve(there);
    };
    const look = (state: ChatState) => isShown(state, conversationId, messageId) && end(true);
    const timer = setTimeout(() => end(false), patienceMs);
    const unsubscribe = store.subscribe(look);
    look(store.getState());
  });
}

function isShown({ conversations }: ChatState, conversationId: number, messageId: number): boolean {
  const known = conversations[conversationId];
  return known !== undefined && pathTo(known.messages, known.headId).some(({ id }) => id === messageId);
}
