import type { EditCommand, SendCommand } from "@/lib/protocol/commands";
import type { ErrorEvent } from "@/lib/protocol/events";
import { choiceFields } from "../models/choice";
import { settingsFields } from "../parameters/settings";
import type { PendingSend } from "../state/types";

/** The server's cap of a frame, in bytes of UTF-8; see docs/protocol.md. */
export const longestFrameBytes = 64 * 1024;

/** The same message is the same frame every time, but for a conversation that was learned meanwhile. */
export function frameOf(send: PendingSend): SendCommand | EditCommand {
  const { text, conversationId, clientMessageId, traceparent, edits, parentId, choice, newChat } = send;
  const attachments = send.attachments && { attachment_ids: send.attachments.map(({ id }) => id) };
  if (edits !== undefined && conversationId !== null) {
    return {
      type: "edit",
      conversation_id: conversationId,
      message_id: edits,
      message: text,
      ...attachments,
      client_message_id: clientMessageId,
      ...choiceFields(choice),
      traceparent,
    };
  }
  return {
    message: text,
    ...(conversationId !== null && { conversation_id: conversationId }),
    ...(parentId !== undefined && { parent_id: parentId }),
    ...attachments,
    client_message_id: clientMessageId,
    ...choiceFields(choice),
    // Said again when it is sent again, though the conversation may be there by then: it has to be the same.
    ...(newChat !== undefined && settingsFields(choice)),
    traceparent,
  };
}

export function frameBytes(send: PendingSend): number {
  return new TextEncoder().encode(JSON.stringify(frameOf(send))).length;
}

export function longestOf(sends: readonly PendingSend[]): PendingSend | undefined {
  return [...sends].sort((a, b) => frameBytes(b) - frameBytes(a))[0];
}

/** What the server would say if it read frames that long, instead of closing. */
export function tooLong(clientMessageId: string): ErrorEvent {
  return {
    status: "error",
    error: "This message is too long.",
    code: "message_too_long",
    conversation_id: 0,
    client_message_id: clientMessageId,
  };
}
