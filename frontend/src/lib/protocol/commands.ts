/** The frames of `/ws/chat` from client to server; see docs/protocol.md. A frame without `type` is a send. */

export interface SendCommand {
  type?: undefined;
  message: string;
  conversation_id?: number;
  client_message_id?: string;
  parent_id?: number;
  model?: string;
  reasoning_effort?: "low" | "medium" | "high" | "none" | "default";
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

export interface RegenerateCommand {
  type: "regenerate";
  conversation_id: number;
  message_id: number;
  model?: string;
}

export interface PingCommand {
  type: "ping";
}

export type ClientCommand =
  SendCommand | WatchCommand | UnwatchCommand | StopCommand | RegenerateCommand | PingCommand;
