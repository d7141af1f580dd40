import type { ConversationState } from "./types";

const patienceMs = 500;

/** A head that was told before its messages came gets a moment, then somebody has to go for it. */
export class HeadWait {
  private readonly timers = new Map<number, ReturnType<typeof setTimeout>>();

  constructor(private readonly follow: (conversationId: number) => void) {}

  check(conversations: readonly ConversationState[]): void {
    for (const { id, awaitedHead } of conversations) {
      if (awaitedHead === undefined) this.end(id);
      else if (!this.timers.has(id))
        this.timers.set(
          id,
          setTimeout(() => this.elapsed(id), patienceMs),
        );
    }
  }

  stop(): void {
    for (const id of [...this.timers.keys()]) this.end(id);
  }

  private elapsed(id: number): void {
    this.end(id);
    this.follow(id);
  }

  private end(id: number): void {
    clearTimeout(this.timers.get(id));
    this.timers.delete(id);
  }
}
