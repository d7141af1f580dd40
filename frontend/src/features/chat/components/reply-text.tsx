"use client";

import { Fragment } from "react";
import { ToolCallView } from "@/features/tools/tool-call-view";
import { Markdown } from "../markdown/markdown";
import { partsOf } from "../state/tool-calls";
import type { ChatMessage } from "../state/types";
import { useTurnCommands } from "../use-turn-commands";

/** What the model said, and between it the tools that it called. */
export function ReplyText({ message, growing }: { message: ChatMessage; growing: boolean }) {
  const commands = useTurnCommands();
  const parts = partsOf(message.content, message.tool_calls);
  if (message.content === "" && parts.length === 1) return null;
  return (
    <div data-testid="message-content">
      {parts.map(({ start, text, calls }, index) => (
        <Fragment key={`${start}:${calls[0]?.id ?? ""}`}>
          {text.trim() !== "" && <Markdown text={text} growing={growing && index === parts.length - 1} />}
          {calls.map((call) => (
            <ToolCallView
              key={call.id}
              call={call}
              growing={growing}
              onDecide={(decision) => commands.decideTool(message, call.id, decision)}
            />
          ))}
        </Fragment>
      ))}
    </div>
  );
}
