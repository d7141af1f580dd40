/** Without an answer a message goes out again after this, and later after twice as long each time. */
export const answerWithinMs = 15_000;
const longestAnswerMs = 60_000;

/** When each message went out on this connection, and how often from this page at all. Times in epoch ms. */
export class Attempts {
  private readonly sentAt = new Map<string, number>();
  private readonly counts = new Map<string, number>();

  begin(id: string, at: number): void {
    this.sentAt.set(id, at);
  }

  /** It went out. */
  done(id: string): void {
    this.counts.set(id, this.count(id) + 1);
  }

  /** An answer came, or it did not go out after all. */
  end(id: string): void {
    this.sentAt.delete(id);
  }

  /** Another connection knows of none. */
  endAll(): void {
    this.sentAt.clear();
  }

  /** It may have gone out from another page, or from this one before it was loaded again. */
  assumeOne(id: string): void {
    this.counts.set(id, Math.max(1, this.count(id)));
  }

  count(id: string): number {
    return this.counts.get(id) ?? 0;
  }

  isUnanswered(id: string): boolean {
    return this.sentAt.has(id);
  }

  /** When it should go out again, 0 where it has not gone out. */
  nextAt(id: string): number {
    const sent = this.sentAt.get(id);
    if (sent === undefined) return 0;
    return sent + Math.min(longestAnswerMs, answerWithinMs * 2 ** Math.max(0, this.count(id) - 1));
  }
}
