import { isRefused } from "./pending";
import { siblingKey } from "./tree";
import type { ChatMessage, ConversationState, PendingSend } from "./types";

/** A message in the queue with its reply's row; `edit`: its next version, on its way. */
export interface Waiting {
  message: ChatMessage;
  reply: ChatMessage;
  edit?: PendingSend;
}

/**
 * What a conversation shows, from top to bottom: `shown`, then an `edit` on its way in the place of what it hides, then the
 * messages that wait, then the `rest` of what is unacknowledged. `refusedEdits`: by the message that they edit.
 */
export interface Layout {
  shown: ChatMessage[];
  edit?: PendingSend;
  refusedEdits: Map<number, PendingSend>;
  waiting: Waiting[];
  paused: boolean;
  rest: PendingSend[];
}

export function layOut(
  path: readonly ChatMessage[],
  pending: readonly PendingSend[],
  messages: ConversationState["messages"] = {},
): Layout {
  const slots = new Map(pending.flatMap((send) => slotOf(send, path, messages)));
  const rest = pending.filter((send) => !slots.has(send));
  const edits = [...slots].filter(([send]) => !isRefused(send));
  const refusedEdits = new Map([...slots].flatMap(([send, id]) => (isRefused(send) ? [[id, send]] : [])));
  const queue = path.findIndex((message, index) => isWaiting(message, path[index + 1]));
  const shown = queue < 0 ? [...path] : path.slice(0, queue);
  const waiting =
    queue < 0 ? [] : waitingIn(path.slice(queue), new Map(edits.map(([send, id]) => [id, send])));
  for (const [edit, id] of edits) {
    const cut = shown.findIndex((message) => message.id === id);
    if (cut < 0) continue;
    return { shown: shown.slice(0, cut), edit, refusedEdits, waiting: [], paused: false, rest };
  }
  return { shown, refusedEdits, waiting, paused: waiting.length > 0 && isBroken(shown.at(-1)), rest };
}

/** The message that is shown where the edit belongs: the one that it edits, or another version of that. */
function slotOf(
  send: PendingSend,
  path: readonly ChatMessage[],
  messages: ConversationState["messages"],
): [PendingSend, number][] {
  if (send.edits === undefined) return [];
  const edited = messages[send.edits];
  const isSlot = (message: ChatMessage) =>
    message.id === send.edits || (edited !== undefined && siblingKey(message) === siblingKey(edited));
  const slot = path.find(isSlot);
  return slot ? [[send, slot.id]] : [];
}

function waitingIn(queue: readonly ChatMessage[], edits: ReadonlyMap<number, PendingSend>): Waiting[] {
  return queue.flatMap((message, index) => {
    const reply = queue[index + 1];
    if (message.role !== "user" || !reply) return [];
    return [{ message, reply, edit: edits.get(message.id) }];
  });
}

function isWaiting(message: ChatMessage, next: ChatMessage | undefined): boolean {
  return message.role === "user" && next?.status === "queued";
}

/** The queue goes on by itself behind a complete reply only. */
function isBroken(last: ChatMessage | undefined): boolean {
  return last?.status === "stopped" || last?.status === "interrupted" || last?.status === "failed";
}
