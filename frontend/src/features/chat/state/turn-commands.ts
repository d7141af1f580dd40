import { newId } from "@/lib/ids";
import type { ClientCommand, ToolDecision } from "@/lib/protocol/commands";
import type { ChatSocket } from "@/lib/socket/chat-socket";
import { newTraceparent } from "@/lib/telemetry/trace-context";
import { choiceFields, type ModelChoice } from "../models/choice";
import type { Ask, ChatAction, ChatMessage, ChatState } from "./types";

export interface TurnCommandsOptions {
  socket: Pick<ChatSocket, "send">;
  getState: () => ChatState;
  dispatch: (action: ChatAction) => void;
  now: () => number;
}

/** What a person does with messages that are there. Each answers whether it could be sent. */
export class TurnCommands {
  constructor(private readonly options: TurnCommandsOptions) {}

  /** `choice`: who answers this time alone. */
  regenerate(conversationId: number, messageId: number, choice?: ModelChoice): boolean {
    return this.ask("regenerate", conversationId, messageId, choice);
  }

  continueReply(conversationId: number, messageId: number): boolean {
    return this.ask("continue", conversationId, messageId);
  }

  select(conversationId: number, messageId: number): boolean {
    const sent = this.options.socket.send({
      type: "select",
      conversation_id: conversationId,
      message_id: messageId,
    });
    if (sent) this.options.dispatch({ type: "select", conversationId, messageId, at: this.options.now() });
    return sent;
  }

  removeQueued(conversationId: number, messageId: number): boolean {
    return this.options.socket.send({
      type: "remove",
      conversation_id: conversationId,
      message_id: messageId,
    });
  }

  resumeQueue(conversationId: number): boolean {
    return this.options.socket.send({ type: "resume", conversation_id: conversationId });
  }

  decideTool({ conversation_id, id }: ChatMessage, toolCallId: string, decision: ToolDecision): boolean {
    return this.options.socket.send({
      type: "tool",
      conversation_id,
      message_id: id,
      tool_call_id: toolCallId,
      decision,
    });
  }

  dismissNotice(conversationId: number): void {
    this.options.dispatch({ type: "dismiss_notice", conversationId });
  }

  /** After a lost connection: the same ids, so that what arrived before is not done twice. */
  resend(): void {
    for (const ask of this.options.getState().asks) this.options.socket.send(commandOf(ask));
  }

  /** Asked twice before the answer, by a double click say, is asked once. */
  private ask(
    command: Ask["command"],
    conversationId: number,
    messageId: number,
    choice?: ModelChoice,
  ): boolean {
    const { asks } = this.options.getState();
    if (asks.some((ask) => ask.command === command && ask.messageId === messageId)) return true;
    const ask: Ask = {
      clientMessageId: newId(),
      traceparent: newTraceparent(),
      command,
      conversationId,
      messageId,
      ...(choice && { choice }),
    };
    if (!this.options.socket.send(commandOf(ask))) return false;
    this.options.dispatch({ type: "ask", ask });
    return true;
  }
}

function commandOf(ask: Ask): ClientCommand {
  const { command, conversationId, messageId, clientMessageId, traceparent, choice } = ask;
  return {
    type: command,
    conversation_id: conversationId,
    message_id: messageId,
    client_message_id: clientMessageId,
    ...choiceFields(choice),
    traceparent,
  };
}
