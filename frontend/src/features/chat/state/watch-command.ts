import type { ClientCommand } from "@/lib/protocol/commands";
import type { ConversationState } from "./types";

/** A watch from where the page is: the revision that it knows, and how much of the growing reply it has. */
export function watchCommand(id: number, known: ConversationState | undefined): ClientCommand {
  const last = Object.values(known?.messages ?? {}).findLast(({ status }) => status === "streaming");
  const reply = last && (known?.grown[last.id] ?? last);
  return {
    type: "watch",
    conversation_id: id,
    revision: known?.revision ?? 0,
    ...(reply && {
      message_id: reply.id,
      offset: reply.content.length,
      reasoning_offset: reply.reasoning?.length ?? 0,
    }),
  };
}
