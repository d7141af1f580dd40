import type { ServerEvent } from "@/lib/protocol/events";
import type { Conversation } from "@/lib/protocol/rest";
import type { OfflineCopies } from "@/lib/offline/copies";
import { whenIdle } from "@/lib/when-idle";
import { messagesAtOnce } from "./state/pages";
import { activePath } from "./state/selectors";
import { earlierOf } from "./state/tree";
import { isGrowing, type ChatMessage, type ChatState, type ConversationState } from "./state/types";

/** Replies that end together are kept together. */
const pauseMs = 1000;

export interface KeepCopiesOptions {
  onEvent: (listener: (event: ServerEvent) => void) => () => void;
  getState: () => ChatState;
  copies: Pick<OfflineCopies, "keep">;
}

/** Keeps a copy of a conversation when a reply in it ended; returns how to end it. */
export function keepCopies({ onEvent, getState, copies }: KeepCopiesOptions): () => void {
  const ended = new Set<number>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const keep = () => {
    timer = undefined;
    for (const id of ended) {
      const copy = copyOf(getState().conversations[id]);
      if (copy) void copies.keep(copy);
    }
    ended.clear();
  };
  const end = onEvent((event) => {
    if (!("status" in event) || event.status === "streaming" || event.conversation_id === undefined) return;
    ended.add(event.conversation_id);
    timer ??= setTimeout(() => whenIdle(keep), pauseMs);
  });
  return () => {
    clearTimeout(timer);
    end();
  };
}

/** The end of the path that is shown, as REST would give it; undefined while it is not here, or grows. */
export function copyOf(known: ConversationState | undefined): Conversation | undefined {
  const path = activePath(known);
  if (!known || path.length === 0 || path.some(isGrowing)) return undefined;
  const end = path.slice(-messagesAtOnce);
  return {
    id: known.id,
    title: known.title,
    created_at: "",
    updated_at: "",
    head_id: known.headId,
    revision: known.revision,
    ...(known.choice?.model && { model: known.choice.model }),
    ...(known.choice?.effort && { reasoning_effort: known.choice.effort }),
    ...(earlierOf(end) !== undefined && { earlier_id: earlierOf(end) }),
    messages: end.map(withoutOwn),
  };
}

/** Without what only this page knows. */
function withoutOwn(message: ChatMessage): ChatMessage {
  const copy = { ...message };
  delete copy.live;
  delete copy.retryAt;
  delete copy.thinkingSince;
  delete copy.thoughtMs;
  delete copy.waiting;
  delete copy.modelNotice;
  return copy;
}
