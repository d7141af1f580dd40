import type { ErrorEvent } from "@/lib/protocol/events";
import type { Conversation, MessagePage } from "@/lib/protocol/rest";
import type { ChatSocket } from "@/lib/socket/chat-socket";
import type { Outbox } from "../outbox/outbox";
import type { PendingSend } from "./types";

/** What the chat client stands on, and whom it tells. */
export interface ChatClientOptions {
  socket: Pick<ChatSocket, "send" | "onEvent" | "onState" | "getState">;
  /** The end of a conversation, or all of it. */
  load: (conversationId: number) => Promise<Conversation>;
  loadEarlier?: (conversationId: number, before: number, limit: number) => Promise<MessagePage>;
  outbox: Outbox;
  /** A new conversation got its id. */
  onCreated?: (conversationId: number) => void;
  /** The server refused a command that was no send. */
  onRefused?: (event: ErrorEvent) => void;
  /** The server refused a send for good. */
  onSendRefused?: (send: PendingSend) => void;
  /** The socket keeps failing. */
  onUnreachable?: () => void;
  /** Calls back soon; events that come until then are applied together. */
  schedule?: (flush: () => void) => void;
  now?: () => number;
}
