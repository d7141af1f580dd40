import type { ClientCommand } from "../protocol/commands";
import type { ServerEvent } from "../protocol/events";
import type { SocketLike } from "./chat-socket";

/** A WebSocket for tests: opened, fed and closed by hand. */
export class FakeSocket implements SocketLike {
  onopen: (() => void) | null = null;
  onclose: ((event: { code: number }) => void) | null = null;
  onmessage: ((event: { data: unknown }) => void) | null = null;
  readonly sent: ClientCommand[] = [];
  closed = false;

  send(data: string): void {
    this.sent.push(JSON.parse(data) as ClientCommand);
  }

  close(): void {
    this.closed = true;
  }

  receive(event: ServerEvent): void {
    this.onmessage?.({ data: JSON.stringify(event) });
  }
}
