import { ApiError, type ConversationPage } from "../api-client";
import { whenIdle } from "../when-idle";
import type { Conversation } from "../protocol/rest";
import type { OfflineCopies } from "./copies";
import { shownCopies } from "./shown-copies";

/** The server is away; what it refuses it refuses, and no copy helps. */
export function isAway(error: unknown): boolean {
  return error instanceof ApiError && (error.status === 0 || (error.status >= 502 && error.status <= 504));
}

/** Loads a conversation, or shows the copy of it where the server cannot be reached and there is one. */
export function withCopy(
  load: (id: number) => Promise<Conversation>,
  copies: OfflineCopies,
): (id: number) => Promise<Conversation> {
  return async (id) => {
    try {
      const conversation = await load(id);
      shownCopies.replaced(id);
      copies.found(id);
      if (!isGrowing(conversation)) whenIdle(() => void copies.keep(conversation));
      return conversation;
    } catch (error) {
      if (error instanceof ApiError && error.status === 404) void copies.forget(id);
      const copy = isAway(error) ? await copies.conversation(id) : undefined;
      if (!copy) throw error;
      shownCopies.shows(id, copy.savedAt);
      return copy.value;
    }
  };
}

/** Whether the server has it; true where it does not say. */
export function isThere(load: (id: number) => Promise<unknown>): (id: number) => Promise<boolean> {
  return async (id) => {
    try {
      await load(id);
      return true;
    } catch (error) {
      return !(error instanceof ApiError && error.status === 404);
    }
  };
}

/** The list's first page, and the copy of it that `onCopy` shows until a later try succeeds. */
export async function listWithCopy(
  load: () => Promise<ConversationPage>,
  copies: OfflineCopies,
  onCopy: (page: ConversationPage) => void,
): Promise<ConversationPage> {
  try {
    const page = await load();
    shownCopies.replaced("list");
    whenIdle(() => void copies.keepList(page));
    return page;
  } catch (error) {
    const copy = isAway(error) ? await copies.list() : undefined;
    if (copy) {
      shownCopies.shows("list", copy.savedAt);
      onCopy(copy.value);
    }
    throw error;
  }
}

/** What is in the list changes often; a copy of a few seconds ago is as good. */
const pauseMs = 2000;

/** Returns what to call when the list changed. */
export function listKeeper(read: () => ConversationPage | undefined, copies: OfflineCopies): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const keep = () => {
    timer = undefined;
    const page = shownCopies.savedAt("list") === undefined ? read() : undefined;
    if (page) void copies.keepList(page);
  };
  return () => {
    timer ??= setTimeout(() => whenIdle(keep), pauseMs);
  };
}

function isGrowing({ messages }: Conversation): boolean {
  return messages.some(({ status }) => status === "streaming" || status === "queued");
}
