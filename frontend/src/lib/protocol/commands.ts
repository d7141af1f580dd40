import type { ReasoningEffort } from "./rest";

/** The frames of `/ws/chat` from client to server; see docs/protocol.md. A frame without `type` is a send. */

export interface SendCommand {
  type?: undefined;
  message: string;
  conversation_id?: number;
  client_message_id?: string;
  parent_id?: number;
  attachment_ids?: number[];
  model?: string;
  reasoning_effort?: ReasoningEffort;
  /** These three only where it opens a conversation. */
  system_prompt?: string;
  temperature?: number;
  max_completion_tokens?: number;
  traceparent?: string;
}

/** Without `conversation_id`: the list of conversations. */
export interface WatchCommand {
  type: "watch";
  conversation_id?: number;
  revision?: number;
  message_id?: number;
  offset?: number;
  reasoning_offset?: number;
}

export interface UnwatchCommand {
  type: "unwatch";
  conversation_id?: number;
}

export interface StopCommand {
  type: "stop";
  conversation_id: number;
  message_id?: number;
}

/** `message_id`: a reply that ended, or the user message that is to be answered once more. */
export interface RegenerateCommand {
  type: "regenerate";
  conversation_id: number;
  message_id: number;
  client_message_id?: string;
  model?: string;
  reasoning_effort?: ReasoningEffort;
  traceparent?: string;
}

/** A sibling of a user message; one that still waits is changed in place. Without `attachment_ids` the files stay. */
export interface EditCommand {
  type: "edit";
  conversation_id: number;
  message_id: number;
  message: string;
  attachment_ids?: number[];
  client_message_id?: string;
  model?: string;
  reasoning_effort?: ReasoningEffort;
  traceparent?: string;
}

/** A sibling of a reply that broke off, begun with the text that was kept. */
export interface ContinueCommand {
  type: "continue";
  conversation_id: number;
  message_id: number;
  client_message_id?: string;
  model?: string;
  reasoning_effort?: ReasoningEffort;
  traceparent?: string;
}

/** Shows the newest path that leads through the message, in every tab. */
export interface SelectCommand {
  type: "select";
  conversation_id: number;
  message_id: number;
}

/** Takes a message that waits out of the queue. */
export interface RemoveCommand {
  type: "remove";
  conversation_id: number;
  message_id: number;
}

/** Lets a paused queue go on. */
export interface ResumeCommand {
  type: "resume";
  conversation_id: number;
}

/** The answer to a tool call that asks; `always` also lets every later call of that tool run. */
export interface ToolCommand {
  type: "tool";
  conversation_id: number;
  message_id: number;
  tool_call_id: string;
  decision: ToolDecision;
}

export type ToolDecision = "allow" | "always" | "refuse";

export interface PingCommand {
  type: "ping";
}

export type ClientCommand =
  | SendCommand
  | WatchCommand
  | UnwatchCommand
  | StopCommand
  | RegenerateCommand
  | EditCommand
  | ContinueCommand
  | SelectCommand
  | RemoveCommand
  | ResumeCommand
  | ToolCommand
  | PingCommand;
