import { newId } from "@/lib/ids";
import { newTraceparent } from "@/lib/telemetry/trace-context";
import type { Attachment } from "@/lib/protocol/rest";
import type { ModelChoice } from "../models/choice";
import { isRefused, lineOf } from "../state/pending";
import type { ChatState, PendingSend } from "../state/types";

export interface Composed {
  text: string;
  conversationId: number | null;
  attachments?: readonly Attachment[];
  /** The user message that this text takes the place of. */
  edits?: number;
  choice?: ModelChoice;
}

/** What goes with a text. `draft`: the key of the draft that it was. */
export type SendOptions = Omit<Composed, "text" | "conversationId"> & { draft?: string };

/** A message as it is stored and sent, now and every time again. `now`: epoch ms. */
export function composeSend(
  state: ChatState,
  { text, conversationId, attachments = [], edits, choice }: Composed,
  now: number,
): PendingSend {
  const { pending } = state;
  const clientMessageId = newId();
  const newChat = pending.find((send) => send.conversationId === null)?.newChat ?? clientMessageId;
  const send: PendingSend = {
    clientMessageId,
    traceparent: newTraceparent(),
    conversationId,
    // Half a surrogate pair is no text, and no server could keep it.
    text: text.replace(/\p{Surrogate}/gu, "\uFFFD"),
    createdAt: Math.max(now, ...pending.map(({ createdAt }) => createdAt + 1)),
    ...(conversationId === null && { newChat }),
    ...(attachments.length > 0 && { attachments: [...attachments] }),
    ...(edits !== undefined && { edits }),
    ...(choice && Object.keys(choice).length > 0 && { choice }),
  };
  const parentId = edits === undefined ? headSeen(state, send) : undefined;
  return parentId === undefined ? send : { ...send, parentId };
}

/** The head that the person saw; unknown where something that is not acknowledged yet comes before the message. */
function headSeen({ pending, conversations }: ChatState, send: PendingSend): number | undefined {
  if (send.conversationId === null) return undefined;
  const follows = pending.some((other) => !isRefused(other) && lineOf(other) === lineOf(send));
  const seen = conversations[send.conversationId];
  return seen?.load === "ready" && !follows ? (seen.headId ?? undefined) : undefined;
}
