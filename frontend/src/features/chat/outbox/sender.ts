import { headsOf, isRefused, pauseOf } from "../state/pending";
import type { PendingSend } from "../state/types";
import { Attempts } from "./attempts";
import { composeSend, type Composed } from "./compose";
import { frameBytes, frameOf, longestFrameBytes, longestOf, tooLong } from "./frame";
import type { OutboxNews, Settled } from "./outbox";
import type { SenderOptions } from "./sender-options";

/** Another tab's message is left to that tab for so long. */
export const othersTurnMs = 5000;
/** The code with which the server closes after a frame that is too long. */
const closedTooBig = 1009;

/** Gets every message of the outbox to the server: in its line's order, again and again, under one id. */
export class Sender {
  /** Not in the outbox yet: nothing goes out before it is stored. */
  private readonly storing = new Set<string>();
  private readonly attempts = new Attempts();
  private readonly settled = new Set<string>();
  /** Gone from the outbox before the news of where they went came. */
  private readonly gone = new Map<string, PendingSend>();
  private timer: ReturnType<typeof setTimeout> | undefined;
  private othersTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly options: SenderOptions) {}

  start(): () => void {
    const endNews = this.options.outbox.listen((news) => this.heard(news));
    void this.options.outbox.isReadable().then(() => this.takeUp());
    return () => {
      endNews();
      clearTimeout(this.timer);
      clearTimeout(this.othersTimer);
    };
  }

  /** `draft`: the key of the draft that this text was; it ends when the message is stored. */
  send(composed: Composed, draft?: string): string {
    const send = composeSend(this.options.getState(), composed, this.options.now());
    const { clientMessageId } = send;
    this.storing.add(clientMessageId);
    const stored = this.options.outbox.accept(send, draft);
    this.options.dispatch({ type: "send", pending: send });
    void stored.then(() => {
      this.storing.delete(clientMessageId);
      return this.pump();
    });
    return clientMessageId;
  }

  sendAgain(clientMessageId: string): void {
    this.options.dispatch({ type: "send_again", clientMessageId });
    this.attempts.end(clientMessageId);
    this.goOn(clientMessageId);
  }

  /** The same text under a new id; as a message of its own where what it was to take the place of is gone. */
  sendAnew(clientMessageId: string, conversationId: number | null): void {
    const send = this.find(clientMessageId);
    if (!send) return;
    const { text, attachments, edits, refusal, choice } = send;
    const replaces = refusal?.code === "conflict" ? edits : undefined;
    this.send({ text, attachments, conversationId, edits: replaces, choice });
    this.discard(clientMessageId);
  }

  discard(clientMessageId: string): void {
    this.options.dispatch({ type: "discard", clientMessageId });
    void this.settle({ clientMessageId });
  }

  /** It is in that conversation; false where that was known. */
  acknowledged({ clientMessageId, newChat }: PendingSend, conversationId: number): boolean {
    if (this.settled.has(clientMessageId)) return false;
    void this.settle({ clientMessageId, newChat, conversationId });
    return true;
  }

  /** Went out exactly once, from this page: the server has not seen it before. */
  isFresh({ clientMessageId }: PendingSend): boolean {
    return this.attempts.count(clientMessageId) === 1;
  }

  refused(clientMessageId: string): void {
    this.attempts.end(clientMessageId);
    const send = this.find(clientMessageId);
    if (!send) return;
    if (isRefused(send)) this.options.onRefused(send);
    else {
      const retryAt = send.refusal?.retryAt ?? this.options.now() + pauseOf(send);
      this.options.dispatch({ type: "postponed", clientMessageId, retryAt });
    }
    this.goOn(clientMessageId);
  }

  connected(): void {
    this.attempts.endAll();
    for (const { clientMessageId, refusal } of this.options.getState().pending) {
      if (refusal?.code !== "shutting_down") continue;
      this.options.dispatch({ type: "send_again", clientMessageId });
    }
    void this.takeUp();
  }

  /** After a frame that was too long the longest one is not tried again: the connection would end again. */
  disconnected(closeCode: number | undefined): void {
    const isUnanswered = (send: PendingSend) => this.attempts.isUnanswered(send.clientMessageId);
    const longest = longestOf(this.options.getState().pending.filter(isUnanswered));
    this.attempts.endAll();
    if (closeCode === closedTooBig && longest) this.refuse(longest);
  }

  /** What is stored is what there is to send; what is gone from there another tab is done with. */
  private async takeUp(): Promise<void> {
    const stored = await this.options.outbox.read();
    if (stored) {
      const sends = stored.filter(({ clientMessageId }) => !this.settled.has(clientMessageId));
      const held = new Set(stored.map(({ clientMessageId }) => clientMessageId));
      for (const send of this.options.getState().pending)
        if (!held.has(send.clientMessageId)) this.lost(send);
      for (const { clientMessageId } of sends) {
        if (!this.find(clientMessageId)) this.attempts.assumeOne(clientMessageId);
      }
      this.options.dispatch({ type: "restored", sends });
    }
    await this.pump();
  }

  /** Something became of the message: that is stored, and what is next goes out. */
  private goOn(clientMessageId: string): void {
    const send = this.find(clientMessageId);
    if (send) void this.options.outbox.update(send);
    void this.pump();
  }

  private async pump(): Promise<void> {
    const now = this.options.now();
    for (const send of headsOf(this.options.getState().pending)) {
      if (this.dueAt(send) <= now) await this.transmit(send);
    }
    const waits = headsOf(this.options.getState().pending).map((send) => this.dueAt(send));
    const next = Math.min(...waits.filter((at) => at > now));
    clearTimeout(this.timer);
    if (Number.isFinite(next)) this.timer = setTimeout(() => void this.pump(), next - now);
  }

  /** Epoch ms. Infinite: not before something else happens. */
  private dueAt({ clientMessageId, refusal }: PendingSend): number {
    if (this.storing.has(clientMessageId) || this.options.socket.getState().phase !== "open") return Infinity;
    if (refusal) return refusal.retryAt ?? Infinity;
    return this.attempts.nextAt(clientMessageId);
  }

  private async transmit(send: PendingSend): Promise<void> {
    const { clientMessageId } = send;
    const { outbox, socket, dispatch, now } = this.options;
    // At once, so that no second pump sends it too while this one asks the outbox.
    this.attempts.begin(clientMessageId, now());
    if (send.refusal) dispatch({ type: "send_again", clientMessageId });
    if (this.attempts.count(clientMessageId) > 0 && !(await outbox.holds(clientMessageId))) {
      this.lost(send);
      return;
    }
    const current = this.find(clientMessageId);
    if (!current) this.attempts.end(clientMessageId);
    else if (frameBytes(current) > longestFrameBytes) this.refuse(current);
    else if (!socket.send(frameOf(current))) this.attempts.end(clientMessageId);
    else {
      this.attempts.done(clientMessageId);
      dispatch({ type: "transmitted", clientMessageId });
    }
  }

  private refuse({ clientMessageId }: PendingSend): void {
    this.options.dispatch({ type: "event", event: tooLong(clientMessageId), at: this.options.now() });
    this.refused(clientMessageId);
  }

  private heard(news: OutboxNews): void {
    if (news.type === "settled") {
      const send = this.find(news.clientMessageId) ?? this.gone.get(news.clientMessageId);
      this.gone.delete(news.clientMessageId);
      this.forget(news);
      if (send) this.options.onSettledElsewhere(send, news.conversationId);
      void this.pump();
      return;
    }
    clearTimeout(this.othersTimer);
    this.othersTimer = setTimeout(() => void this.takeUp(), othersTurnMs);
  }

  /** Another tab is done with it, and this one did not hear how. */
  private lost(send: PendingSend): void {
    const { clientMessageId: id } = send;
    if (this.storing.has(id) || this.options.outbox.isUnstored(id)) return;
    this.gone.set(id, send);
    this.forget({ clientMessageId: id });
    this.options.onSettledElsewhere(send, undefined);
  }

  private async settle(settled: Settled): Promise<void> {
    this.forget(settled);
    await this.options.outbox.settle(settled);
    await this.pump();
  }

  private forget({ clientMessageId, newChat, conversationId }: Settled): void {
    const { dispatch } = this.options;
    this.settled.add(clientMessageId);
    this.attempts.end(clientMessageId);
    if (this.find(clientMessageId)) dispatch({ type: "discard", clientMessageId });
    if (newChat !== undefined && conversationId !== undefined)
      dispatch({ type: "begun", newChat, conversationId });
  }

  private find(clientMessageId: string): PendingSend | undefined {
    return this.options.getState().pending.find((send) => send.clientMessageId === clientMessageId);
  }
}
