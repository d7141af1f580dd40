import type { ChatMessage, PendingSend } from "./types";

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

export function layOut(path: readonly ChatMessage[], pending: readonly PendingSend[]): Layout {
  const ids = new Set(path.map(({ id }) => id));
  const edits = pending.filter((send) => send.edits !== undefined && ids.has(send.edits));
  const rest = pending.filter((send) => !edits.includes(send));
  const refusedEdits = new Map(edits.flatMap((send) => (send.refusal ? [[send.edits ?? 0, send]] : [])));
  const queue = path.findIndex((message, index) => isWaiting(message, path[index + 1]));
  const shown = queue < 0 ? [...path] : path.slice(0, queue);
  const waiting = queue < 0 ? [] : waitingIn(path.slice(queue), edits);
  const edit = edits.find((send) => !send.refusal && shown.some(({ id }) => id === send.edits));
  if (edit) {
    const cut = shown.findIndex(({ id }) => id === edit.edits);
    return { shown: shown.slice(0, cut), edit, refusedEdits, waiting: [], paused: false, rest };
  }
  return { shown, refusedEdits, waiting, paused: waiting.length > 0 && isBroken(shown.at(-1)), rest };
}

function waitingIn(queue: readonly ChatMessage[], edits: readonly PendingSend[]): Waiting[] {
  return queue.flatMap((message, index) => {
    const reply = queue[index + 1];
    if (message.role !== "user" || !reply) return [];
    return [{ message, reply, edit: edits.find((send) => send.edits === message.id && !send.refusal) }];
  });
}

function isWaiting(message: ChatMessage, next: ChatMessage | undefined): boolean {
  return message.role === "user" && next?.status === "queued";
}

/** The queue goes on by itself behind a complete reply only. */
function isBroken(last: ChatMessage | undefined): boolean {
  return last?.status === "stopped" || last?.status === "interrupted" || last?.status === "failed";
}
