import { isRefused } from "./pending";
import { isWhole, newestThrough, pathTo } from "./tree";
import type { ChatState, ConversationState } from "./types";

/** So long a branch that this tab chose is not left for a head that was told before the server knew of the choice. */
const choiceMs = 3000;

/** Whether this tab is waiting for something that moves the conversation's head. */
export function isAsking(state: ChatState, id: number): boolean {
  return (
    state.asks.some((ask) => ask.conversationId === id) ||
    state.pending.some((send) => send.conversationId === id && !isRefused(send)) ||
    state.conversations[id]?.selecting !== undefined
  );
}

/** A choice that may have gone with an earlier connection is given up; one just made can be younger than the watch that is answered. */
export function stillChoosing({ selecting }: ConversationState, at: number): ConversationState["selecting"] {
  return selecting && at - selecting.at < choiceMs ? selecting : undefined;
}

/** The head is the server's word. One whose messages are not here is awaited: another watch may bring them. */
export function tellHead(
  known: ConversationState,
  head: number,
  { asked, at }: { asked: boolean; at: number },
): ConversationState {
  if (head === known.headId) return { ...arrive(known, head), awaitedHead: undefined };
  const { selecting } = known;
  const chosen = selecting && leadsThrough(known, head, selecting.messageId);
  const whole = isWhole(known, head);
  if (selecting && !whole && known.awaitedHead !== head) {
    return { ...known, awaitedHead: head, repair: "load" };
  }
  if (!whole || (!chosen && stillChoosing(known, at))) {
    return { ...known, awaitedHead: head };
  }
  return moveHead(known, head, asked);
}

/** Goes to the head that was awaited, once its messages are here. */
export function settleHead(known: ConversationState, asked: boolean): ConversationState {
  const { awaitedHead } = known;
  if (awaitedHead === undefined || !isWhole(known, awaitedHead)) return known;
  const { selecting } = known;
  if (selecting && !leadsThrough(known, awaitedHead, selecting.messageId)) return known;
  return moveHead(known, awaitedHead, asked);
}

/** Waited long enough: the awaited head is shown, or loaded. */
export function followHead(known: ConversationState, asked: boolean): ConversationState {
  const { awaitedHead } = known;
  if (awaitedHead === undefined) return known;
  const patient = { ...known, selecting: undefined };
  return isWhole(known, awaitedHead) ? moveHead(patient, awaitedHead, asked) : { ...patient, repair: "load" };
}

/** Shows another end; the person is told where it is another branch and nobody asked for it here. */
export function moveHead(known: ConversationState, head: number, asked: boolean): ConversationState {
  const from = known.headId;
  const left =
    from !== null &&
    known.load === "ready" &&
    known.messages[from] !== undefined &&
    !leadsThrough(known, head, from);
  const moved = { ...arrive(known, head), headId: head, awaitedHead: undefined };
  if (asked || cameBack(known, head)) return { ...moved, notice: undefined };
  return left ? { ...moved, notice: { kind: "moved", from } } : moved;
}

/** A branch is shown at once where it is known; the server's answer settles its end. */
export function choose(known: ConversationState, messageId: number, at: number): ConversationState {
  const selecting = { messageId, at };
  const chosen = { ...known, selecting, awaitedHead: undefined, notice: undefined };
  if (!isWhole(known, messageId)) return chosen;
  return { ...chosen, headId: newestThrough(known.messages, messageId) };
}

function arrive(known: ConversationState, head: number): ConversationState {
  const { selecting, notice } = known;
  const chosen = selecting && leadsThrough(known, head, selecting.messageId);
  return {
    ...known,
    selecting: chosen ? undefined : selecting,
    notice: cameBack(known, head) ? undefined : notice,
  };
}

function cameBack(known: ConversationState, head: number): boolean {
  return known.notice?.kind === "moved" && leadsThrough(known, head, known.notice.from);
}

function leadsThrough({ messages }: ConversationState, head: number, id: number): boolean {
  return pathTo(messages, head).some((message) => message.id === id);
}
