import type { Turn } from "./turn";

/** Turns that wait for a connection, or for the word that they are wanted; more are dropped. */
const mostWaiting = 16;

type Export = (turns: Turn[]) => void;

/**
 * Hands turns on where the server wants their spans. Nothing of it can fail the page: what cannot be sent is lost. The code that makes
 * spans of them and sends those is loaded when it is first needed.
 */
export class SpanReporter {
  private wanted: boolean | undefined;
  private connected = false;
  private waiting: Turn[] = [];
  private send: Export | null = null;
  private loading = false;

  constructor(private readonly load: () => Promise<Export>) {}

  /** The server said whether it wants spans. */
  want(wanted: boolean): void {
    this.wanted = wanted;
    if (!wanted) this.waiting = [];
    this.flush();
  }

  /** Not known to be unwanted. Whoever asks is about to report: the code is fetched meanwhile. */
  readonly isWanted = (): boolean => {
    if (this.wanted) this.fetch();
    return this.wanted !== false;
  };

  /** Without a connection nothing would arrive, and the browser's console would say so. */
  connection(isOpen: boolean): void {
    this.connected = isOpen;
    this.flush();
  }

  readonly report = (turn: Turn): void => {
    if (this.wanted === false) return;
    this.waiting.push(turn);
    if (this.waiting.length > mostWaiting) this.waiting.shift();
    this.flush();
  };

  private flush(): void {
    if (!this.wanted || !this.connected || this.waiting.length === 0) return;
    if (!this.send) return this.fetch();
    const turns = this.waiting;
    this.waiting = [];
    this.send(turns);
  }

  private fetch(): void {
    if (this.send || this.loading) return;
    this.loading = true;
    this.load().then(
      (send) => {
        this.send = send;
        this.flush();
      },
      // Tried again with the next turn.
      () => (this.loading = false),
    );
  }
}
