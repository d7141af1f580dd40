import type { StopCommand } from "@/lib/protocol/commands";
import { isGrowing, type ChatState } from "./types";

/** The stops that did not take: of replies that still grow, as far as this page knows. */
export function stopsOf({ conversations, stopping }: ChatState): StopCommand[] {
  return Object.values(conversations).flatMap(({ id, messages }) =>
    stopping
      .filter((messageId) => messages[messageId] && isGrowing(messages[messageId]))
      .map((message_id) => ({ type: "stop" as const, conversation_id: id, message_id })),
  );
}
