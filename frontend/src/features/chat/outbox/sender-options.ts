import type { ChatSocket } from "@/lib/socket/chat-socket";
import type { ChatAction, ChatState, PendingSend } from "../state/types";
import type { Outbox } from "./outbox";

/** What the sender works with; tests bring their own. */
export interface SenderOptions {
  socket: Pick<ChatSocket, "send" | "getState">;
  outbox: Outbox;
  getState: () => ChatState;
  dispatch: (action: ChatAction) => void;
  now: () => number;
  /** Done with, by another tab: the conversation that its message began or went to, where there is one. */
  onSettledElsewhere: (send: PendingSend, conversationId: number | undefined) => void;
  /** The server refused it for good. */
  onRefused: (send: PendingSend) => void;
}
